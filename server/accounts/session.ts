import { createHash, createHmac } from 'node:crypto';

/**
 * A link that is older than ten minutes reads what was bought; changing the account asks for a code first.
 */
export type SessionStrength = 'link' | 'full';

export const idleSessionDays = 30;
export const longestSessionDays = 180;

/** What stands in the database of a session's id or a browser's nonce: both are random and long. */
export function secretHash(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}

export function isSessionId(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/**
 * The id of the session that a browser gets for a link: 256 bits that follow from link and nonce under the
 * installation's key, so that pressing the button twice leads to one session, whose id is stored nowhere.
 */
export function sessionIdFor(secret: Buffer, linkId: number, nonce: string): string {
  return createHmac('sha256', secret).update(`session ${linkId} ${nonce}`).digest('base64url');
}
