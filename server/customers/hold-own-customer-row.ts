import type { Transaction } from '../database/transaction.ts';
import type { AccountId, PublisherId } from '../kit/ids.ts';
import { type CustomerKey, insertCustomer, lockCustomer } from './customers-store.ts';
import { findOwnCustomer } from './find-own-customer.ts';
import { holdOwnCustomer } from './hold-own-customer.ts';
import { keysOfCustomer } from './read-customer.ts';

export type OwnReader = { publisherId: PublisherId; accountId: AccountId; credentialHash: Buffer };

/** Locks the customer that a reader is; one who was none becomes the one that their profile says. */
export async function holdOwnCustomerRow(
  transaction: Transaction,
  { publisherId, accountId, credentialHash }: OwnReader,
): Promise<CustomerKey> {
  const customerNumber = await holdOwnCustomer(transaction, publisherId, accountId);
  const key = { publisherId, customerNumber };
  if (!(await lockCustomer(transaction, key))) {
    const details = (await findOwnCustomer(transaction, publisherId, accountId))?.details;
    if (!details) throw new Error(`account ${accountId} was held, and is not found`);
    const keys = keysOfCustomer(credentialHash, publisherId, details);
    await insertCustomer(transaction, key, { details, keys }, false);
    await lockCustomer(transaction, key);
  }
  return key;
}
