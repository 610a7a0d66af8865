import type { AccountId } from '../kit/ids.ts';
import type { LoginStrength } from '../kit/login-strength.ts';

export type ReaderSession = {
  publisherId: number;
  uniqueUserId: string;
  strength: LoginStrength;
  /** Stays when the same reader logs in again in the same browser. */
  sessionUid: string;
  /** When the reader last logged in with that strength, by the database's clock. */
  authenticatedAt: Date;
};

/** A reader as a token names them; what the token follows from may have ended since. */
export type NamedReader = {
  publisherId: number;
  uniqueUserId: string;
  /** When they logged in, in whole seconds; without it only the account is looked at. */
  loginSeconds?: number | undefined;
  sessionUid?: string | undefined;
  /** What all tokens of one login at one site have in common. */
  family?: string | undefined;
  tokenId?: string | undefined;
};

export type FoundReader = {
  accountId: AccountId;
  /** What they have proven, the newest first. */
  credentials: readonly { kind: 'email' | 'mobile'; credential: string }[];
};

/**
 * What the OAuth server asks about readers: who is logged in, and whether what was given to a site for a
 * reader still stands. Accounts answer it, and the composition root joins the two.
 */
export type ReaderDirectory = {
  /** The cookie of a browser's last login, without the prefix that a secure connection adds. */
  sessionCookieName: string;
  /** The cookie of the login at a publisher, alike. */
  sessionCookieAt(publisherId: number): string;
  findSession(sessionId: string): Promise<ReaderSession | undefined>;
  /** Nothing for an account that is unknown, closed or another publisher's, and for what was ended. */
  findReader(reader: NamedReader): Promise<FoundReader | undefined>;
};
