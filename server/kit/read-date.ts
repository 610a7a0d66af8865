import { foldTyped } from './clean-text.ts';
import { dateFormat } from './formats.ts';
import { createRecentCache } from './recent-cache.ts';

/**
 * What a date stands for, since that decides how a number is read. A `moment` is when something was ordered
 * or paid, a `start` when something begins, a `birth` a person's date of birth.
 */
export type DateKind = 'moment' | 'start' | 'birth';

export type DateReading =
  | { ok: true; date: Date; warning?: string }
  /** Zero and the year 1, which programs write for a date that they do not have. */
  | { ok: true; date: undefined; warning: string }
  | { ok: false; message: string };

export const dateForms = 'YYYY-MM-DD, an ISO 8601 date-time, or epoch milliseconds';

const msPerDay = 86_400_000;
const timeForm = String.raw`(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?`;
const isoForm = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})(?:[T ]${timeForm})?$`, 'i');
/** `20260301`, the basic form of ISO 8601, also where a program made a number of it. */
const basicForm = /^(1[89]|20)(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;

/**
 * Reads a date as publishers' programs write it. A day alone is its midnight in the publisher's time zone, or
 * its last millisecond where `ofDay` says so; a date of birth is midnight UTC, also where hours stand behind
 * it; a date-time without an offset is the publisher's. For moments and starts a number below 10^11 is epoch
 * seconds. For births a number is milliseconds, but for a small one that is no whole day, which is seconds.
 */
export function readDate(
  given: string | number,
  rules: { kind: DateKind; timeZone: string; now: Date; ofDay?: 'end' },
): DateReading {
  const text = foldTyped(String(given));
  const basic = basicForm.exec(text);
  const written = basic ? `${basic[1]}${basic[2]}-${basic[3]}-${basic[4]}` : text;
  const reading = /^-?\d{1,16}$/.test(written)
    ? readNumber(Number(written), rules)
    : readText(written, rules);
  if (!reading.ok || reading.date === undefined) return reading;
  const refusal = outOfRange(reading.date, rules);
  return refusal === undefined ? reading : { ok: false, message: refusal };
}

type Rules = Parameters<typeof readDate>[1];

function readNumber(number: number, { kind }: Rules): DateReading {
  if (number === 0) return { ok: true, date: undefined, warning: 'is 0, which counts as absent' };
  if (kind !== 'birth') return { ok: true, date: new Date(Math.abs(number) < 1e11 ? number * 1000 : number) };
  if (Math.abs(number) >= 2.3e9 || number % msPerDay === 0) return { ok: true, date: new Date(number) };
  const warning = 'is no whole day in milliseconds and was read as seconds; send milliseconds or YYYY-MM-DD';
  return { ok: true, date: new Date(number * 1000), warning };
}

function readText(text: string, { kind, timeZone, ofDay }: Rules): DateReading {
  const parts = isoForm.exec(text);
  if (!parts) return { ok: false, message: `must be ${dateForms}` };
  const [, year, month, day, hour, minute, second, fraction = '', offset] = parts;
  const isDay = hour === undefined;
  const numbers = [year, month, day, hour, minute, second].map((part) => Number(part ?? 0));
  const asUtc = utcOf(numbers, Number(fraction.padEnd(3, '0').slice(0, 3)));
  if (asUtc === undefined) return { ok: false, message: 'is no date of the calendar' };
  if (numbers[0] === 1) return { ok: true, date: undefined, warning: 'is in year 1, which counts as absent' };
  if (isDay && kind === 'birth') return { ok: true, date: asUtc };
  if (isDay && ofDay === 'end') return { ok: true, date: endOfDay(asUtc, timeZone) };
  const minutes = offset === undefined ? undefined : offsetMinutes(offset);
  if (offset !== undefined && minutes === undefined)
    return { ok: false, message: 'has an offset that no place has' };
  const moment =
    minutes === undefined ? fromZone(asUtc, timeZone) : new Date(asUtc.getTime() - minutes * 60_000);
  return { ok: true, date: kind === 'birth' ? dayOf(moment, timeZone) : moment };
}

/** The last millisecond of a day that begins at `midnight`, as the clocks of a zone show it. */
function endOfDay(midnight: Date, timeZone: string): Date {
  const next = new Date(midnight.getTime() + msPerDay);
  return new Date(fromZone(next, timeZone).getTime() - 1);
}

/** Midnight UTC of the day that a moment belongs to in a zone, as a date of birth has no hours. */
function dayOf(moment: Date, timeZone: string): Date {
  const shown = moment.getTime() + zoneOffset(moment.getTime(), timeZone);
  return new Date(Math.floor(shown / msPerDay) * msPerDay);
}

/** The moment by the parts as UTC; nothing where a part overflows, as the 30th of February does. */
function utcOf(numbers: readonly number[], milliseconds: number): Date | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, milliseconds);
  const isSame =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second;
  return isSame ? date : undefined;
}

function offsetMinutes(offset: string): number | undefined {
  if (offset.toUpperCase() === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', '') || 0);
  if (hours > 14 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/**
 * The moment at which the clocks of a zone show what `shown` says as UTC. What clocks show twice is the first
 * of the two; what they leave out is as much later as they were put forward.
 */
function fromZone(shown: Date, timeZone: string): Date {
  const key = `${timeZone} ${shown.getTime()}`;
  const known = recentMoments.get(key);
  if (known !== undefined) return new Date(known);
  const moment = computeFromZone(shown.getTime(), timeZone);
  recentMoments.set(key, moment);
  return new Date(moment);
}

// Days are few, and asking a zone for one takes as long as reading a whole customer.
const recentMoments = createRecentCache<number>(8192);

function computeFromZone(wall: number, timeZone: string): number {
  const before = wall - zoneOffset(wall - msPerDay, timeZone);
  const after = wall - zoneOffset(wall + msPerDay, timeZone);
  const fits = (moment: number) => moment + zoneOffset(moment, timeZone) === wall;
  const right = [before, after].filter(fits).toSorted((one, other) => one - other)[0];
  return right ?? before;
}

/** Milliseconds that a zone is ahead of UTC at a moment. */
function zoneOffset(moment: number, timeZone: string): number {
  const parts = zoneFormat(timeZone).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((one) => one.type === type)?.value ?? 0);
  const date = new Date(0);
  date.setUTCFullYear(part('year'), part('month') - 1, part('day'));
  date.setUTCHours(part('hour'), part('minute'), part('second'), 0);
  return date.getTime() - Math.floor(moment / 1000) * 1000;
}

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric';
  return dateFormat('en-u-ca-iso8601', {
    timeZone,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
}

const earliestBirth = Date.UTC(1880, 0, 1);
const after1970 = Date.UTC(1971, 0, 1);
const latest = Date.UTC(2100, 0, 1);

function outOfRange(date: Date, { kind, now }: Rules): string | undefined {
  const time = date.getTime();
  // A day is already over in the east when it begins in the west.
  if (kind === 'birth' && time > now.getTime() + msPerDay) return 'is in the future';
  if (kind === 'birth' && !(time >= earliestBirth)) return 'is before 1880';
  if (kind !== 'birth' && !(time >= after1970)) {
    const year = Number.isNaN(time) ? 'before any calendar' : `in ${date.getUTCFullYear()}`;
    return `is ${year}: dates before 1971 are not what was meant, and numbers are epoch milliseconds`;
  }
  return time <= latest ? undefined : 'is after 2100';
}
