import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { WithdrawalEvent } from '../withdrawals/withdrawal.ts';
import { cancelOrder } from './cancel-order.ts';

type Accepted = Extract<WithdrawalEvent, { name: 'withdrawal accepted' }>;

/** An order that its buyer has withdrawn from before it was completed is cancelled like any other. */
export const cancelWithdrawnOrder: NowStep<unknown, Transaction, Accepted> = {
  stepName: 'cancelWithdrawnOrder',
  reports: ['order stopped', 'cancel asked'],
  async run(_context, transaction, events) {
    for (const event of events) {
      if (event.ends === 'order') await cancelOrder(transaction, event.publisherId, event.orderId);
    }
  },
};
