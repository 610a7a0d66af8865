import type { ReviewEvent } from './time-passes.ts';

/** What becomes of a purchase that the buyer approves; a review is decided after so many minutes. */
export type Course =
  | { kind: 'denied' }
  | { kind: 'accepted' }
  | { kind: 'reviewed' | 'stopped'; event: ReviewEvent; afterMinutes: number };

export const accepted: Course = { kind: 'accepted' };

const patterns: [RegExp, (minutes: number) => Course][] = [
  [/\+denied/, () => ({ kind: 'denied' })],
  [/\+pend-accept-(\d{1,5})/, (afterMinutes) => reviewed('FRAUD_RISK_ACCEPTED', afterMinutes)],
  [/\+pend-reject-(\d{1,5})/, (afterMinutes) => reviewed('FRAUD_RISK_REJECTED', afterMinutes)],
  [/\+stop-(\d{1,5})/, (afterMinutes) => ({ kind: 'stopped', event: 'FRAUD_RISK_STOPPED', afterMinutes })],
];

export function reviewed(event: ReviewEvent, afterMinutes: number): Course {
  return { kind: 'reviewed', event, afterMinutes };
}

/** The course that the buyer's e-mail address asks for; any other address is accepted. */
export function courseOf(email: string): Course {
  for (const [pattern, course] of patterns) {
    const [found, minutes] = pattern.exec(email) ?? [];
    if (found !== undefined) return course(Number(minutes ?? 0));
  }
  return accepted;
}

/** Why a token of this buyer cannot be charged, as Kustom says it. */
export function tokenRefusal(email: string): string | undefined {
  if (/\+token-failed/.test(email)) return 'PAYMENT_METHOD_FAILED';
  return /\+token-suspended/.test(email) ? 'TOKEN_SUSPENDED' : undefined;
}
