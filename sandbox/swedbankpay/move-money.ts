import { type Answer, refuse, refuseBody } from './answer.ts';
import { isCancellation, isTransaction, type TransactionRequest } from './contract.ts';
import { isLocked, type PaymentOrder, remainingOf, type Transaction } from './payment-order.ts';
import { forbidden, inputError, type Problem, referenceUsed } from './problem.ts';
import { type Origin, showOrder } from './show-order.ts';
import type { SwedbankPay } from './swedbank-pay.ts';
import { makeTransaction } from './try-to-pay.ts';

const shown = ['paid', 'financialTransactions'];

/** `POST …/captures`: takes what is reserved, all or part of it. */
export const capture = moveAmount('Capture');

/** `POST …/reversals`: gives back what was taken, all or part of it. */
export const reverse = moveAmount('Reversal');

/** `POST …/cancellations`: releases all that is reserved and not captured. */
export async function cancel(
  swedbank: SwedbankPay,
  origin: Origin,
  order: PaymentOrder,
  body: unknown,
): Promise<Answer> {
  if (!isCancellation(body)) return refuseBody(isCancellation.errors);
  const asked = body.transaction;
  if (swedbank.isUsed(asked.payeeReference)) return refuse(referenceUsed);
  const { capture: amount } = remainingOf(order);
  if (order.status !== 'Paid' || amount === 0) return refuse(forbidden('There is nothing to cancel'));
  const moved = { type: 'Cancellation', amount, vatAmount: 0, ...asked } as const;
  return keep(swedbank, origin, order, makeTransaction(swedbank, order, moved));
}

function moveAmount(type: 'Capture' | 'Reversal') {
  return async (
    swedbank: SwedbankPay,
    origin: Origin,
    order: PaymentOrder,
    body: unknown,
  ): Promise<Answer> => {
    if (!isTransaction(body)) return refuseBody(isTransaction.errors);
    const asked = body.transaction;
    if (swedbank.isUsed(asked.payeeReference)) return refuse(referenceUsed);
    const refusal = refusalOf(order, type, asked);
    if (refusal) {
      if (order.status === 'Paid') swedbank.save({ ...order, failuresInRow: order.failuresInRow + 1 });
      return refuse(refusal);
    }
    const { amount, vatAmount, description, payeeReference } = asked;
    const moved = { type, amount, vatAmount, description, payeeReference };
    return keep(swedbank, origin, order, makeTransaction(swedbank, order, moved));
  };
}

function refusalOf(
  order: PaymentOrder,
  type: 'Capture' | 'Reversal',
  asked: TransactionRequest['transaction'],
): Problem | undefined {
  if (order.status !== 'Paid') return forbidden(`The order is ${order.status}`);
  if (isLocked(order)) return forbidden('The order is locked after five failures');
  const remaining = remainingOf(order);
  const most = type === 'Capture' ? remaining.capture : remaining.reversal;
  return asked.amount > most ? inputError('Transaction.Amount', 'More than what remains') : undefined;
}

async function keep(
  swedbank: SwedbankPay,
  origin: Origin,
  order: PaymentOrder,
  transaction: Transaction,
): Promise<Answer> {
  const transactions = [...order.transactions, transaction];
  const moved: PaymentOrder = { ...order, transactions, failuresInRow: 0 };
  const changed = { ...moved, status: statusOf(moved) };
  swedbank.save(changed);
  await swedbank.callbacks.tell(changed, transaction.number, transaction.type);
  return { status: 200, body: showOrder(changed, origin, shown) };
}

/** `Cancelled` and `Reversed` say that all of it was. */
function statusOf(order: PaymentOrder): PaymentOrder['status'] {
  const { capture, reversal } = remainingOf(order);
  if (capture > 0 || reversal > 0) return 'Paid';
  return order.transactions.some((one) => one.type === 'Reversal') ? 'Reversed' : 'Cancelled';
}
