import { type Static, Type } from 'typebox';
import type { CatalogueSnapshots } from '../../catalogue/catalogue.ts';
import type { Queryable } from '../../database/statement.ts';
import type { Call } from '../../kit/http/endpoint.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { Problem } from '../../kit/problem.ts';
import type { User, UserCall } from '../../publishers/publisher.ts';
import { addressesReply, productAddressesReply, showAddresses, showProductAddresses } from '../address-body.ts';
import { findOwnAddresses, type OwnAddresses } from '../find-own-addresses.ts';

const Params = narrowing({ productCode: Type.String({ minLength: 1, maxLength: 12 }) });

export const listOwnAddresses = endpoint({
  operationId: 'listOwnAddresses',
  summary: 'List a reader’s addresses: those that were, that are, and that will be',
  description:
    'Those that the reader or the publisher has said. What an order says is not told: whoever ordered may ' +
    'have named the reader by mistake. The original’s path is not known: this one is ours.',
  reply: Type.Object(addressesReply),
  async handle(context: { database: Queryable }, call: UserCall) {
    const { stored, now, customerNumber = null } = await findOwn(context, call.caller);
    return { body: { customerNumber, addresses: showAddresses(stored, now) } };
  },
});

export const listOwnProductAddresses = endpoint({
  operationId: 'listOwnProductAddresses',
  summary: 'List where a product goes for a reader',
  description:
    'The addresses of the product and the home addresses, with the one that holds now. A product that is ' +
    'not in the catalogue is 404. The original’s path is not known: this one is ours.',
  params: Params,
  reply: Type.Object(productAddressesReply),
  examples: { params: { productCode: 'DEMO' } },
  async handle(
    context: { database: Queryable; catalogue: CatalogueSnapshots },
    call: Call<User, undefined, Static<typeof Params>>,
  ) {
    const { productCode } = call.params;
    const catalogue = await context.catalogue.of(call.caller.publisher.publisherId);
    if (!catalogue.findProduct(productCode)) throw new Problem('not_found');
    const { stored, now, customerNumber = null } = await findOwn(context, call.caller);
    return { body: { customerNumber, ...showProductAddresses(stored, productCode, now) } };
  },
});

async function findOwn({ database }: { database: Queryable }, { publisher, user }: User): Promise<OwnAddresses> {
  const own = await findOwnAddresses(database, publisher.publisherId, user.accountId);
  if (!own) throw new Problem('not_found');
  return own;
}
