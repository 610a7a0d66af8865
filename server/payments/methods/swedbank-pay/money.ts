import type { ProviderMoney } from '../../port/provider-answer.ts';
import type { PaymentOrder } from './payment-order.ts';

const none: ProviderMoney = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };

/**
 * What an order says of its money. Nothing where its transactions are not shown, as the amounts that remain
 * do not tell what was captured from what was released.
 */
export function moneyOf(order: PaymentOrder): ProviderMoney | undefined {
  const isPaid = order.status !== 'Initialized' && order.status !== 'Aborted' && order.status !== 'Failed';
  if (!isPaid || order.operation === 'Verify') return none;
  const transactions = order.financialTransactions?.financialTransactionsList;
  if (!transactions) return undefined;
  const sum = (type: string) =>
    transactions.filter((one) => one.type === type).reduce((all, one) => all + one.amount, 0);
  const authorizedMinor = order.paid?.amount ?? order.amount;
  const capturedMinor = isSale(order) ? authorizedMinor : sum('Capture');
  const remaining = order.status === 'Cancelled' ? 0 : order.remainingCaptureAmount;
  // Releases need not stand among the transactions; what is neither captured nor remains was released.
  const released = remaining === undefined ? 0 : authorizedMinor - capturedMinor - remaining;
  return {
    authorizedMinor,
    capturedMinor,
    refundedMinor: sum('Reversal'),
    cancelledMinor: Math.max(0, sum('Cancellation'), released),
  };
}

/** Whether the money moved at once, as by Swish: there is nothing to capture and nothing to release. */
function isSale(order: PaymentOrder): boolean {
  return (
    order.paid?.transactionType === 'Sale' ||
    (order.financialTransactions?.financialTransactionsList ?? []).some((one) => one.type === 'Sale')
  );
}

/** Whether this operation of ours was carried out. */
export function hasTransaction(order: PaymentOrder, reference: string): boolean {
  const transactions = order.financialTransactions?.financialTransactionsList ?? [];
  return transactions.some((one) => one.payeeReference === reference);
}
