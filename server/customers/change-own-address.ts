import type { Transaction } from '../database/transaction.ts';
import type { AccountId, CustomerNumber, PublisherId } from '../kit/ids.ts';
import { changeAddress } from './change-address.ts';
import { insertCustomer, lockCustomer } from './customers-store.ts';
import type { AddressRequest } from './decide-address-change.ts';
import { findOwnCustomer } from './find-own-customer.ts';
import { holdOwnCustomer } from './hold-own-customer.ts';
import { keysOfCustomer } from './read-customer.ts';

export type OwnAddressChange = {
  publisherId: PublisherId;
  accountId: AccountId;
  request: AddressRequest;
  timeZone: string;
  credentialHash: Buffer;
};

/** A reader changes where their things go; one who was no customer becomes the one that their profile says. */
export async function changeOwnAddress(
  transaction: Transaction,
  { publisherId, accountId, request, timeZone, credentialHash }: OwnAddressChange,
): Promise<{ customerNumber: CustomerNumber; id: number }> {
  const customerNumber = await holdOwnCustomer(transaction, publisherId, accountId);
  const key = { publisherId, customerNumber };
  if ((await lockCustomer(transaction, key)) === undefined) {
    const details = (await findOwnCustomer(transaction, publisherId, accountId))?.details;
    if (!details) throw new Error(`account ${accountId} was held, and is not found`);
    const keys = keysOfCustomer(credentialHash, publisherId, details);
    await insertCustomer(transaction, key, { details, keys });
    await lockCustomer(transaction, key);
  }
  return { customerNumber, id: await changeAddress(transaction, key, request, timeZone) };
}
