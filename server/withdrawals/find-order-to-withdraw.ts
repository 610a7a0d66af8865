import type { Transaction } from '../database/transaction.ts';
import { lockWithdrawalRights, type OrderWithRights } from '../orders/find-withdrawal-rights.ts';
import { findLineMoney } from '../payments/lines/find-line-money.ts';
import { findMoneyLeft, type MoneyLeft } from '../payments/money-moves/find-money-left.ts';
import type { LineToWithdraw } from './decide-withdrawal.ts';

export type OrderToWithdraw = Omit<OrderWithRights, 'lines'> & {
  lines: (LineToWithdraw & { isGift: boolean })[];
  money: MoneyLeft;
};

/** Locks an order and its money, and reads all that its withdrawal depends on. */
export async function findOrderToWithdraw(
  transaction: Transaction,
  { publisherId, orderId }: { publisherId: number; orderId: number },
): Promise<OrderToWithdraw | undefined> {
  const order = await lockWithdrawalRights(transaction, { publisherId, orderId });
  if (!order) return undefined;
  const { prepaid, amountMinor: amount_minor } = order;
  const paid = { publisher_id: publisherId, order_id: orderId, prepaid, amount_minor };
  const { by, leftMinor } = await findMoneyLeft(transaction, paid);
  const money = await findLineMoney(transaction, publisherId, orderId);
  return {
    ...order,
    lines: order.lines.map(({ right, isWithdrawn, isGift, period }) => {
      const line = money.find((one) => one.line_number === right.lineNumber);
      const left = line ? Math.max(0, line.amount - line.given_back) : 0;
      return { right, leftMinor: left, isWithdrawn, isGift, period };
    }),
    money: { by, leftMinor },
  };
}
