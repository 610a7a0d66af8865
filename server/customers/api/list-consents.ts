import type { Queryable } from '../../database/statement.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { customerNumber } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { ConsentsReply, showConsents } from '../consent-body.ts';
import { findConsentStatements } from '../consents-store.ts';
import { findCustomer } from '../find-customer.ts';
import { CustomerParams } from './customer-answers.ts';

export const listConsents = endpoint({
  operationId: 'listConsents',
  summary: 'List what a customer has agreed to, and all that was said about it',
  description: 'The original’s path is not known: this one is ours.',
  params: CustomerParams,
  reply: ConsentsReply,
  examples: { params: { customerNumber: 1_000_000 } },
  async handle(context: { database: Queryable }, call: ClientCall<undefined, CustomerParams>) {
    const number = customerNumber(call.params.customerNumber);
    const key = { publisherId: call.caller.publisher.publisherId, customerNumber: number };
    if (!(await findCustomer(context.database, key))) throw new Problem('not_found');
    return { body: showConsents(number, await findConsentStatements(context.database, key)) };
  },
});
