import type { CatalogueSnapshots } from '../../catalogue/catalogue.ts';
import type { Secrets } from '../../config/secrets.ts';
import type { DatabaseClock } from '../../database/clock.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { collectRefusals } from '../../kit/refusals.ts';
import type { UserCall } from '../../publishers/publisher.ts';
import { AddressBody, AddressChanged } from '../address-body.ts';
import { changeOwnAddress } from '../change-own-address.ts';
import { readAddressChange } from '../read-address-change.ts';
import { exampleAddress, howAddressesChange } from './customer-answers.ts';

export const changeOwnAddresses = endpoint({
  operationId: 'changeOwnAddresses',
  summary: 'A reader changes their addresses',
  description: `${howAddressesChange} The original’s path is not known: this one is ours.`,
  body: AddressBody,
  reply: AddressChanged,
  changes: true,
  examples: { body: exampleAddress },
  async handle(
    context: {
      database: Database;
      catalogue: CatalogueSnapshots;
      clock: DatabaseClock;
      secrets: Pick<Secrets, 'credentialHash'>;
    },
    call: UserCall<AddressBody>,
  ) {
    const { publisher, user } = call.caller;
    const { publisherId, timeZone } = publisher;
    const catalogue = await context.catalogue.of(publisherId);
    const refusals = collectRefusals(call.warnings);
    const reader = { publisher, catalogue, now: context.clock.now(), refusals };
    const request = readAddressChange(reader, call.body);
    refusals.throwIfAny();
    const { accountId } = user;
    const { credentialHash } = context.secrets;
    const change = { publisherId, accountId, request, timeZone, credentialHash };
    return runKeyed(context.database, call, `changeOwnAddresses ${accountId}`, async (transaction) => {
      const { customerNumber, id } = await changeOwnAddress(transaction, change);
      return { status: 200, body: { success: true, customerNumber, id } };
    });
  },
});
