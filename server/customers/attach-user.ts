import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { fieldProblem, Problem } from '../kit/problem.ts';
import type { CustomerEvent } from './customer.ts';
import type { CustomerKey } from './customers-store.ts';
import { holdCustomer } from './hold-customer.ts';

const lockAccount = sql(
  'accounts.lockByUniqueId',
  `SELECT account_id, customer_number FROM accounts
   WHERE publisher_id = $1 AND unique_user_id = $2 AND state <> 'closed' FOR UPDATE`,
);

const setStatement = sql(
  'accounts.setCustomerNumber',
  'UPDATE accounts SET customer_number = $3 WHERE publisher_id = $1 AND account_id = $2',
);

type Row = { account_id: number; customer_number: number | null };

/**
 * Says that an account is this customer: its reader sees and changes what stands under the number. Throws
 * `not_found`, `user_is_unknown`, and `user_is_another_customer` for an account that is one already.
 */
export async function attachUser(
  transaction: Transaction,
  key: CustomerKey,
  uniqueUserId: string,
  credentialHash: Buffer,
): Promise<void> {
  // The account first, as a reader's own change locks it.
  const account = await findAccount(transaction, key, uniqueUserId);
  await holdCustomer(transaction, key, credentialHash);
  if (!account) throw fieldProblem('user_is_unknown', 'uniqueUserId', 'no user has this uniqueUserId');
  if (account.customer_number === key.customerNumber) return;
  if (account.customer_number !== null) throw new Problem('user_is_another_customer');
  await transaction.query(setStatement, [key.publisherId, account.account_id, key.customerNumber]);
  await transaction.report<CustomerEvent>([{ name: 'customer user attached', ...key, uniqueUserId }]);
}

/** The reader is not this customer any more. Throws `not_found` where they were not. */
export async function detachUser(
  transaction: Transaction,
  key: CustomerKey,
  uniqueUserId: string,
): Promise<void> {
  const account = await findAccount(transaction, key, uniqueUserId);
  if (account?.customer_number !== key.customerNumber) throw new Problem('not_found');
  await transaction.query(setStatement, [key.publisherId, account.account_id, null]);
  await transaction.report<CustomerEvent>([{ name: 'customer user detached', ...key, uniqueUserId }]);
}

async function findAccount(
  transaction: Transaction,
  { publisherId }: CustomerKey,
  uniqueUserId: string,
): Promise<Row | undefined> {
  const [row] = await transaction.query<Row>(lockAccount, [publisherId, uniqueUserId.toLowerCase()]);
  return row;
}
