import type { ErrorObject } from 'ajv';
import { fieldOf } from '../kit/bad-input.ts';
import { inputError, type Problem } from './problem.ts';

/** What an operation answers; `broke` names the rule of the contract that the request broke. */
export type Answer = { status: number; body: unknown; broke?: string };

export function refuse(problem: Problem): Answer {
  return { status: problem.status, body: problem };
}

/** The answer to a body that the contract does not allow. */
export function refuseBody(errors: ErrorObject[] | null | undefined): Answer {
  const [error] = errors ?? [];
  const field = fieldOf(error) || 'body';
  const detail = error?.message ?? 'is not valid';
  return { ...refuse(inputError(field, detail)), broke: `${field} ${detail}` };
}
