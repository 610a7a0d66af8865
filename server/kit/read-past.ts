import { readDate } from './read-date.ts';
import type { Refusals } from './refusals.ts';

/** A moment that has been, as publishers' programs write it; one that is to come is refused in its field. */
export function readPast(
  { timeZone, now, refusals }: { timeZone: string; now: Date; refusals: Refusals },
  given: string | number | undefined,
  field: string,
): Date | undefined {
  if (given === undefined) return undefined;
  const reading = readDate(given, { kind: 'moment', timeZone, now });
  if (reading.ok && reading.date !== undefined && reading.date <= now) return reading.date;
  const why = !reading.ok ? reading.message : (reading.warning ?? 'is in the future');
  refusals.refuse('date_is_invalid', field, `${field} ${why}`);
  return undefined;
}
