import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import type { PaymentEvent } from '../payment.ts';
import { lockMoney } from './attempt-money.ts';
import { refundMoney, releaseMoney } from './move-money.ts';

type ToGiveBack = Extract<PaymentEvent, { name: 'give-back due' | 'surplus money' }>;

/**
 * Gives back all the money of an attempt: what is reserved is released, what was taken is refunded, and where
 * the method has no refund a person gives it back and says so.
 */
export const giveBackPayment: NowStep<unknown, Transaction, ToGiveBack> = {
  stepName: 'giveBackPayment',
  reports: ['operation wanted', 'refund by hand'],
  async run(_context, transaction, events) {
    for (const event of events) {
      const [money] = await lockMoney(transaction, event.publisherId, event.orderId, event.attemptId);
      if (!money) continue;
      await releaseMoney(transaction, event, money, event.name);
      await refundMoney(transaction, event, money, event.name);
    }
  },
};
