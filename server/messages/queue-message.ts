import { randomBytes } from 'node:crypto';
import type { AccountEvent } from '../accounts/account.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { MessageEvent } from './message.ts';

type LinkIssued = Extract<AccountEvent, { name: 'login link issued' }>;

const insertForLinks = sql(
  'messages.insertForLinks',
  `INSERT INTO messages (publisher_id, order_id, link_id, template, channel, language, destination, reference,
    state,
     expires_at, created_at)
   SELECT login_links.publisher_id, order_id, login_links.link_id,
     CASE purpose WHEN 'code' THEN 'login-code' ELSE 'login-link' END,
     CASE credential_kind WHEN 'email' THEN 'email' ELSE 'sms' END, publishers.locale, credential,
       given.reference,
     'waiting', expires_at, leveret_now()
   FROM unnest($1::bigint[], $2::text[]) AS given (link_id, reference)
     JOIN login_links USING (link_id) JOIN publishers ON publishers.publisher_id = login_links.publisher_id
   ORDER BY login_links.link_id
   ON CONFLICT DO NOTHING RETURNING message_id, publisher_id, order_id, channel`,
);

/** What both ways to queue a message return. */
export type QueuedRow = {
  message_id: number;
  publisher_id: number;
  order_id: number | null;
  channel: 'sms' | 'email';
};

/** One message for each link, to the credential that the link is for. */
export const queueMessage: NowStep<unknown, Transaction, LinkIssued> = {
  stepName: 'queueMessage',
  reports: ['message queued'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<QueuedRow>(insertForLinks, [
      events.map((event) => event.linkId),
      events.map(newReference),
    ]);
    await transaction.report<MessageEvent>(rows.map(queuedEvent));
  },
};

/** Becomes the Message-ID of an e-mail and the gateway's reference of an SMS; the same over all tries. */
export function newReference(): string {
  return `m${randomBytes(12).toString('hex')}`;
}

export function queuedEvent(row: QueuedRow): MessageEvent {
  return {
    name: 'message queued',
    publisherId: publisherId(row.publisher_id),
    ...(row.order_id !== null && { orderId: orderId(row.order_id) }),
    messageId: row.message_id,
    channel: row.channel,
  };
}
