import type { CatalogueSnapshots } from '../../catalogue/catalogue.ts';
import type { Secrets } from '../../config/secrets.ts';
import type { DatabaseClock } from '../../database/clock.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { customerNumber } from '../../kit/ids.ts';
import { collectRefusals } from '../../kit/refusals.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { AddressBody, AddressChanged } from '../address-body.ts';
import { changeAddress } from '../change-address.ts';
import { holdCustomer } from '../hold-customer.ts';
import { readAddressChange } from '../read-address-change.ts';
import { CustomerParams, exampleAddress, howAddressesChange } from './customer-answers.ts';

export const changeAddresses = endpoint({
  operationId: 'changeAddresses',
  summary: 'Change the addresses of a customer',
  description: `${howAddressesChange} The original’s path is not known: this one is ours.`,
  params: CustomerParams,
  body: AddressBody,
  reply: AddressChanged,
  changes: true,
  examples: { params: { customerNumber: 1_000_000 }, body: exampleAddress },
  async handle(
    context: {
      database: Database;
      catalogue: CatalogueSnapshots;
      clock: DatabaseClock;
      secrets: Pick<Secrets, 'credentialHash'>;
    },
    call: ClientCall<AddressBody, CustomerParams>,
  ) {
    const { publisher } = call.caller;
    const { publisherId, timeZone } = publisher;
    const catalogue = await context.catalogue.of(publisherId);
    const refusals = collectRefusals(call.warnings);
    const reader = { publisher, catalogue, now: context.clock.now(), refusals };
    const request = readAddressChange(reader, call.body);
    refusals.throwIfAny();
    const number = customerNumber(call.params.customerNumber);
    const key = { publisherId, customerNumber: number };
    return runKeyed(context.database, call, `changeAddresses ${number}`, async (transaction) => {
      await holdCustomer(transaction, key, context.secrets.credentialHash);
      const id = await changeAddress(transaction, key, request, timeZone);
      return { status: 200, body: { success: true, customerNumber: number, id } };
    });
  },
});
