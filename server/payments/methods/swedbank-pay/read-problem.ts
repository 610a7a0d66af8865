import { Type } from 'typebox';
import { orElse, readLeniently } from '../../../kit/read-leniently.ts';

const Problem = Type.Object({
  type: Type.String(),
  problems: orElse(Type.Array(Type.Object({ name: Type.String() })), []),
});

/** What a problem document says by `type`, the one field to branch on, and which fields it speaks of. */
export type SwedbankProblem = { name: string; fields: string[] };

/** Reads a problem document; one that cannot be read is called by its status. */
export function readProblem(status: number, body: unknown): SwedbankProblem {
  const problem = readLeniently(Problem, body);
  if (!problem) return { name: String(status), fields: [] };
  const { type, problems } = problem;
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
