import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { MessageEvent } from './message.ts';
import { queueForOwners } from './queue-for-owners.ts';

type UsedUp = Extract<MessageEvent, { name: 'strangers sms used up' }>;

/** The publisher's owner learns that strangers ask for so many SMS that some are held. */
export const queueStrangersWarning: NowStep<unknown, Transaction, UsedUp> = {
  stepName: 'queueStrangersWarning',
  reports: ['message queued'],
  async run(_context, transaction, events) {
    const told = events.map(({ publisherId, sms, most, numbers = 'all' }) => ({
      publisherId,
      facts: { sms, most, numbers },
    }));
    await queueForOwners(transaction, 'sms-strangers', told);
  },
};
