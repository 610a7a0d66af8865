import type { Transaction } from '../database/transaction.ts';
import { type CustomerNumber, customerNumber, type PublisherId } from '../kit/ids.ts';
import { Problem } from '../kit/problem.ts';
import type { CustomerEvent } from './customer.ts';
import { insertCustomer, nextCustomerNumber } from './customers-store.ts';
import type { ReadCustomer } from './read-customer.ts';

export type Registration = {
  publisherId: PublisherId;
  /** The publisher's own; one of ours where it is left out. */
  number: number | undefined;
  customer: ReadCustomer;
};

// A number that a publisher chose may lie where ours come to.
const mostTries = 100;

/** Writes down a new customer and answers its number. Throws `customer_exists` where the number is taken. */
export async function registerCustomer(
  transaction: Transaction,
  { publisherId, number, customer }: Registration,
): Promise<CustomerNumber> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const chosen = customerNumber(number ?? (await nextCustomerNumber(transaction)));
    const key = { publisherId, customerNumber: chosen };
    if (await insertCustomer(transaction, key, customer, true)) {
      await transaction.report<CustomerEvent>([{ name: 'customer registered', ...key }]);
      return chosen;
    }
    if (number !== undefined) throw new Problem('customer_exists');
  }
  throw new Error(`publisher ${publisherId} has taken ${mostTries} customer numbers in a row`);
}
