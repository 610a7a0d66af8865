import type { Transaction } from '../database/transaction.ts';
import { Problem } from '../kit/problem.ts';
import type { CustomerEvent } from './customer.ts';
import type { CustomerKey } from './customers-store.ts';
import { holdCustomer } from './hold-customer.ts';
import { changeReference, deleteReference, insertReference, type Reference } from './references-store.ts';

/**
 * Says what a customer is called in another system. Throws `not_found`, `external_reference_exists` where the
 * customer has one of that system, and `external_id_is_taken` where it stands for another customer.
 */
export async function addExternalReference(
  transaction: Transaction,
  key: CustomerKey,
  reference: Reference,
  credentialHash: Buffer,
): Promise<void> {
  await holdCustomer(transaction, key, credentialHash);
  const isNew = await insertReference(transaction, key, reference);
  if (!isNew) throw new Problem('external_reference_exists');
  await report(transaction, key, reference.referenceCode);
}

/** Throws `not_found` where the customer has none of that system, and `external_id_is_taken`. */
export async function changeExternalReference(
  transaction: Transaction,
  key: CustomerKey,
  reference: Reference,
): Promise<void> {
  if (!(await changeReference(transaction, key, reference))) throw new Problem('not_found');
  await report(transaction, key, reference.referenceCode);
}

/** Throws `not_found` where the customer has none of that system. */
export async function removeExternalReference(
  transaction: Transaction,
  key: CustomerKey,
  referenceCode: string,
): Promise<void> {
  if (!(await deleteReference(transaction, key, referenceCode))) throw new Problem('not_found');
  await report(transaction, key, referenceCode);
}

function report(transaction: Transaction, key: CustomerKey, referenceCode: string): Promise<void> {
  return transaction.report<CustomerEvent>([{ name: 'customer reference changed', ...key, referenceCode }]);
}
