import type { AttemptState } from '../payment.ts';

/** The gaps between questions while nobody knows whether money was taken. */
export const unknownPlan = [2, 5, 15, 45, 120, 600, 3600, 21_600, 86_400];

const longestWaitSeconds = 7 * 86_400;

export type OpenAttempt = {
  state: AttemptState;
  /** How often the provider was asked before this time. */
  askedCount: number;
  ageSeconds: number;
  windowSecondsLeft: number;
  /** The method's own plan while a payment is pending: seconds from the start of the attempt. */
  askAfterSeconds: readonly number[];
};

export type NextQuestion =
  | { kind: 'ask again'; afterSeconds: number }
  /** No question helps any more: a person must find out. */
  | { kind: 'give up'; reason: 'pending too long' | 'nobody can tell' };

/**
 * When the provider of an attempt that is still open is asked next. One that is at work is asked for a week,
 * at the end of the buyer's window at the latest; one that does not know, nine times in a day and a half.
 */
export function planQuestion(attempt: OpenAttempt): NextQuestion {
  if (attempt.state !== 'pending') {
    const afterSeconds = unknownPlan[attempt.askedCount];
    return afterSeconds === undefined
      ? { kind: 'give up', reason: 'nobody can tell' }
      : { kind: 'ask again', afterSeconds };
  }
  return attempt.ageSeconds > longestWaitSeconds
    ? { kind: 'give up', reason: 'pending too long' }
    : { kind: 'ask again', afterSeconds: gapOfPlan(attempt) };
}

/** After the last of the plan's times its last gap goes on. */
function gapOfPlan({ askAfterSeconds: plan, askedCount, windowSecondsLeft }: OpenAttempt): number {
  const at = Math.min(askedCount + 1, plan.length - 1);
  const gap = Math.max(2, (plan[at] ?? 60) - (plan[at - 1] ?? 0));
  return windowSecondsLeft > 0 ? Math.min(gap, Math.ceil(windowSecondsLeft)) : gap;
}
