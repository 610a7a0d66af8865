import { cursorProblem } from '../kit/cursor.ts';

/**
 * A place in a list that is ordered by time and id. Microseconds, because that is what the database keeps.
 */
export type Position = { atMicroseconds: number; id: number };

/** The position as a cursor, opaque to the caller. */
export function writePosition(position: Position): string {
  return Buffer.from(`v1 ${position.atMicroseconds} ${position.id}`).toString('base64url');
}

/**
 * Reads a cursor that `writePosition` made; anything else is the problem `cursor_is_invalid` of the field.
 */
export function readPosition(cursor: string | undefined, field: string): Position | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const match = /^v1 (\d{1,16}) (\d{1,16})$/.exec(text);
  const position = { atMicroseconds: Number(match?.[1]), id: Number(match?.[2]) };
  const isRead = Number.isSafeInteger(position.atMicroseconds) && Number.isSafeInteger(position.id);
  if (!isRead || writePosition(position) !== cursor) throw cursorProblem(field);
  return position;
}

/** The position of a row in SQL, for columns `at` and `id`. */
export function microsecondsOf(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000000)::bigint`;
}

/** The time of a position in SQL; multiplying an interval loses no microsecond below 2^53. */
export function timeOf(parameter: string): string {
  return `timestamptz 'epoch' + ${parameter}::float8 * interval '1 microsecond'`;
}
