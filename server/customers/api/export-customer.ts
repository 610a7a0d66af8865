import { Type } from 'typebox';
import type { Queryable } from '../../database/statement.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { customerNumber } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { findCustomer } from '../find-customer.ts';
import { findPersonalData } from '../find-personal-data.ts';
import { CustomerParams, CustomerReply, showFound } from './customer-answers.ts';

const rows = (description: string) => Type.Array(Type.Record(Type.String(), Type.Unknown()), { description });

export const exportCustomer = endpoint({
  operationId: 'exportCustomer',
  summary: 'Export all that is known of a person',
  description:
    'For a person who asks what is known of them: everything that erasing would forget, and what stays of ' +
    'their orders. Times are RFC 3339, sums are in minor units. Secrets are left out.',
  params: CustomerParams,
  reply: Type.Object({
    customer: CustomerReply,
    addresses: rows('those that were, that are, and that will be'),
    externalReferences: rows('what other systems call the person'),
    consents: rows('all that was said about consents'),
    accounts: rows('what the person logs in by'),
    sessions: rows('browsers that are logged in, or were'),
    orders: rows('with lines, and payer and receivers as they were registered'),
    invoices: rows('numbers and sums'),
    subscriptions: rows('what was subscribed to'),
    access: rows('what the person may read, and could'),
    withdrawals: rows('statements of withdrawal'),
    messages: rows('what was sent to the person'),
    loginLinks: rows('links that were made for the person'),
    acts: rows('what was done by hand about the customer'),
  }),
  examples: { params: { customerNumber: 1_000_000 } },
  async handle(context: { database: Queryable }, call: ClientCall<undefined, CustomerParams>) {
    const { publisherId } = call.caller.publisher;
    const key = { publisherId, customerNumber: customerNumber(call.params.customerNumber) };
    const customer = await findCustomer(context.database, key);
    if (!customer) throw new Problem('not_found');
    const data = await findPersonalData(context.database, key);
    return { body: { customer: showFound(customer), ...data } };
  },
});
