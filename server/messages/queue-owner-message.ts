import type { CallbackEvent } from '../callbacks/callback.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { MessageEvent } from './message.ts';
import { newReference, type QueuedRow, queuedEvent } from './queue-message.ts';

type EndpointDisabled = Extract<CallbackEvent, { name: 'endpoint disabled' }>;

const insertForOwners = sql(
  'messages.insertForOwners',
  `INSERT INTO messages (publisher_id, template, channel, language, destination, facts, cause, reference,
     state, created_at)
   SELECT publishers.publisher_id, 'endpoint-disabled', 'email', publishers.locale, publishers.owner_email,
     jsonb_build_object('endpointId', given.endpoint_id, 'endpoint', split_part(webhook_endpoints.url, '?',
       1)),
     'owner', given.reference, 'waiting', leveret_now()
   FROM unnest($1::integer[], $2::bigint[], $3::text[]) AS given (publisher_id, endpoint_id, reference)
     JOIN publishers USING (publisher_id) JOIN webhook_endpoints USING (endpoint_id)
   WHERE publishers.owner_email IS NOT NULL
   RETURNING message_id, publisher_id, order_id, channel`,
);

/** The publisher's owner learns that an endpoint was switched off. */
export const queueOwnerMessage: NowStep<unknown, Transaction, EndpointDisabled> = {
  stepName: 'queueOwnerMessage',
  reports: ['message queued'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<QueuedRow>(insertForOwners, [
      events.map((event) => event.publisherId),
      events.map((event) => event.endpointId),
      events.map(newReference),
    ]);
    await transaction.report<MessageEvent>(rows.map(queuedEvent));
  },
};
