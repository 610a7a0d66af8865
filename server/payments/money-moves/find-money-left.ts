import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { findInvoiceLeft } from '../../invoices/find-invoice-left.ts';
import { type AttemptMoney, lockMoneyOfOrder, lockUnconfirmedMoney } from './attempt-money.ts';
import { mostToRefund } from './split-refund.ts';

/**
 * Who has the money of an order, and how much of it could go back, in minor units. `unconfirmed`: a payment
 * of ours that the order took, and whose provider is still to be asked whether it stands.
 */
export type MoneyLeft = {
  by: 'us' | 'unconfirmed' | 'invoice' | 'elsewhere' | 'nobody';
  leftMinor: number;
};

type PaidOrder = { publisher_id: number; order_id: number; prepaid: boolean; amount_minor: number };

// Where no account of ours stands for what was paid elsewhere, the case is all that tells of its refund.
const findSaidBack = sql(
  'orders.isSaidBack',
  `SELECT 1 AS found FROM cases
   WHERE publisher_id = $1 AND order_id = $2 AND kind = 'prepayment mismatch' AND outcome = 'given_back'`,
);

/**
 * All of an order that could go back, under the lock of the order, which the caller holds; its attempts are
 * locked. An order without an attempt of ours is paid by invoice, elsewhere, or not at all; what a person has
 * given back is nobody's.
 */
export async function findMoneyLeft(
  transaction: Transaction,
  order: PaidOrder,
): Promise<MoneyLeft & { attempts: readonly AttemptMoney[] }> {
  const attempts = await lockMoneyOfOrder(transaction, order.publisher_id, order.order_id);
  if (attempts.length > 0) return { by: 'us', leftMinor: mostToRefund(attempts), attempts };
  if (order.prepaid && order.amount_minor > 0) {
    const unconfirmed = await lockUnconfirmedMoney(transaction, order.publisher_id, order.order_id);
    const leftMinor = Math.min(order.amount_minor, mostToRefund(unconfirmed));
    if (unconfirmed.length > 0) return { by: 'unconfirmed', leftMinor, attempts };
    const said = await transaction.query(findSaidBack, [order.publisher_id, order.order_id]);
    if (said.length > 0) return { by: 'nobody', leftMinor: 0, attempts };
    return { by: 'elsewhere', leftMinor: order.amount_minor, attempts };
  }
  const leftMinor = await findInvoiceLeft(transaction, order.publisher_id, order.order_id);
  return { by: leftMinor > 0 ? 'invoice' : 'nobody', leftMinor, attempts };
}
