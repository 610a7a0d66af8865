import { createHmac } from 'node:crypto';
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { createRecentCache } from './recent-cache.ts';

/** An e-mail address or mobile, normalised for comparing; `shown` is as a message is sent to. */
export type Credential = { kind: 'email' | 'mobile'; shown: string; compared: string };

/**
 * Reads an e-mail address or a mobile number. E-mail compares by lower case and NFC, without folding dots or
 * plus; a mobile becomes E.164 with the publisher's country as default. Nothing means it is neither.
 */
export function parseCredential(text: string, country: string): Credential | undefined {
  const trimmed = text.trim();
  return trimmed.includes('@') ? parseEmail(trimmed) : parseMobile(trimmed, country);
}

export function parseEmail(text: string): Credential | undefined {
  const shown = text.normalize('NFC');
  if (
    shown.length > 255 ||
    !/^[^\s@"<>(),;:\\[\]\p{C}]{1,64}@[^\s@"<>(),;:\\[\]\p{C}]{1,190}\.[^\s@.\p{C}\d]{2,}$/u.test(shown)
  ) {
    return undefined;
  }
  return /^\.|\.\.|\.@|@\.|@-/.test(shown)
    ? undefined
    : { kind: 'email', shown, compared: shown.toLowerCase() };
}

/** Only numbers of a mobile type: premium and satellite numbers are valid phone numbers otherwise. */
function parseMobile(text: string, country: string): Credential | undefined {
  const phone = parsePhone(text, country);
  return phone?.isMobile ? { kind: 'mobile', shown: phone.number, compared: phone.number } : undefined;
}

export type Phone = { number: string; isMobile: boolean };

/** A reader's number comes again with every page that is opened; reading it is a tenth of an access check. */
const recent = createRecentCache<Phone>(4096);

/** Reads a phone number without extension into E.164, with the publisher's country as default. */
export function parsePhone(text: string, country: string): Phone | undefined {
  if (!/^[+0-9 ().\-/\u00a0]{5,40}$/.test(text)) return undefined;
  const key = `${country} ${text}`;
  const known = recent.get(key);
  if (known) return known;
  const phone = readPhone(text, country);
  if (phone) recent.set(key, phone);
  return phone;
}

function readPhone(text: string, country: string): Phone | undefined {
  const fallback: CountryCode = isSupportedCountry(country) ? country : 'NO';
  const number = parsePhoneNumberFromString(text.replace(/^00/, '+'), {
    defaultCountry: fallback,
    extract: false,
  });
  if (!number?.isValid() || number.ext !== undefined) return undefined;
  const type = number.getType();
  return { number: number.number, isMobile: type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE' };
}

/** The key by which a credential is found at one publisher: HMAC-SHA-256, cut to 16 bytes. */
export function credentialKey(secret: Buffer, publisherId: number, credential: Credential): Buffer {
  return createHmac('sha256', secret)
    .update(`${publisherId} ${credential.kind} ${credential.compared}`)
    .digest()
    .subarray(0, 16);
}
