import { isFromCountry, numberCallingCode } from '../kit/number-country.ts';

/** SMS that strangers may have sent to numbers that begin alike, within so many hours. */
export type NumberShare = { prefix: string; withinHours: 1 | 24; most: number };

/** So many may always go to any numbers, however few strangers may have in all. */
const least = 20;

/** Digits of a number in E.164 that has a part of its country large enough to be measured by. */
const fullLength = 10;

/**
 * What one part of all numbers may take of the SMS that strangers may have sent in a day. Whoever earns by
 * SMS that others pay for rents numbers in a row, so that a row of them reaches its end before the rest do:
 * 10,000 numbers in a row 20 an hour and a twentieth a day, a million two fifths, and a country that is not
 * the publisher's a quarter.
 */
export function strangersSharesOf(number: string, homeCountry: string, strangersSms: number): NumberShare[] {
  const share = (part: number) => Math.max(least, Math.ceil(strangersSms * part));
  const row = number.slice(0, -4);
  const callingCode = numberCallingCode(number);
  return [
    { prefix: row, withinHours: 1, most: least },
    { prefix: row, withinHours: 24, most: share(0.05) },
    ...(number.length > fullLength
      ? [{ prefix: number.slice(0, -6), withinHours: 24 as const, most: share(0.4) }]
      : []),
    ...(callingCode === undefined || isFromCountry(callingCode, homeCountry)
      ? []
      : [{ prefix: `+${callingCode}`, withinHours: 24 as const, most: share(0.25) }]),
  ];
}

/** The first share that is used up; `sent` are the SMS to each part, in the order of the shares. */
export function usedUpShare(
  shares: readonly NumberShare[],
  sent: readonly number[],
): NumberShare | undefined {
  return shares.find(({ most }, index) => (sent[index] ?? 0) >= most);
}
