import type { Transaction } from '../database/transaction.ts';
import type { AccountId, CustomerNumber, PublisherId } from '../kit/ids.ts';
import { fieldProblem } from '../kit/problem.ts';
import type { CustomerCategory, CustomerEvent } from './customer.ts';
import { type CustomerKey, insertCustomer, lockCustomer, replaceCustomer } from './customers-store.ts';
import { findCustomer } from './find-customer.ts';
import { holdOwnCustomer } from './hold-own-customer.ts';
import type { ReadCustomer } from './read-customer.ts';

export type OwnChange = {
  publisherId: PublisherId;
  accountId: AccountId;
  customer: ReadCustomer;
};

/**
 * A reader says who they are: all of it is replaced, but for the categories, which are the publisher's. One
 * who was no customer is one from then on. Throws `input_is_invalid` for other categories than there are.
 */
export async function changeOwnCustomer(
  transaction: Transaction,
  { publisherId, accountId, customer }: OwnChange,
): Promise<CustomerNumber> {
  const number = await holdOwnCustomer(transaction, publisherId, accountId);
  const key = { publisherId, customerNumber: number };
  const isNew =
    !(await lockCustomer(transaction, key)) &&
    (await insertCustomer(transaction, key, await keepCategories(transaction, key, customer), true));
  if (!isNew) {
    await lockCustomer(transaction, key);
    await replaceCustomer(transaction, key, await keepCategories(transaction, key, customer));
  }
  const name = isNew ? 'customer registered' : 'customer changed';
  await transaction.report<CustomerEvent>([{ name, ...key }]);
  return number;
}

/** With the categories that the publisher gave the customer, or its site with an order. */
async function keepCategories(
  transaction: Transaction,
  key: CustomerKey,
  { details, keys }: ReadCustomer,
): Promise<ReadCustomer> {
  const { categories = [] } = (await findCustomer(transaction, key))?.details ?? {};
  if (isOther(details.categories ?? [], categories)) {
    throw fieldProblem(
      'input_is_invalid',
      'categories',
      'categories are the publisher’s: leave them out, or send them as they are',
    );
  }
  return { details: { ...details, categories }, keys };
}

/** Whether categories are said, and are not those that there are. */
function isOther(said: readonly CustomerCategory[], known: readonly CustomerCategory[]): boolean {
  const words = (list: readonly CustomerCategory[]) =>
    list.map(({ addressCategory, freeValue = '' }) => JSON.stringify([addressCategory, freeValue])).sort();
  return said.length > 0 && words(said).join() !== words(known).join();
}
