import { randomUUID } from 'node:crypto';
import { cardDeclined, fateOf, swishCancelled, threeDSecureCancelled } from './magic-values.ts';
import { type PaymentOrder, resourceId, type Transaction } from './payment-order.ts';
import type { Problem } from './problem.ts';
import type { SwedbankPay } from './swedbank-pay.ts';

/**
 * The buyer agrees. Whether it succeeds says the order's amount or description; if not, the order goes on,
 * and the buyer may try again.
 */
export async function tryToPay(swedbank: SwedbankPay, order: PaymentOrder): Promise<void> {
  const fate = fateOf(order);
  if (fate) return failTry(swedbank, order, fate);
  const paid = payOrder(swedbank, order);
  swedbank.save(paid);
  await swedbank.callbacks.tell(paid, paid.transactions.at(-1)?.number ?? swedbank.nextNumber(), 'Paid');
}

/** The buyer says no at the card's bank or in the app, or the card is declined. */
export function refuseToPay(swedbank: SwedbankPay, order: PaymentOrder): Promise<void> {
  if (order.instrument === 'Swish') return failTry(swedbank, order, swishCancelled);
  return failTry(swedbank, order, order.card === null ? cardDeclined : threeDSecureCancelled);
}

/** A try comes to nothing: the merchant is called although the order is still open. */
export async function failTry(swedbank: SwedbankPay, order: PaymentOrder, why: Problem): Promise<void> {
  const number = swedbank.nextNumber();
  const failed = { created: swedbank.world.clock.timestamp(), number, problem: why };
  const open = {
    ...order,
    card: null,
    inSwish: null,
    failedAttempts: [...order.failedAttempts, failed],
  };
  swedbank.save(open);
  await swedbank.callbacks.tell(open, number, 'FailedAttempt');
}

/** The buyer gives up on the page, the merchant aborts, or the order runs out. */
export function endUnpaid(swedbank: SwedbankPay, order: PaymentOrder, abortReason: string): PaymentOrder {
  const decidedAt = swedbank.world.clock.timestamp();
  const ended: PaymentOrder = {
    ...order,
    status: 'Aborted',
    abortReason,
    decidedAt,
    card: null,
    inSwish: null,
  };
  swedbank.save(ended);
  return ended;
}

/** The order as it is once its money is reserved (a card), taken (Swish), or only verified. Not saved yet. */
export function payOrder(swedbank: SwedbankPay, order: PaymentOrder): PaymentOrder {
  const first = makeTransaction(swedbank, order, {
    type: order.instrument === 'Swish' ? 'Sale' : 'Authorization',
    amount: order.amount,
    vatAmount: order.vatAmount,
    description: order.description,
    payeeReference: order.payeeReference,
  });
  const isMoved = order.operation !== 'Verify';
  return {
    ...order,
    status: 'Paid',
    decidedAt: first.created,
    mobile: order.inSwish?.mobile ?? order.mobile,
    inSwish: null,
    unscheduledToken: order.wantsToken ? randomUUID() : null,
    transactions: isMoved ? [first] : [],
  };
}

export function makeTransaction(
  swedbank: SwedbankPay,
  order: PaymentOrder,
  what: Pick<Transaction, 'type' | 'amount' | 'vatAmount' | 'description' | 'payeeReference'>,
): Transaction {
  return {
    id: `${resourceId(order)}/financialtransactions/${randomUUID()}`,
    created: swedbank.world.clock.timestamp(),
    number: swedbank.nextNumber(),
    ...what,
  };
}
