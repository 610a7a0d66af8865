import { Type } from 'typebox';
import { ifReadable, readLeniently } from '../../kit/read-leniently.ts';

const Detail = Type.Object({ name: Type.Optional(Type.String()), reason: Type.Optional(Type.String()) });
const Problem = Type.Object({
  type: ifReadable(Type.String()),
  extraDetails: ifReadable(Type.Array(Detail)),
});

/**
 * The code of an error: ePayment's number among its details, or what stands behind `#` in the type that the
 * Recurring API gives; else the HTTP status. Titles and details are reworded over time and never read.
 */
export function codeOfProblem(status: number, body: unknown): string {
  const problem = readLeniently(Problem, body);
  const detail = problem?.extraDetails?.find((one) => one.name === 'ErrorCode')?.reason;
  if (detail !== undefined && /^\d{4,5}$/.test(detail)) return detail;
  const [, kind] = /#([a-z0-9-]{1,60})$/.exec(problem?.type ?? '') ?? [];
  return kind ?? `http ${status}`;
}
