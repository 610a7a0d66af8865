import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The unguessable name of an agreement's page: the reference of the try that made it, and 96 bits that only
 * this installation can make. It opens the page that asks for a code, and nothing more.
 */
function agreementToken(secret: Buffer, reference: string): string {
  return `${reference}-${macOf(secret, reference).toString('base64url')}`;
}

/** The reference that a token names, or nothing for a token that was not made here. */
export function readAgreementToken(secret: Buffer, token: string): string | undefined {
  const [, reference, mac] = /^([a-z][a-z0-9]{25})-([\w-]{16})$/.exec(token) ?? [];
  if (reference === undefined || mac === undefined) return undefined;
  const given = Buffer.from(mac, 'base64url');
  const made = macOf(secret, reference);
  return given.length === made.length && timingSafeEqual(given, made) ? reference : undefined;
}

/** The page where an agreement is seen and ended: its path behind the public address. */
export function agreementPage(secret: Buffer, reference: string): string {
  return `/user/agreement/${agreementToken(secret, reference)}`;
}

function macOf(secret: Buffer, reference: string): Buffer {
  return createHmac('sha256', secret).update(`agreement ${reference}`).digest().subarray(0, 12);
}
