import { type DateKind, readDate } from '../kit/read-date.ts';
import type { Refusals } from '../kit/refusals.ts';
import type { Publisher } from '../publishers/publisher.ts';

export type OrderDateReader = { publisher: Publisher; now: Date; refusals: Refusals };

/** Reads a date of an order; what was read otherwise than it was written is told as a warning. */
export function readOrderDate(
  { publisher, now, refusals }: OrderDateReader,
  kind: DateKind,
  field: string,
  given: string | number | undefined,
): Date | undefined {
  if (given === undefined) return undefined;
  const reading = readDate(given, { kind, timeZone: publisher.timeZone, now });
  if (!reading.ok) {
    refusals.refuse('date_is_invalid', field, `${field} ${reading.message}`);
    return undefined;
  }
  if (reading.warning !== undefined) refusals.warn('date_is_doubtful', field, `${field} ${reading.warning}`);
  return reading.date;
}
