import type { World } from '../kit/world.ts';
import type { Callbacks } from './callbacks.ts';
import type { KustomOrder } from './order.ts';

export const sessionMilliseconds = 48 * 3_600_000;
export const authorizationMilliseconds = 28 * 24 * 3_600_000;
const late = 2 * 3_600_000;

export type Ending = { id: string };

/** What the passing of time needs of Kustom's side. */
type Passing = {
  world: World;
  callbacks: Callbacks;
  order(id: string): KustomOrder | undefined;
  keep(order: KustomOrder): void;
  promiseSessionEnd(atMilliseconds: number, ending: Ending): void;
  promiseAuthorizationEnd(atMilliseconds: number, ending: Ending): void;
};

/** The end of a fraud review, or a stop after everything was accepted. */
export type Review = { id: string; event: ReviewEvent };
export type ReviewEvent = 'FRAUD_RISK_ACCEPTED' | 'FRAUD_RISK_REJECTED' | 'FRAUD_RISK_STOPPED';

/** A session that nobody touched for 48 hours is gone. */
export function endSession(kustom: Passing, { id }: Ending): void {
  const order = kustom.order(id);
  if (!order?.session || order.state !== 'incomplete') return;
  const endsAt = order.session.touchedAtMilliseconds + sessionMilliseconds;
  if (endsAt > kustom.world.clock.now()) return kustom.promiseSessionEnd(endsAt, { id });
  kustom.keep({ ...order, state: 'expired' });
}

/** What is not captured after 28 days cannot be captured any more. */
export function expireAuthorization(kustom: Passing, { id }: Ending): void {
  const order = kustom.order(id);
  const managed = order?.managed;
  if (!order || !managed || managed.remainingMinor === 0) return;
  const { expiresAtMilliseconds } = managed;
  if (expiresAtMilliseconds > kustom.world.clock.now()) {
    return kustom.promiseAuthorizationEnd(expiresAtMilliseconds, { id });
  }
  const status = managed.captures.length > 0 ? managed.status : 'EXPIRED';
  kustom.keep({ ...order, managed: { ...managed, status, remainingMinor: 0 } });
}

/** Decides on a review, and tells the merchant. What is captured is not taken back by a stop. */
export async function settleReview(kustom: Passing, { id, event }: Review): Promise<void> {
  const order = kustom.order(id);
  const managed = order?.managed;
  if (!order || !managed || managed.status === 'CANCELLED') return;
  if (event === 'FRAUD_RISK_ACCEPTED') {
    kustom.keep({ ...order, managed: { ...managed, fraudStatus: 'ACCEPTED', wasAccepted: true } });
  } else {
    const status = managed.captures.length > 0 ? managed.status : 'CANCELLED';
    kustom.keep({ ...order, managed: { ...managed, fraudStatus: 'REJECTED', status, remainingMinor: 0 } });
  }
  if (order.noticeFaults.includes('lost')) return;
  const wait = order.noticeFaults.includes('late') ? late : 0;
  if (wait > 0) kustom.callbacks.promiseNotification(kustom.world.clock.now() + wait, { id, event });
  else await kustom.callbacks.postNotification({ id, event });
}
