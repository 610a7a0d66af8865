import type { Transaction } from '../database/transaction.ts';
import { Problem } from '../kit/problem.ts';
import { type CustomerKey, insertCustomer, lockCustomer } from './customers-store.ts';
import { findCustomer } from './find-customer.ts';
import { keysOfCustomer } from './read-customer.ts';

/**
 * Locks a customer until the end of the transaction. One that is known by orders alone is written down first,
 * since what follows hangs on it; nobody has said by that who it is. Throws `not_found` for a number of
 * nobody.
 */
export async function holdCustomer(
  transaction: Transaction,
  key: CustomerKey,
  credentialHash: Buffer,
): Promise<void> {
  if (await lockCustomer(transaction, key)) return;
  const found = await findCustomer(transaction, key);
  if (!found) throw new Problem('not_found');
  const keys = keysOfCustomer(credentialHash, key.publisherId, found.details);
  await insertCustomer(transaction, key, { details: found.details, keys }, false);
  await lockCustomer(transaction, key);
}
