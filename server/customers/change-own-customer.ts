import type { Transaction } from '../database/transaction.ts';
import type { AccountId, CustomerNumber, PublisherId } from '../kit/ids.ts';
import type { CustomerEvent } from './customer.ts';
import { insertCustomer, lockCustomer, replaceCustomer } from './customers-store.ts';
import { holdOwnCustomer } from './hold-own-customer.ts';
import type { ReadCustomer } from './read-customer.ts';

export type OwnChange = {
  publisherId: PublisherId;
  accountId: AccountId;
  customer: ReadCustomer;
};

/** A reader says who they are: all of it is replaced. One who was no customer is one from then on. */
export async function changeOwnCustomer(
  transaction: Transaction,
  { publisherId, accountId, customer }: OwnChange,
): Promise<CustomerNumber> {
  const number = await holdOwnCustomer(transaction, publisherId, accountId);
  const key = { publisherId, customerNumber: number };
  if (await insertCustomer(transaction, key, customer)) {
    await transaction.report<CustomerEvent>([{ name: 'customer registered', ...key }]);
    return number;
  }
  await lockCustomer(transaction, key);
  await replaceCustomer(transaction, key, customer);
  await transaction.report<CustomerEvent>([{ name: 'customer changed', ...key }]);
  return number;
}
