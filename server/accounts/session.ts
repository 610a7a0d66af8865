import { createHash, createHmac } from 'node:crypto';
import type { LoginStrength } from '../kit/login-strength.ts';

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

/**
 * What a login does to the session that the browser has. `begin` makes one. `raise` gives the same session a
 * new secret, and the strength and time of this login; `renew` the secret alone, since a login by less than
 * the former one says nothing new. `replace` ends it and begins one of the other account.
 */
export type LoginEffect = 'begin' | 'raise' | 'renew' | 'replace';

export function effectOfLogin(
  former: { isSameAccount: boolean; strength: LoginStrength } | undefined,
  strength: LoginStrength,
): LoginEffect {
  if (!former) return 'begin';
  if (!former.isSameAccount) return 'replace';
  return former.strength === 'code' && strength === 'link' ? 'renew' : 'raise';
}
