import type { LoginStrength } from '../../kit/login-strength.ts';

/** What an authorization request asks of the login, and what the browser has. */
export type LoginFacts = {
  /** Epoch milliseconds, by the database's clock as all times here. */
  now: number;
  session: { uniqueUserId: string; startedAt: number; strength: LoginStrength } | undefined;
  /** `prompt=login` (OpenID Connect Core, 3.1.2.1). */
  isAsked: boolean;
  maxAgeSeconds: number | undefined;
  /** The subject of `id_token_hint`. */
  expected: string | undefined;
  needsCode: boolean;
  /** When this request first sent its reader to log in, proven by a mark of ours. */
  sentAt: number | undefined;
};

/** `another_came`: the login was made, and logging in once more would end the same way. */
export type WhyLogIn = 'no_session' | 'another_reader' | 'another_came' | 'too_weak' | 'asked' | 'too_old';

/**
 * Why the reader must log in before the site gets a code; nothing where the session will do. A login that was
 * made for this very request is fresh enough for whatever it asks.
 */
export function whyLogIn(facts: LoginFacts): WhyLogIn | undefined {
  const { session, sentAt, maxAgeSeconds } = facts;
  if (!session) return 'no_session';
  const isFresh = sentAt !== undefined && session.startedAt > sentAt;
  if (facts.expected !== undefined && facts.expected !== session.uniqueUserId) {
    return isFresh ? 'another_came' : 'another_reader';
  }
  if (facts.needsCode && session.strength !== 'code') return 'too_weak';
  if (facts.isAsked && !isFresh) return 'asked';
  const isTooOld = maxAgeSeconds !== undefined && facts.now - session.startedAt > maxAgeSeconds * 1000;
  return isTooOld && !isFresh ? 'too_old' : undefined;
}
