import type { Transaction } from '../../database/transaction.ts';
import type { NewJob } from '../../kit/work-queue/work.ts';
import { enqueue } from '../../kit/work-queue/work-store.ts';
import { lockPayment } from '../ledger/lock-payment.ts';
import type { AttemptState } from '../payment.ts';

type OrderKey = { publisherId: number; orderId: number };

/** The job of an order that is paying, of which one waits for each. */
export function starting({ publisherId, orderId }: OrderKey): NewJob {
  return { name: 'start-payment', publisherId, key: String(orderId), arguments: { publisherId, orderId } };
}

/** Has orders charged, or watched while a buyer pays; one job waits for each. */
export function startSoon(transaction: Transaction, orders: readonly OrderKey[]): Promise<void> {
  return enqueue(transaction, orders.map(starting));
}

/**
 * Goes on with the order of an attempt that is in this state by now, where it was dropped: nobody asks about
 * it any more, and no event follows that would move the order. In the transaction that dropped it.
 */
export async function goOnIfDropped(
  transaction: Transaction,
  { publisherId, attemptId }: { publisherId: number; attemptId: number },
  state: AttemptState,
): Promise<void> {
  if (state !== 'discarded') return;
  const { order } = (await lockPayment(transaction, { publisherId, attemptId })) ?? {};
  if (order?.state !== 'paying') return;
  await startSoon(transaction, [{ publisherId: order.publisher_id, orderId: order.order_id }]);
}
