import { fieldProblem } from './problem.ts';

/** RFC 3339 with an offset, such as `2026-11-16T06:00:00+01:00`; anything else is refused in its field. */
export function readMoment<Text extends string | undefined>(
  field: string,
  text: Text,
): Text extends string ? Date : Date | undefined;
export function readMoment(field: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i.test(text);
  const time = new Date(text);
  if (!isTime || Number.isNaN(time.getTime())) {
    throw fieldProblem('input_is_invalid', field, `${field} must be a time such as 2026-11-16T06:00:00Z`);
  }
  return time;
}
