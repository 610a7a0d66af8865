import { randomBytes } from 'node:crypto';
import type { Answer } from '../answer.ts';

const page = 'https://developer.vippsmobilepay.com/docs/APIs/recurring-api/recurring-api-problems';

/**
 * The problems that the Recurring API names and that are imitated; its list has no other for what is refused
 * here. Source: its page "Problems". The statuses are those of the examples in its guide; for `conflict` and
 * `operation-failed` it gives none.
 */
const kinds = {
  'validation-error': 400,
  'idempotency-key-header': 400,
  'idempotency-conflict': 409,
  'charge-amount-too-high': 400,
  'charge-due-too-soon': 400,
  'charge-due-in-too-long': 400,
  'unsupported-feature': 400,
  'illegal-agreement-update': 400,
  'invalid-suggested-max-amount': 400,
  'cancel-charge-failed': 400,
  'charge-creation-failed': 400,
  'charge-capture-failed': 400,
  'resource-not-found': 404,
  'operation-failed': 400,
  conflict: 409,
} as const;

const titles = { 400: 'Bad Request', 404: 'Not Found', 409: 'Conflict' };

export type ProblemKind = keyof typeof kinds;

/** An error of the Recurring API: its `type` says what is wrong, `field` where, `text` in words. */
export function refuse(kind: ProblemKind, field?: string, text = kind.replaceAll('-', ' ')): Answer {
  const status = kinds[kind];
  return {
    status,
    body: {
      type: `${page}#${kind}`,
      title: titles[status],
      status,
      detail: text,
      contextId: randomBytes(8).toString('hex'),
      extraDetails: field === undefined ? [] : [{ field, text }],
    },
  };
}
