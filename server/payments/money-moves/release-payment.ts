import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import type { OrderEvent } from '../../orders/order.ts';
import { lockMoneyOfOrder } from './attempt-money.ts';
import { releaseMoney } from './move-money.ts';

type OrderStopped = Extract<OrderEvent, { name: 'order stopped' }>;

/**
 * What is reserved for an order that stopped is given up. An attempt that is still open is the payment
 * window's; money that was taken goes back by `give-back due`.
 */
export const releasePayment: NowStep<unknown, Transaction, OrderStopped> = {
  stepName: 'releasePayment',
  reports: ['operation wanted'],
  async run(_context, transaction, events) {
    for (const event of events) {
      if (event.reason === 'expired') continue;
      for (const money of await lockMoneyOfOrder(transaction, event.publisherId, event.orderId)) {
        await releaseMoney(transaction, event, money, 'order stopped');
      }
    }
  },
};
