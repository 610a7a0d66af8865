import { type Static, Type } from 'typebox';
import type { CatalogueSnapshots } from '../../catalogue/catalogue.ts';
import type { Queryable } from '../../database/statement.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { customerNumber } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { productAddressesReply, showOrderAddress, showProductAddresses } from '../address-body.ts';
import { findCustomerAddresses } from '../find-customer-addresses.ts';

const Params = narrowing({
  customerNumber: Type.Integer({ minimum: 1 }),
  productCode: Type.String({ minLength: 1, maxLength: 12 }),
});

export const listProductAddresses = endpoint({
  operationId: 'listProductAddresses',
  summary: 'List where a product goes for a customer',
  description:
    'The addresses of the product and the home addresses, with the one that holds now. A product that is ' +
    'not in the catalogue is 404. The original’s path is not known: this one is ours.',
  params: Params,
  reply: Type.Object(productAddressesReply),
  examples: { params: { customerNumber: 1_000_000, productCode: 'DEMO' } },
  async handle(
    context: { database: Queryable; catalogue: CatalogueSnapshots },
    call: ClientCall<undefined, Static<typeof Params>>,
  ) {
    const { publisherId } = call.caller.publisher;
    const number = customerNumber(call.params.customerNumber);
    const { productCode } = call.params;
    const catalogue = await context.catalogue.of(publisherId);
    const found = await findCustomerAddresses(context.database, { publisherId, customerNumber: number });
    if (!found || !catalogue.findProduct(productCode)) throw new Problem('not_found');
    const shown = showProductAddresses(found.stored, productCode, found.now);
    const ofOrder = found.ofOrder ? showOrderAddress(found.ofOrder) : null;
    const addresses = ofOrder ? [...shown.addresses, ofOrder] : shown.addresses;
    return { body: { customerNumber: number, addresses, inForce: shown.inForce ?? ofOrder } };
  },
});
