import type { Transaction } from '../../database/transaction.ts';
import { aboutAttempt, type OfPayment, type PaymentEvent } from '../payment.ts';
import { type AttemptMoney, freeToRefund, freeToRelease } from './attempt-money.ts';
import { insertOperation } from './operations-store.ts';

const failures = { cancel: 'release failed', refund: 'refund failed' } as const;

/**
 * Writes what is to go back of an attempt and leaves it to a person, with a case for each way, where no
 * machine knows enough to do it: what is reserved is to be released, what was taken to be refunded.
 */
export async function leaveToPerson(
  transaction: Transaction,
  payment: OfPayment,
  money: AttemptMoney,
  reason: string,
): Promise<void> {
  const about = aboutAttempt({ ...payment, attemptId: money.attempt_id });
  for (const kind of ['cancel', 'refund'] as const) {
    const amountMinor = kind === 'cancel' ? freeToRelease(money) : freeToRefund(money);
    if (amountMinor === 0) continue;
    const left = { kind, amountMinor, parts: undefined, cause: 'give-back due', begins: 'manual' } as const;
    const operationId = await insertOperation(transaction, { ...about, ...left });
    await transaction.report<PaymentEvent>([
      { name: 'attention needed', kind: failures[kind], ...about, operationId, reason },
    ]);
  }
}
