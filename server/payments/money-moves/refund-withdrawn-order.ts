import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import { formatMajor } from '../../kit/money.ts';
import type { WithdrawalEvent } from '../../withdrawals/withdrawal.ts';
import { orderOf, type PaymentEvent } from '../payment.ts';
import { lockUnconfirmedMoney } from './attempt-money.ts';
import { refundOrder } from './refund-order.ts';

type Accepted = Extract<WithdrawalEvent, { name: 'withdrawal accepted' }>;

/**
 * Its money goes the way of every refund; a part that the method cannot give back is a person's to give. Of
 * an order that is not completed, the payment that it took goes back before the order lets go of it, so that
 * no other order can have it.
 */
export const refundWithdrawnOrder: NowStep<unknown, Transaction, Accepted> = {
  stepName: 'refundWithdrawnOrder',
  reports: ['operation wanted', 'refund by hand', 'refund accepted', 'give-back due'],
  async run(_context, transaction, events) {
    for (const event of events) {
      if (event.refundBy !== 'us' && event.refundBy !== 'invoice') continue;
      if (event.ends === 'order') await giveBackUnconfirmed(transaction, event);
      else await refundLines(transaction, event);
    }
  },
};

async function refundLines(transaction: Transaction, event: Accepted): Promise<void> {
  const paid = event.lines.filter((line) => line.amountMinor > 0);
  const lines = paid.map(({ lineNumber, amountMinor }) => ({
    lineNumber,
    amount: formatMajor(amountMinor, event.currency),
  }));
  const publisher = { publisherId: event.publisherId, accessAfterRefund: 'end_now' } as const;
  const request = { lines, access: 'end_now', reason: 'withdrawal', partsByHand: true } as const;
  await refundOrder(transaction, publisher, event.orderId, request);
}

async function giveBackUnconfirmed(transaction: Transaction, event: Accepted): Promise<void> {
  const taken = await lockUnconfirmedMoney(transaction, event.publisherId, event.orderId);
  await transaction.report<PaymentEvent>(
    taken.map((money) => ({ name: 'give-back due', ...orderOf(event), attemptId: money.attempt_id })),
  );
}
