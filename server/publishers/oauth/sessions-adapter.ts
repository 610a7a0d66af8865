import type { Adapter } from 'oidc-provider';
import type { ReaderDirectory } from '../reader.ts';
import { onlyReads } from './read-only.ts';

/** Long enough for one request: whether a session lives is asked of our own table each time. */
const shownSeconds = 3600;

/**
 * Shows our sessions to the OAuth server as its own, by the secret of our cookie. What it would write is left
 * out: a login needs no contact with it, and its end is our table's.
 */
export function createSessionsAdapter(readers: ReaderDirectory): Adapter {
  return {
    ...onlyReads('sessions'),
    upsert: () => Promise.resolve(undefined),
    async find(secret) {
      const session = await readers.findSession(secret);
      if (!session) return undefined;
      const now = Math.floor(Date.now() / 1000);
      return {
        jti: secret,
        kind: 'Session',
        uid: session.sessionUid,
        accountId: session.uniqueUserId,
        loginTs: Math.floor(session.authenticatedAt.getTime() / 1000),
        acr: session.strength,
        amr: [],
        state: { startedAt: session.authenticatedAt.getTime() },
        iat: now,
        exp: now + shownSeconds,
      };
    },
  };
}
