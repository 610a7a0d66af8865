import { randomBytes } from 'node:crypto';
import type { AccountEvent } from '../accounts/account.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { findUsedUp } from './find-used-up.ts';
import type { MessageEvent } from './message.ts';
import { messageLanguage } from './message-language.ts';
import { findNearCeilings, type WeighedLink, weighLinks } from './weigh-links.ts';

type LinkIssued = Extract<AccountEvent, { name: 'login link issued' | 'login link moved' }>;

const insertForLinks = sql(
  'messages.insertForLinks',
  `INSERT INTO messages (publisher_id, order_id, link_id, template, channel, language, destination, cause,
     reference, state, expires_at, created_at)
   SELECT login_links.publisher_id, order_id, login_links.link_id,
     CASE purpose WHEN 'code' THEN 'login-code' ELSE 'login-link' END,
     CASE credential_kind WHEN 'email' THEN 'email' ELSE 'sms' END, given.language, credential, cause,
     given.reference, 'waiting', expires_at, (SELECT leveret_now())
   FROM unnest($1::bigint[], $2::text[], $3::text[]) AS given (link_id, reference, language)
     JOIN login_links USING (link_id)
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

/** One message for each link, to the credential that the link is for, unless a ceiling stands against it. */
export const queueMessage: NowStep<unknown, Transaction, LinkIssued> = {
  stepName: 'queueMessage',
  reports: [
    'message queued',
    'message moved to email',
    'attention needed',
    'message held',
    'sms ceiling near',
    'strangers sms used up',
  ],
  run: (_context, transaction, events) => queueAllowed(transaction, events),
};

/** The same for a link that was moved to an e-mail address already, and is moved no further. */
export const queueMovedMessage: NowStep<unknown, Transaction, LinkIssued> = {
  stepName: 'queueMovedMessage',
  reports: [
    'message queued',
    'attention needed',
    'message held',
    'sms ceiling near',
    'strangers sms used up',
  ],
  run: (_context, transaction, events) => queueAllowed(transaction, events),
};

async function queueAllowed(transaction: Transaction, events: readonly LinkIssued[]): Promise<void> {
  const links = await weighLinks(
    transaction,
    events.map((event) => event.linkId),
  );
  const allowed = links.filter((link) => link.decision.kind === 'send');
  const rows = await transaction.query<QueuedRow>(insertForLinks, [
    allowed.map((link) => link.link_id),
    allowed.map(newReference),
    allowed.map(languageOf),
  ]);
  await transaction.report<MessageEvent>(rows.map(queuedEvent));
  await transaction.report<MessageEvent>(links.flatMap(divertedEvent));
  const near = await findNearCeilings(transaction, links);
  if (near.length > 0) await transaction.report<MessageEvent>(near);
  const usedUp = await findUsedUp(transaction, links);
  if (usedUp.length > 0) await transaction.report<MessageEvent>(usedUp);
}

/** A link of no order has no buyer, and is in the publisher's language. */
function languageOf({ payer_language, payer_country, locale }: WeighedLink): string {
  const buyer = { language: payer_language ?? undefined, country: payer_country ?? undefined };
  return messageLanguage(buyer, locale);
}

const eventNames = {
  email: 'message moved to email',
  hold: 'message held',
} as const;

function divertedEvent({ decision, ...link }: WeighedLink): MessageEvent[] {
  if (decision.kind === 'send') return [];
  const { reason } = decision;
  const about = { publisherId: publisherId(link.publisher_id), linkId: link.link_id, reason };
  if (decision.kind === 'case') {
    const order = link.about_order_id;
    if (order === null) throw new Error('a message without an order was to wait for a person');
    return [{ name: 'attention needed', kind: 'message withheld', ...about, orderId: orderId(order) }];
  }
  const order = link.order_id === null ? {} : { orderId: orderId(link.order_id) };
  return [{ name: eventNames[decision.kind], ...about, ...order }];
}

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
