import { createHmac } from 'node:crypto';
import { foldTyped } from './clean-text.ts';
import { readEmailAddress } from './email-address.ts';
import { parsePhone } from './phone-number.ts';

/** An e-mail address or mobile, normalised for comparing; `shown` is as a message is sent to. */
export type Credential = { kind: 'email' | 'mobile'; shown: string; compared: string };

/**
 * Reads an e-mail address or a mobile number, in any spelling that people type; a mobile becomes E.164, read
 * by the first of `countries` where it is one. Nothing means it is neither.
 */
export function parseCredential(text: string, ...countries: readonly string[]): Credential | undefined {
  if (text.length > 400) return undefined;
  return foldTyped(text).includes('@') ? parseEmail(text) : parseMobile(text, countries);
}

export function parseEmail(text: string): Credential | undefined {
  const reading = readEmailAddress(text);
  return reading.ok ? { kind: 'email', ...reading.email } : undefined;
}

/** Only numbers of a mobile type: premium and satellite numbers are valid phone numbers otherwise. */
function parseMobile(text: string, countries: readonly string[]): Credential | undefined {
  const phone = parsePhone(text, ...countries);
  return phone?.isMobile ? { kind: 'mobile', shown: phone.number, compared: phone.number } : undefined;
}

/** Why a text is no credential, in words that follow on the name of its field. */
export function credentialRefusal(text: string): string {
  const reading = readEmailAddress(text);
  return !reading.ok && reading.rule === 'several'
    ? 'names more than one e-mail address'
    : 'must be an e-mail address or a mobile number';
}

/** The key by which a credential is found at one publisher: HMAC-SHA-256, cut to 16 bytes. */
export function credentialKey(secret: Buffer, publisherId: number, credential: Credential): Buffer {
  return createHmac('sha256', secret)
    .update(`${publisherId} ${credential.kind} ${credential.compared}`)
    .digest()
    .subarray(0, 16);
}
