import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { OrderState } from '../orders/order.ts';
import { readPaymentMethod } from '../orders/order-facts.ts';
import type { CompletionOptions } from '../publishers/read-completion-options.ts';
import type { OrderToComplete } from './fulfillment.ts';

const lockOrders = sql(
  'fulfillment.lockOrders',
  `SELECT publisher_id, order_id, state, payment_method, merchant_id, prepaid, amount_minor, currency,
     recurring AND EXISTS (
       SELECT FROM order_lines lines WHERE lines.order_id = orders.order_id
         AND period_length IS NOT NULL AND period_type IS NOT NULL) AS renews,
     EXISTS (
       SELECT FROM order_parties parties
       WHERE parties.order_id = orders.order_id AND line_number = 0 AND mobile IS NOT NULL) AS has_mobile
   FROM orders
   WHERE (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
   ORDER BY order_id FOR UPDATE`,
);

// A statement by itself, after the lock: one that waits for a lock reads everything but the locked row as it
// stood before it waited (PostgreSQL, 13.2.1), and a guest may have begun meanwhile.
const findWaiting = sql(
  'fulfillment.findWaitingForBuyer',
  `SELECT order_id FROM payments
   WHERE (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
     AND purpose = 'order' AND (is_of_guests OR flow = 'browser' AND NOT EXISTS (
       SELECT FROM payment_attempts attempts
       WHERE attempts.order_id = payments.order_id AND attempts.payment_id = payments.payment_id
         AND attempts.flow = 'browser'))`,
);

type OrderRow = {
  publisher_id: number;
  order_id: number;
  state: OrderState;
  payment_method: string | null;
  merchant_id: string | null;
  prepaid: boolean;
  amount_minor: number;
  currency: string;
  renews: boolean;
  has_mobile: boolean;
};

/** Locks orders in id order, so that two batches never wait for each other. */
export async function lockOrdersToComplete(
  transaction: Transaction,
  keys: readonly { publisherId: number; orderId: number }[],
): Promise<Map<number, OrderToComplete>> {
  const rows = await transaction.query<OrderRow>(lockOrders, [
    keys.map((key) => key.publisherId),
    keys.map((key) => key.orderId),
  ]);
  const waiting = await findWaitingForBuyer(
    transaction,
    rows.filter((row) => row.state === 'paying'),
  );
  return new Map(
    rows.map((row) => [
      row.order_id,
      {
        publisherId: publisherId(row.publisher_id),
        orderId: orderId(row.order_id),
        state: row.state,
        paymentMethod: readPaymentMethod(row.payment_method),
        merchantId: row.merchant_id ?? undefined,
        prepaid: row.prepaid,
        amountMinor: row.amount_minor,
        renews: row.renews,
        hasMobile: row.has_mobile,
        currency: row.currency,
        waitsForBuyer: waiting.has(row.order_id),
      },
    ]),
  );
}

/** Of orders that are being paid, those whose buyer has begun nothing. The caller holds their locks. */
async function findWaitingForBuyer(
  transaction: Transaction,
  paying: readonly OrderRow[],
): Promise<ReadonlySet<number>> {
  if (paying.length === 0) return new Set();
  const rows = await transaction.query<{ order_id: number }>(findWaiting, [
    paying.map((order) => order.publisher_id),
    paying.map((order) => order.order_id),
  ]);
  return new Set(rows.map((row) => row.order_id));
}

const insertCompletions = sql(
  'orderCompletions.insert',
  `INSERT INTO order_completions (order_id, publisher_id, client_id, callback_url, credential,
     credential_kind, credential_key, return_url, error_url, link_lifetime_seconds, asked_at)
   SELECT given.*, (SELECT leveret_now())
   FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[],
     $8::text[], $9::text[], $10::integer[]) AS given
   ON CONFLICT (order_id) DO NOTHING RETURNING order_id`,
);

export type Completion = {
  orderId: number;
  publisherId: number;
  clientId: string;
  options: CompletionOptions;
};

/** Keeps what was asked for; answers the orders for which nothing stood before. */
export async function insertOrderCompletions(
  transaction: Transaction,
  completions: readonly Completion[],
): Promise<Set<number>> {
  if (completions.length === 0) return new Set();
  const rows = await transaction.query<{ order_id: number }>(insertCompletions, columnsOf(completions));
  return new Set(rows.map((row) => row.order_id));
}

function columnsOf(completions: readonly Completion[]): unknown[][] {
  const option = <Value>(read: (options: CompletionOptions) => Value) =>
    completions.map((completion) => read(completion.options) ?? null);
  return [
    completions.map((completion) => completion.orderId),
    completions.map((completion) => completion.publisherId),
    completions.map((completion) => completion.clientId),
    option((options) => options.callbackUrl),
    option((options) => options.credential?.shown),
    option((options) => options.credential?.kind),
    option((options) => options.credential?.key),
    option((options) => options.returnUrl),
    option((options) => options.errorUrl),
    option((options) => options.linkLifetimeSeconds),
  ];
}

const findCompletions = sql(
  'orderCompletions.find',
  `SELECT order_id, client_id, callback_url, credential, credential_kind, credential_key, return_url,
     error_url, link_lifetime_seconds
   FROM order_completions
   WHERE (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))`,
);

type CompletionRow = {
  order_id: number;
  client_id: string;
  callback_url: string | null;
  credential: string | null;
  credential_kind: 'email' | 'mobile' | null;
  credential_key: Buffer | null;
  return_url: string | null;
  error_url: string | null;
  link_lifetime_seconds: number | null;
};

/** What stands of earlier requests; the caller holds the locks of the orders. */
export async function findOrderCompletions(
  transaction: Transaction,
  keys: readonly { publisherId: number; orderId: number }[],
): Promise<Map<number, { clientId: string; options: CompletionOptions }>> {
  const rows = await transaction.query<CompletionRow>(findCompletions, [
    keys.map((key) => key.publisherId),
    keys.map((key) => key.orderId),
  ]);
  return new Map(rows.map((row) => [row.order_id, { clientId: row.client_id, options: optionsOf(row) }]));
}

function optionsOf(row: CompletionRow): CompletionOptions {
  const { credential: shown, credential_kind: kind, credential_key: key } = row;
  return {
    callbackUrl: row.callback_url ?? undefined,
    credential: shown !== null && kind !== null && key !== null ? { shown, kind, key } : undefined,
    returnUrl: row.return_url ?? undefined,
    errorUrl: row.error_url ?? undefined,
    linkLifetimeSeconds: row.link_lifetime_seconds ?? undefined,
  };
}

const amendCompletions = sql(
  'orderCompletions.amend',
  `UPDATE order_completions SET client_id = given.client_id, callback_url = given.callback_url,
     credential = given.credential, credential_kind = given.credential_kind,
     credential_key = given.credential_key, return_url = given.return_url, error_url = given.error_url,
     link_lifetime_seconds = given.link_lifetime_seconds
   FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[],
     $8::text[], $9::text[], $10::integer[]) AS given (order_id, publisher_id, client_id, callback_url,
     credential, credential_kind, credential_key, return_url, error_url, link_lifetime_seconds)
   WHERE order_completions.order_id = given.order_id
     AND order_completions.publisher_id = given.publisher_id`,
);

/** Writes what stands now that a later request has named more. */
export async function amendOrderCompletions(
  transaction: Transaction,
  completions: readonly Completion[],
): Promise<void> {
  if (completions.length > 0) await transaction.query(amendCompletions, columnsOf(completions));
}
