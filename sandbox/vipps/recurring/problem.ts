import { randomBytes } from 'node:crypto';
import type { Answer } from '../answer.ts';

const page = 'https://developer.vippsmobilepay.com/docs/APIs/recurring-api/recurring-api-problems';

/** Kinds of problem that the Recurring API names, with their status. */
const kinds = {
  'validation-error': 400,
  'invalid-agreement-id': 400,
  'agreement-not-found': 404,
  'charge-not-found': 404,
  'idempotency-key-header': 400,
  'idempotency-conflict': 409,
  'order-id-exists': 409,
  'charge-amount-too-high': 400,
  'charge-due-too-soon': 400,
  'charge-due-in-too-long': 400,
  'unsupported-feature': 400,
  'agreement-not-active': 400,
  'agreement-not-pending': 400,
  'agreement-status-alone': 400,
  'charge-status': 400,
  'refund-amount-too-high': 400,
  'refund-not-possible': 400,
  'capture-amount-too-high': 400,
  'user-not-found': 400,
} as const;

export type ProblemKind = keyof typeof kinds;

/** An error of the Recurring API: its `type` says what is wrong, `field` where. */
export function refuse(kind: ProblemKind, field?: string, text = kind.replaceAll('-', ' ')): Answer {
  const status = kinds[kind];
  return {
    status,
    body: {
      type: `${page}#${kind}`,
      title: text,
      status,
      detail: text,
      contextId: randomBytes(8).toString('hex'),
      extraDetails: field === undefined ? [] : [{ field, text }],
    },
  };
}
