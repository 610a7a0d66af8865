import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Areas without messages of their own, that are reached as a part of another country. */
const partOf: Readonly<Record<string, string>> = { SJ: 'NO' };

/**
 * The country (ISO 3166-1 alpha-2) that a number in E.164 belongs to, Åland and the Faroes apart from theirs.
 * Nothing for satellite, maritime and other numbers that belong to no country (+870, +881 to +883, +979).
 */
export function numberCountry(number: string): string | undefined {
  const country = parsePhoneNumberFromString(number)?.country;
  return country === undefined ? undefined : (partOf[country] ?? country);
}

/** The digits after the plus that are a country's, or of several that share them. */
export function numberCallingCode(number: string): string | undefined {
  return parsePhoneNumberFromString(number)?.countryCallingCode;
}

/** Whether a country has its numbers under a calling code. */
export function isFromCountry(callingCode: string, country: string): boolean {
  return isSupportedCountry(country) && getCountryCallingCode(country) === callingCode;
}
