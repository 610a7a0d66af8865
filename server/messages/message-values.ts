import type { FirstAndMore } from '../kit/first-and-more.ts';

/** How long something lasts, in the unit it should be read in. */
export type Lifetime = { number: number; unit: 'minutes' | 'hours' | 'days' };

/** An amount, to be read with its currency in the manner of the language. */
export type Amount = { amountMinor: number; currency: string };

/** A day in a time zone, such as the publisher's; with `hasTime` its hour and minute too. */
export type Moment = { at: Date; timeZone: string; hasTime?: true };

/** A rate in basis points (25 % = 2500). */
export type Rate = { basisPoints: number };

/** How often something comes again. */
export type Every = { every: { unit: 'day' | 'week' | 'month' | 'year'; count: number } };

/** A length of time by the calendar, to be read as it is: `3 months`. */
export type Length = { length: Every['every'] };

/** What can stand for a name in a text. */
export type OneValue = string | number | Lifetime | FirstAndMore | Amount | Moment | Rate | Every | Length;

/** The same for each of several, one text a row. */
export type Row = Readonly<Record<string, OneValue>>;

export type MessageValue = OneValue | readonly Row[];

/** Whether a value has rows, each of which has a text of its own. */
export function isList(value: MessageValue): value is readonly Row[] {
  return Array.isArray(value);
}
