import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import type { PaymentEvent } from '../payment.ts';
import { lockMoney } from './attempt-money.ts';
import { refundMoney, releaseMoney } from './move-money.ts';

type ToRefundOrVoid = Extract<PaymentEvent, { name: 'give-back due' | 'surplus money' }>;

/**
 * Gives back all the money of an attempt: what is reserved is released, what was taken is refunded, and where
 * the method has no refund a person gives it back and says so.
 */
export const refundOrVoidPayment: NowStep<unknown, Transaction, ToRefundOrVoid> = {
  stepName: 'refundOrVoidPayment',
  reports: ['operation wanted', 'refund by hand'],
  async run(_context, transaction, events) {
    for (const event of events) {
      const money = await lockMoney(transaction, event.publisherId, event.attemptId);
      if (!money) continue;
      await releaseMoney(transaction, event, money, event.name);
      await refundMoney(transaction, event, money, event.name);
    }
  },
};
