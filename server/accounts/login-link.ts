import { createHash, createHmac } from 'node:crypto';

/**
 * A code that somebody had sent to somebody, and that nobody used, is kept as long as its message counts for
 * what strangers may cost, and its delivery may be reported.
 */
export const unusedCodeKeptDays = 2;

/** 128 bits as 22 characters of base64url. */
const tokenBytes = 16;

/**
 * The token of a link is derived from its id under a key that changes every month, so that a retry or another
 * channel sends the same link though it is stored nowhere. The row keeps the key's id and the token's hash.
 */
export function linkToken(secret: Buffer, keyId: string, linkId: number): string {
  return derive(secret, keyId, `link ${linkId}`).subarray(0, tokenBytes).toString('base64url');
}

/** The six digits that stand in an e-mail as the second way in. */
export function linkCode(secret: Buffer, keyId: string, linkId: number): string {
  const number = derive(secret, keyId, `code ${linkId}`).readUIntBE(0, 6) % 1_000_000;
  return String(number).padStart(6, '0');
}

/** The id of the key in force at a moment. */
export function linkKeyId(at: Date): string {
  return at.toISOString().slice(0, 7);
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function derive(secret: Buffer, keyId: string, what: string): Buffer {
  const key = createHmac('sha256', secret).update(`login link key ${keyId}`).digest();
  return createHmac('sha256', key).update(what).digest();
}
