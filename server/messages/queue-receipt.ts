import { createHmac } from 'node:crypto';
import type { Secrets } from '../config/secrets.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { isCorrected } from '../orders/find-correction.ts';
import type { OrderEvent } from '../orders/order.ts';
import { owesNothing } from '../orders/payment-methods.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import type { MessageEvent } from './message.ts';
import { messageLanguage } from './message-language.ts';
import { type QueuedRow, queuedEvent } from './queue-message.ts';

type Context = { secrets: Pick<Secrets, 'webhookCredentials'> };
type Completed = Extract<OrderEvent, { name: 'order completed' }>;
type Confirmed = Extract<PaymentEvent, { name: 'page payment confirmed' }>;
type OfOrder = { publisherId: number; orderId: number };

/** An order whose money a provider of ours takes gets its receipt; what costs nothing has none to give. */
export const queueReceipt: NowStep<Context, Transaction, Completed> = {
  stepName: 'queueReceipt',
  reports: ['message queued', 'receipt not sent'],
  async run(context, transaction, events) {
    const paid = events.filter((event) => !owesNothing(event) && !isFree(event));
    await queueReceipts(context, transaction, paid);
  },
};

/** The same for what was paid on a page of the publisher, once the provider has confirmed it. */
export const queuePageReceipt: NowStep<Context, Transaction, Confirmed> = {
  stepName: 'queuePageReceipt',
  reports: ['message queued', 'receipt not sent'],
  run: (context, transaction, events) => queueReceipts(context, transaction, events),
};

/** Who chose no way of paying had nothing to pay, now or later. */
function isFree({ amountMinor, paymentMethod }: Completed): boolean {
  return amountMinor === 0 && paymentMethod === undefined;
}

// A trial costs nothing and is agreed on with a provider. Once an order's address was corrected, what its
// payer wrote tells no longer who bought.
const findWanted = sql(
  'messages.findReceipts',
  `SELECT orders.publisher_id, orders.order_id, publishers.settings, publishers.locale,
     payer.party ->> 'language' AS language, payer.party ->> 'countryCode' AS country,
     CASE WHEN ${isCorrected('orders.publisher_id', 'orders.order_id')}
       THEN (SELECT credential FROM order_completions asked
         WHERE asked.order_id = orders.order_id AND credential_kind = 'email')
       ELSE payer.email END AS email
   FROM (SELECT DISTINCT * FROM unnest($1::integer[], $2::bigint[])) AS paid (publisher_id, order_id)
     JOIN orders ON orders.order_id = paid.order_id AND orders.publisher_id = paid.publisher_id
     JOIN publishers ON publishers.publisher_id = orders.publisher_id
     LEFT JOIN order_parties payer ON payer.order_id = orders.order_id AND payer.line_number = 0
   WHERE orders.amount_minor > 0 OR EXISTS (SELECT FROM payment_attempts attempts
     WHERE attempts.order_id = orders.order_id AND attempts.state = 'secured')
   ORDER BY orders.order_id`,
);

type WantedRow = {
  publisher_id: number;
  order_id: number;
  settings: object;
  locale: string;
  language: string | null;
  country: string | null;
  email: string | null;
};

const insertReceipts = sql(
  'messages.insertReceipts',
  `INSERT INTO messages (publisher_id, order_id, template, channel, language, destination, cause, reference,
     state, created_at)
   SELECT publisher_id, order_id, 'receipt', 'email', language, destination, 'order', reference, 'waiting',
     (SELECT leveret_now())
   FROM unnest($1::integer[], $2::bigint[], $3::text[], $4::text[], $5::text[])
     AS given (publisher_id, order_id, language, destination, reference)
   ON CONFLICT DO NOTHING RETURNING message_id, publisher_id, order_id, channel`,
);

async function queueReceipts(
  context: Context,
  transaction: Transaction,
  orders: readonly OfOrder[],
): Promise<void> {
  if (orders.length === 0) return;
  const found = await transaction.query<WantedRow>(findWanted, [
    orders.map((order) => order.publisherId),
    orders.map((order) => order.orderId),
  ]);
  const wanted = found.filter((row) => publisherSettingsOf(row.settings).receipts);
  const unknown = wanted.filter((row) => row.email === null);
  if (unknown.length > 0) await transaction.report<MessageEvent>(unknown.map(notSentEvent));
  const known = wanted.filter((row) => row.email !== null);
  if (known.length === 0) return;
  const rows = await transaction.query<QueuedRow>(insertReceipts, [
    known.map((row) => row.publisher_id),
    known.map((row) => row.order_id),
    known.map(languageOf),
    known.map((row) => row.email),
    known.map((row) => receiptReference(context.secrets.webhookCredentials, row.order_id)),
  ]);
  await transaction.report<MessageEvent>(rows.map(queuedEvent));
}

function languageOf({ language, country, locale }: WantedRow): string {
  return messageLanguage({ language: language ?? undefined, country: country ?? undefined }, locale);
}

/** Follows from the order, so that an order has one receipt however often the step runs. */
function receiptReference(key: Buffer, order: number): string {
  const mac = createHmac('sha256', key).update(`receipt of order ${order}`).digest('hex');
  return `m${mac.slice(0, 24)}`;
}

function notSentEvent(row: WantedRow): MessageEvent {
  return {
    name: 'receipt not sent',
    publisherId: publisherId(row.publisher_id),
    orderId: orderId(row.order_id),
    reason: 'no_email_known',
  };
}
