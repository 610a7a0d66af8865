import type { Transaction } from '../database/transaction.ts';
import type { CustomerEvent } from './customer.ts';
import { type CustomerKey, replaceCustomer } from './customers-store.ts';
import { holdCustomer } from './hold-customer.ts';
import type { ReadCustomer } from './read-customer.ts';

/** Replaces all that is known of a customer. Throws `not_found` for a number of nobody. */
export async function changeCustomer(
  transaction: Transaction,
  key: CustomerKey,
  customer: ReadCustomer,
  credentialHash: Buffer,
): Promise<void> {
  await holdCustomer(transaction, key, credentialHash);
  await replaceCustomer(transaction, key, customer);
  await transaction.report<CustomerEvent>([{ name: 'customer changed', ...key }]);
}
