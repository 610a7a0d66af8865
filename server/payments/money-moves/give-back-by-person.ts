import type { Transaction } from '../../database/transaction.ts';
import { publisherSettingsOf } from '../../publishers/publisher-settings.ts';
import type { OrderToPay } from '../ledger/attempts-store.ts';
import { lockPayment } from '../ledger/lock-payment.ts';
import { findLineMoney } from '../lines/find-line-money.ts';
import { orderOf, type PaymentEvent, paymentOf } from '../payment.ts';
import { freeToRelease, lockMoney, lockMoneyOfOrder } from './attempt-money.ts';
import { bookRefund } from './book-refund.ts';
import { carryOutWord } from './carry-out-word.ts';
import { lockMoves } from './operations-store.ts';
import { mostToRefund } from './split-refund.ts';
import { takeGivenBack } from './word-beside-moves.ts';

/**
 * Books that a person has given the money of an attempt back, and withdraws what no machine has begun of
 * that. What is only reserved of it was not taken, and is released. A completed order of whose money nothing
 * is left then is refunded as if that had been asked for. The caller has locked the order, where there is
 * one. Refuses with `money_is_under_way`.
 */
export async function giveBackByPerson(
  transaction: Transaction,
  about: { publisherId: number; attemptId: number },
): Promise<void> {
  const locked = await lockPayment(transaction, about);
  const money = await lockMoney(transaction, about.publisherId, about.attemptId);
  if (!locked || !money) return;
  await carryOutWord(transaction, about, takeGivenBack(await lockMoves(transaction, about)));
  await bookRefund(transaction, about);
  const left = await lockMoney(transaction, about.publisherId, about.attemptId);
  if (left && freeToRelease(left) > 0) {
    const due = { name: 'give-back due', ...paymentOf(locked.attempt), attemptId: about.attemptId } as const;
    await transaction.report<PaymentEvent>([due]);
  }
  const backMinor = mostToRefund([money]);
  const { order } = locked;
  if (order?.state !== 'completed' || backMinor === 0) return;
  const attempts = await lockMoneyOfOrder(transaction, order.publisher_id, order.order_id);
  if (mostToRefund(attempts) === 0) await acceptWholeRefund(transaction, order, backMinor);
}

/** All of the order's money is back: access, subscription and agreement follow by the publisher's rule. */
export async function acceptWholeRefund(
  transaction: Transaction,
  order: OrderToPay,
  amountMinor: number,
): Promise<void> {
  const { publisher_id: publisherId, order_id: orderId } = order;
  const access = publisherSettingsOf(order.publisher_settings).accessAfterRefund;
  const lines = await findLineMoney(transaction, publisherId, orderId);
  const ended = lines.map((line) => ({
    lineNumber: line.line_number,
    amountMinor: 0,
    isWhole: true,
    access,
  }));
  const about = orderOf({ publisherId, orderId });
  await transaction.report<PaymentEvent>([
    { name: 'refund accepted', ...about, refundBy: 'operations', amountMinor, lines: ended },
  ]);
}
