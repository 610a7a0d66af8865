import { Type } from 'typebox';
import type { Queryable } from '../../database/statement.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { customerNumber } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { addressesReply, showAddresses, showOrderAddress } from '../address-body.ts';
import { findCustomerAddresses } from '../find-customer-addresses.ts';
import { CustomerParams } from './customer-answers.ts';

export const listAddresses = endpoint({
  operationId: 'listAddresses',
  summary: 'List the addresses of a customer: those that were, that are, and that will be',
  description:
    'Where nobody has said a home address that holds, the one of the newest order is told, without an id. ' +
    'The original’s path is not known: this one is ours.',
  params: CustomerParams,
  reply: Type.Object(addressesReply),
  examples: { params: { customerNumber: 1_000_000 } },
  async handle(context: { database: Queryable }, call: ClientCall<undefined, CustomerParams>) {
    const number = customerNumber(call.params.customerNumber);
    const key = { publisherId: call.caller.publisher.publisherId, customerNumber: number };
    const found = await findCustomerAddresses(context.database, key);
    if (!found) throw new Problem('not_found');
    const stored = showAddresses(found.stored, found.now);
    const addresses = found.ofOrder ? [...stored, showOrderAddress(found.ofOrder)] : stored;
    return { body: { customerNumber: number, addresses } };
  },
});
