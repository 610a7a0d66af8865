import { fieldProblem, type Problem } from './problem.ts';

/** A cursor is the last id of a page, opaque to the caller. */
export function writeCursor(lastId: number): string {
  return Buffer.from(`v1 ${lastId}`).toString('base64url');
}

/** Reads a cursor that `writeCursor` made; anything else is the problem `cursor_is_invalid`. */
export function readCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const match = /^v1 (\d{1,16})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  const id = Number(match?.[1]);
  if (!Number.isSafeInteger(id)) throw cursorProblem('cursor');
  return id;
}

/** The refusal of a text that is no cursor of ours, in the field that it came in. */
export function cursorProblem(field: string): Problem {
  return fieldProblem(
    'cursor_is_invalid',
    field,
    `${field} must be the nextCursor of the page before, unchanged`,
  );
}
