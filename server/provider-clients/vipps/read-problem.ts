import { z } from 'zod';

const Problem = z.looseObject({
  type: z.string().optional().catch(undefined),
  extraDetails: z
    .array(z.looseObject({ name: z.string().optional(), reason: z.string().optional() }))
    .nullish()
    .catch(undefined),
});

/**
 * The code of an error: ePayment's number among its details, or what stands behind `#` in the type that the
 * Recurring API gives; else the HTTP status. Titles and details are reworded over time and never read.
 */
export function codeOfProblem(status: number, body: unknown): string {
  const problem = Problem.safeParse(body);
  const detail = problem.data?.extraDetails?.find((one) => one.name === 'ErrorCode')?.reason;
  if (detail !== undefined && /^\d{4,5}$/.test(detail)) return detail;
  const [, kind] = /#([a-z0-9-]{1,60})$/.exec(problem.data?.type ?? '') ?? [];
  return kind ?? `http ${status}`;
}
