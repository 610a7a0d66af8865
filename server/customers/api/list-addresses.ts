import type { CatalogueSnapshots } from '../../catalogue/catalogue.ts';
import type { Queryable } from '../../database/statement.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { customerNumber } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { AddressesReply, AddressQuery, showAddresses } from '../address-body.ts';
import { findCustomerAddresses } from '../find-customer-addresses.ts';
import { readProduct } from '../read-address-change.ts';
import { CustomerParams } from './customer-answers.ts';

export const listAddresses = endpoint({
  operationId: 'listAddresses',
  summary: 'List the addresses of a customer: those that were, that are, and that will be',
  description:
    'Where nobody has said a home address that holds, the one of the newest order is told, without an id. ' +
    'With product also the original’s list of addresses for a product. The original’s paths are not known: ' +
    'this one is ours.',
  params: CustomerParams,
  query: AddressQuery,
  reply: AddressesReply,
  examples: { params: { customerNumber: 1_000_000 } },
  async handle(
    context: { database: Queryable; catalogue: CatalogueSnapshots },
    call: ClientCall<undefined, CustomerParams, AddressQuery>,
  ) {
    const { publisherId } = call.caller.publisher;
    const product = readProduct(await context.catalogue.of(publisherId), call.query.product);
    const key = { publisherId, customerNumber: customerNumber(call.params.customerNumber) };
    const found = await findCustomerAddresses(context.database, key);
    if (!found) throw new Problem('not_found');
    return { body: showAddresses({ customerNumber: key.customerNumber, ...found }, product) };
  },
});
