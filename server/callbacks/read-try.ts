import type { HttpOutcome } from '../kit/http-outcome.ts';
import { storableText } from '../kit/storable-text.ts';

const tryOutcomes = [
  'delivered',
  'redirected',
  'gone',
  'not accepted',
  'timed out',
  'connection lost',
  'no connection',
  'address refused',
] as const;

/** One try to deliver, as it is kept and shown. `reply` is the first 1 KiB of what came back. */
export type Try = {
  outcome: (typeof tryOutcomes)[number];
  status: number | null;
  milliseconds: number;
  reply: string | null;
  /** What the receiver asked for by Retry-After. */
  retryAfterSeconds: number | undefined;
};

const keptReplyBytes = 1024;

/**
 * Reads how a send ended. Only 2xx is success, and a redirect is a failure. Nothing is answered where no try
 * was made: this node had no place for it, or the receiver is left alone after failing again and again.
 */
export function readTry(outcome: HttpOutcome, milliseconds: number, now: Date): Try | undefined {
  switch (outcome.kind) {
    case 'answered':
      return {
        outcome: outcomeOfStatus(outcome.status),
        status: outcome.status,
        milliseconds: outcome.milliseconds,
        reply: keptReply(outcome.body),
        retryAfterSeconds: readRetryAfter(outcome.headers['retry-after'], now),
      };
    case 'unknown':
      return withoutAnswer(outcome.reason === 'timeout' ? 'timed out' : 'connection lost', milliseconds);
    case 'not_sent':
      if (outcome.reason === 'breaker_open' || outcome.reason === 'queue_full') return undefined;
      return outcome.reason === 'address_blocked'
        ? withoutAnswer('address refused', milliseconds, outcome.detail)
        : withoutAnswer('no connection', milliseconds, `${outcome.reason}: ${outcome.detail}`);
  }
}

function outcomeOfStatus(status: number): Try['outcome'] {
  if (status >= 200 && status < 300) return 'delivered';
  if (status >= 300 && status < 400) return 'redirected';
  return status === 410 ? 'gone' : 'not accepted';
}

function withoutAnswer(outcome: Try['outcome'], milliseconds: number, detail: string | null = null): Try {
  return { outcome, status: null, milliseconds, reply: detail, retryAfterSeconds: undefined };
}

/** Half a character at the cut is left out. */
function keptReply(body: string): string {
  const cut = Buffer.from(body).subarray(0, keptReplyBytes);
  return storableText(new TextDecoder().decode(cut, { stream: true }));
}

/** Retry-After is seconds or an HTTP date (RFC 9110, section 10.2.3). */
function readRetryAfter(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now.getTime()) / 1000);
}
