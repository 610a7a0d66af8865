import type { PublisherId } from '../kit/ids.ts';

/** A callback is the legacy GET to an order's callbackUrl, a webhook a signed POST to an endpoint. */
export type DeliveryKind = 'callback' | 'webhook';

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

type DeliveryAction = 'accept' | 'give up' | 'replay';

/** Which state each action leads to. The database holds the same edges in a trigger. */
export const deliveryTransitions = {
  waiting: { accept: 'delivered', 'give up': 'failed' },
  delivered: { replay: 'waiting' },
  failed: { replay: 'waiting' },
} as const satisfies Record<DeliveryState, Partial<Record<DeliveryAction, DeliveryState>>>;

export type CallbackEvent =
  | {
      name: 'callback queued' | 'webhook queued';
      publisherId: PublisherId;
      orderId?: number;
      deliveryId: number;
      host: string;
    }
  | { name: 'endpoint disabled'; publisherId: PublisherId; endpointId: number };

/** Seconds before the second, third, … try; 75 h 35 min in all (Standard Webhooks 1.0, deliverability). */
const retryAfterSeconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;

/** A later event of the same order waits until the former has failed so often. */
export const failuresBeforeOthersPass = 3;

/** The plan with its longest jitter; then a receiver that was never even reached has had its time. */
export const longestWaitSeconds = 1.2 * retryAfterSeconds.reduce((sum, seconds) => sum + seconds, 0);

/** An endpoint that only fails for so long is switched off. */
export const disableAfterSeconds = 120 * 3_600;

/** How long a replaced secret still signs. */
export const secretOverlapSeconds = 24 * 3_600;

/**
 * Seconds until the next try after the given number of failures, or nothing after the last. ±20 % jitter;
 * a receiver that asks for more time (Retry-After) gets it up to the plan's following step.
 */
export function planNextTry(
  failures: number,
  askedSeconds: number | undefined,
  random: () => number,
): number | undefined {
  const planned = retryAfterSeconds[failures - 1];
  if (planned === undefined) return undefined;
  const soonest = planned * (0.8 + 0.4 * random());
  if (askedSeconds === undefined) return soonest;
  return Math.max(soonest, Math.min(askedSeconds, retryAfterSeconds[failures] ?? planned));
}
