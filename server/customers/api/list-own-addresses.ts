import type { CatalogueSnapshots } from '../../catalogue/catalogue.ts';
import type { Queryable } from '../../database/statement.ts';
import { type Call, endpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import type { User } from '../../publishers/publisher.ts';
import { AddressesReply, AddressQuery, showAddresses } from '../address-body.ts';
import { findOwnAddresses } from '../find-own-addresses.ts';
import { readProduct } from '../read-address-change.ts';

export const listOwnAddresses = endpoint({
  operationId: 'listOwnAddresses',
  summary: 'List a reader’s addresses: those that were, that are, and that will be',
  description:
    'Those that the reader or the publisher has said. What an order says is not told: whoever ordered may ' +
    'have named the reader by mistake. With product also the original’s list of addresses for a product. ' +
    'The original’s paths are not known: this one is ours.',
  query: AddressQuery,
  reply: AddressesReply,
  async handle(
    context: { database: Queryable; catalogue: CatalogueSnapshots },
    call: Call<User, undefined, undefined, AddressQuery>,
  ) {
    const { publisher, user } = call.caller;
    const product = readProduct(await context.catalogue.of(publisher.publisherId), call.query.product);
    const own = await findOwnAddresses(context.database, publisher.publisherId, user.accountId);
    if (!own) throw new Problem('not_found');
    return { body: showAddresses(own, product) };
  },
});
