import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from './payment.ts';

type AttemptEnded = Extract<PaymentEvent, { name: 'attempt ended without money' }>;

/** Where no buyer is at a screen there is nobody to offer another try: the payment has failed. */
export const offerAnotherTryOrFail: NowStep<unknown, Transaction, AttemptEnded> = {
  stepName: 'offerAnotherTryOrFail',
  reports: ['payment failed'],
  async run(_context, transaction, events) {
    await transaction.report<PaymentEvent>(
      events.map(({ publisherId, orderId, reason }) => ({
        name: 'payment failed',
        publisherId,
        orderId,
        reason,
      })),
    );
  },
};
