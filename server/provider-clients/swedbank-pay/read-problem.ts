import { z } from 'zod';
import { parseJson } from './payment-order.ts';

const Problem = z.object({
  type: z.string(),
  problems: z.array(z.object({ name: z.string() })).catch([]),
});

/** What a problem document says by `type`, the one field to branch on, and which fields it speaks of. */
export type SwedbankProblem = { name: string; fields: string[] };

/** Reads a problem document; one that cannot be read is called by its status. */
export function readProblem(status: number, text: string): SwedbankProblem {
  const parsed = Problem.safeParse(parseJson(text));
  if (!parsed.success) return { name: String(status), fields: [] };
  const { type, problems } = parsed.data;
  return { name: problemName(type), fields: problems.map((one) => one.name) };
}

/**
 * The name of a problem type: `carddeclined` of `https://api.payex.com/psp/errordetail/creditcard/carddeclined`.
 * Some documented types are the name alone.
 */
export function problemName(type: string): string {
  const name = type.split('/').at(-1)?.toLowerCase() ?? '';
  return /^[a-z0-9_-]{1,60}$/.test(name) ? name : 'unknown';
}
