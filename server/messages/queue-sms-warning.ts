import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { MessageEvent } from './message.ts';
import { newReference, type QueuedRow, queuedEvent } from './queue-message.ts';

type CeilingNear = Extract<MessageEvent, { name: 'sms ceiling near' }>;

const insertForOwners = sql(
  'messages.insertSmsWarnings',
  `INSERT INTO messages (publisher_id, template, channel, language, destination, facts, cause, reference,
     state, created_at)
   SELECT publishers.publisher_id, 'sms-ceiling', 'email', publishers.locale, publishers.owner_email,
     jsonb_build_object('sms', given.sms, 'smsPerDay', given.most), 'owner', given.reference, 'waiting',
     leveret_now()
   FROM unnest($1::integer[], $2::integer[], $3::integer[], $4::text[])
     AS given (publisher_id, sms, most, reference) JOIN publishers USING (publisher_id)
   WHERE publishers.owner_email IS NOT NULL
   RETURNING message_id, publisher_id, order_id, channel`,
);

/** The publisher's owner learns that the SMS of a day come to an end, while some are left. */
export const queueSmsWarning: NowStep<unknown, Transaction, CeilingNear> = {
  stepName: 'queueSmsWarning',
  reports: ['message queued'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<QueuedRow>(insertForOwners, [
      events.map((event) => event.publisherId),
      events.map((event) => event.sms),
      events.map((event) => event.smsPerDay),
      events.map(newReference),
    ]);
    await transaction.report<MessageEvent>(rows.map(queuedEvent));
  },
};
