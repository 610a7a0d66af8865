import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { foldTyped } from './clean-text.ts';
import { createRecentCache } from './recent-cache.ts';

export type Phone = { number: string; isMobile: boolean };

/** A reader's number comes again with every page that is opened; reading it is a tenth of an access check. */
const recent = createRecentCache<Phone>(4096);

const labels =
  'tel|tlf|telefon(?:nummer|nr)?|telephone|phone|mob|mobil(?:nummer|nr|telefon)?|mobile|cell|gsm';
const label = new RegExp(`^(?:${labels}|puh|matkapuhelin|m|t|p)\\b[.:\\s]*(?=[+(\\d])`, 'i');
const scheme = /^(?:tel|sms|callto):(?:\/\/)?/i;
/** What a spreadsheet writes before a number that it must not calculate with. */
const before = /^[\s'"´`‘’“”=<[]+/;
const after = /[\s'"´`‘’“”>\];,.:]+$/;
/** A remark in words, as in `900 00 001 (mobil)`. */
const remark = /\s*\([^()\d+]*\)$/;
/** `+46 (0)70`: the zero is dialled at home only. */
const trunkZero = /^((?:\+|00)[\d\s.\-/]*|\(\+[\d\s]+\)\s*)\(0\)/;
/** Digits with signs between; a slash before one or two last digits stands for a second number. */
const digitsAndSigns = /^(?!.*\/\s*\d{1,2}$)[0-9 ().\-/]*\+?[0-9 ().\-/]{5,40}$/;

/**
 * Reads a phone number as people copy and type it into E.164. A national number is read by the first of
 * `countries` (ISO 3166-1 alpha-2) where it is a valid one. A number with an extension is none, since nobody
 * can send to it. Only numbers of a country can be mobiles: satellite and premium numbers are none.
 */
export function parsePhone(text: string, ...countries: readonly string[]): Phone | undefined {
  if (text.length > 100) return undefined;
  const key = `${countries.join()} ${text}`;
  const known = recent.get(key);
  if (known) return known;
  const phone = readPhone(text, countries);
  if (phone) recent.set(key, phone);
  return phone;
}

function readPhone(text: string, countries: readonly string[]): Phone | undefined {
  const dialled = unwrap(foldTyped(text));
  if (!digitsAndSigns.test(dialled)) return undefined;
  const number = dialled.replace(/[^+\d]/g, '').replace(/^00/, '+');
  if (number.startsWith('+')) return readIn(number, undefined);
  for (const country of countries.length > 0 ? countries : ['NO']) {
    const phone = readIn(number, isSupportedCountry(country) ? country : 'NO');
    if (phone) return phone;
  }
  return undefined;
}

/** Whether a typed phone number needs no country to be understood. */
export function isInternational(text: string): boolean {
  return /^[\s(]*(?:\+|00)/.test(unwrap(foldTyped(text)));
}

function unwrap(text: string): string {
  const bare = text.replace(before, '').replace(after, '').replace(remark, '').replace(after, '');
  return bare.replace(scheme, '').replace(label, '').replace(trunkZero, '$1').trim();
}

function readIn(dialled: string, country: CountryCode | undefined): Phone | undefined {
  const options = { extract: false, ...(country && { defaultCountry: country }) };
  const number = parsePhoneNumberFromString(dialled, options);
  if (!number?.isValid() || number.ext !== undefined) return undefined;
  const type = number.getType();
  const isMobile = type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
  return { number: number.number, isMobile: isMobile && number.country !== undefined };
}
