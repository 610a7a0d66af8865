import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Names a message in the address that mail servers report to, and cannot be guessed (96 bits). In lower case,
 * since servers may change the case of an address, and short enough for one (RFC 5321, 4.5.3.1.1).
 */
export function reportToken(key: Buffer, publisherId: number, messageId: number): string {
  return `${publisherId.toString(36)}-${messageId.toString(36)}-${signatureOf(key, publisherId, messageId)}`;
}

/** The message of a token; nothing where it was not made here. */
export function readReportToken(
  key: Buffer,
  token: string,
): { publisherId: number; messageId: number } | undefined {
  const parts = /^([\da-z]{1,6})-([\da-z]{1,10})-([\da-f]{24})$/.exec(token.toLowerCase());
  if (!parts) return undefined;
  const [, publisher = '', message = '', signature = ''] = parts;
  const [publisherId, messageId] = [Number.parseInt(publisher, 36), Number.parseInt(message, 36)];
  const expected = signatureOf(key, publisherId, messageId);
  return timingSafeEqual(Buffer.from(signature), Buffer.from(expected))
    ? { publisherId, messageId }
    : undefined;
}

function signatureOf(key: Buffer, publisherId: number, messageId: number): string {
  const about = `e-mail report ${publisherId} ${messageId}`;
  return createHmac('sha256', key).update(about).digest('hex').slice(0, 24);
}
