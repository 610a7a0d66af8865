import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { MessageEvent } from './message.ts';
import { queueForOwners } from './queue-for-owners.ts';

type CeilingNear = Extract<MessageEvent, { name: 'sms ceiling near' }>;

/** The publisher's owner learns that the SMS of a day come to an end, while some are left. */
export const queueSmsWarning: NowStep<unknown, Transaction, CeilingNear> = {
  stepName: 'queueSmsWarning',
  reports: ['message queued'],
  async run(_context, transaction, events) {
    const told = events.map(({ publisherId, sms, smsPerDay }) => ({
      publisherId,
      facts: { sms, smsPerDay },
    }));
    await queueForOwners(transaction, 'sms-ceiling', told);
  },
};
