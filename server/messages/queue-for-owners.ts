import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { MessageEvent } from './message.ts';
import { newReference, type QueuedRow, queuedEvent } from './queue-message.ts';

const insertForOwners = sql(
  'messages.insertForOwners',
  `INSERT INTO messages (publisher_id, template, channel, language, destination, facts, cause, reference,
     state, created_at)
   SELECT publishers.publisher_id, $1, 'email', publishers.locale, publishers.owner_email,
     given.facts::jsonb, 'owner', given.reference, 'waiting', (SELECT leveret_now())
   FROM unnest($2::integer[], $3::text[], $4::text[]) AS given (publisher_id, facts, reference)
     JOIN publishers USING (publisher_id)
   WHERE publishers.owner_email IS NOT NULL
   RETURNING message_id, publisher_id, order_id, channel`,
);

/** Tells the owners of publishers something by e-mail; who has named no address is told nothing. */
export async function queueForOwners(
  transaction: Transaction,
  template: 'endpoint-disabled' | 'sms-ceiling' | 'sms-strangers',
  told: readonly { publisherId: number; facts: Record<string, unknown> }[],
): Promise<void> {
  const rows = await transaction.query<QueuedRow>(insertForOwners, [
    template,
    told.map(({ publisherId }) => publisherId),
    told.map(({ facts }) => JSON.stringify(facts)),
    told.map(newReference),
  ]);
  await transaction.report<MessageEvent>(rows.map(queuedEvent));
}
