import type { Queryable } from '../../database/statement.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { customerNumber } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { findCustomer } from '../find-customer.ts';
import { CustomerParams, CustomerReply, showFound } from './customer-answers.ts';

export const showCustomer = endpoint({
  operationId: 'showCustomer',
  summary: 'Who a customer is',
  description:
    'As it was registered or changed last; where nobody has said it, as the payer of the newest order ' +
    'under the number.',
  params: CustomerParams,
  reply: CustomerReply,
  examples: { params: { customerNumber: 1_000_000 } },
  async handle(context: { database: Queryable }, call: ClientCall<undefined, CustomerParams>) {
    const { publisherId } = call.caller.publisher;
    const key = { publisherId, customerNumber: customerNumber(call.params.customerNumber) };
    const customer = await findCustomer(context.database, key);
    if (!customer) throw new Problem('not_found');
    return { body: showFound(customer) };
  },
});
