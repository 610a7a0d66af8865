import { isSinceHeld } from '../accounts/find-held-since.ts';
import { findProfile } from '../accounts/find-profile.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { type AccountId, type CustomerNumber, customerNumber, type PublisherId } from '../kit/ids.ts';
import { Problem } from '../kit/problem.ts';
import { nextCustomerNumber } from './customers-store.ts';
import { ownNumber } from './decide-own-number.ts';

const lockAccount = sql(
  'accounts.lockForCustomer',
  `SELECT customer_number FROM accounts
   WHERE publisher_id = $1 AND account_id = $2 AND state <> 'closed' FOR UPDATE`,
);

const findFacts = sql(
  'customers.findNumberFacts',
  `SELECT EXISTS (SELECT FROM customers WHERE publisher_id = $1 AND customer_number = $3) AS is_registered,
     EXISTS (SELECT FROM accounts
       WHERE publisher_id = $1 AND customer_number = $3 AND account_id <> $2) AS is_anothers,
     EXISTS (SELECT FROM orders
       LEFT JOIN order_parties ON order_parties.order_id = orders.order_id AND line_number = 0
       WHERE orders.publisher_id = $1 AND orders.customer_number = $3
         AND NOT EXISTS (SELECT FROM credentials
           WHERE credentials.publisher_id = $1 AND credentials.account_id = $2 AND proven_at IS NOT NULL
             AND credential_key IN (mobile_key, email_key) AND ${isSinceHeld('credentials')}))
       AS has_others_orders`,
);

type Facts = { is_registered: boolean; is_anothers: boolean; has_others_orders: boolean };

const attachStatement = sql(
  'accounts.setCustomer',
  'UPDATE accounts SET customer_number = $3 WHERE publisher_id = $1 AND account_id = $2',
);

/**
 * Locks the reader's account and answers which customer it is, for good from now on: a reader who was none
 * yet gets the number of their own orders, or a new one.
 */
export async function holdOwnCustomer(
  transaction: Transaction,
  publisherId: PublisherId,
  accountId: AccountId,
): Promise<CustomerNumber> {
  const values = [publisherId, accountId];
  const [account] = await transaction.query<{ customer_number: number | null }>(lockAccount, values);
  if (!account) throw new Problem('not_found');
  if (account.customer_number !== null) return customerNumber(account.customer_number);
  const ofOwnOrder = (await findProfile(transaction, publisherId, accountId))?.customerNumber;
  const [facts] = await transaction.query<Facts>(findFacts, [...values, ofOwnOrder ?? null]);
  const number = ownNumber({
    attached: undefined,
    ofOwnOrder,
    isRegistered: facts?.is_registered ?? false,
    isAnothers: facts?.is_anothers ?? false,
    hasOthersOrders: facts?.has_others_orders ?? false,
  });
  const own = customerNumber(number ?? (await nextCustomerNumber(transaction)));
  await transaction.query(attachStatement, [...values, own]);
  return own;
}
