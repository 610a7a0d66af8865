import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NewLine, NewOrder, NewParty, Registration } from './new-order.ts';

export type InsertedOrder = {
  ordinal: number;
  order_id: number;
  customer_number: number;
  account_id: number | null;
  expires_at: Date;
  outcome: 'registered' | 'catalogue_is_stale' | 'user_is_unknown' | 'key_exists' | 'payment_already_used';
};

// A payment that was made here pays the order it was made for, whichever of its names is given for it. One
// that has no order yet is named by what we signed, and by nothing else.
const isPaidHere = `(attempts.state = 'secured' OR attempts.order_id IS NULL)`;
const paidThroughUs = `SELECT FROM payment_attempts attempts
       WHERE attempts.publisher_id = fresh.publisher_id AND ${isPaidHere}
         AND attempts.reference = transaction_id
       UNION ALL SELECT FROM payment_attempts attempts
       WHERE attempts.publisher_id = fresh.publisher_id AND ${isPaidHere}
         AND attempts.provider_id = transaction_id
         AND attempts.adapter = ANY (string_to_array(fresh.adapters, ','))`;

const insertOrdersStatement = sql(
  'orders.insert',
  `WITH given AS MATERIALIZED (
     SELECT given.*, (SELECT leveret_now()) AS at FROM unnest(
       $1::integer[], $2::text[], $3::text[], $4::bytea[], $5::bigint[], $6::text[], $7::bigint[], $8::text[],
       $9::text[], $10::boolean[], $11::boolean[], $12::text[], $13::bigint[], $14::text[],
       $15::timestamptz[], $16::json[], $17::text[], $18::text[], $19::text[], $20::jsonb[], $21::integer[],
       $22::boolean[], $23::text[])
     WITH ORDINALITY AS given (publisher_id, client_id, key, content, catalogue_version, unique_user_id,
       customer_number, external_order_id, payment_method, prepaid, recurring, merchant_id, amount_minor,
       currency, ordered_at, attributes, transaction_id, provider, adapters, evidence, life_days, early_start,
       operation, ordinal)
   ), checked AS MATERIALIZED (
     SELECT given.*, accounts.account_id, nextval('order_ids') AS order_id,
       coalesce(given.customer_number, accounts.customer_number, nextval('customer_numbers')) AS number,
       CASE
         WHEN coalesce(catalogues.version, 0) <> catalogue_version THEN 'catalogue_is_stale'
         WHEN given.unique_user_id IS NOT NULL AND accounts.account_id IS NULL THEN 'user_is_unknown'
       END AS refusal
     FROM given
       LEFT JOIN catalogues ON catalogues.publisher_id = given.publisher_id
       LEFT JOIN accounts ON accounts.unique_user_id = given.unique_user_id
         AND accounts.publisher_id = given.publisher_id AND accounts.state <> 'closed'
   ), keyed AS (
     INSERT INTO idempotency_keys (client_id, operation, key, fingerprint, reply_status, reply, created_at)
     SELECT client_id, operation, key, content, 200, json_build_object('orderId', order_id), at
     FROM checked WHERE refusal IS NULL AND key IS NOT NULL ORDER BY client_id, operation, key, ordinal
     ON CONFLICT DO NOTHING RETURNING (reply ->> 'orderId')::bigint AS order_id
   ), fresh AS MATERIALIZED (
     SELECT * FROM checked
     WHERE refusal IS NULL AND (key IS NULL OR order_id IN (SELECT order_id FROM keyed))
   ), paid AS (
     INSERT INTO prepayments (order_id, publisher_id, client_id, payment_method, provider, transaction_id,
       content_sha256, evidence)
     SELECT order_id, publisher_id, client_id, payment_method, provider, transaction_id, content, evidence
     FROM fresh WHERE transaction_id IS NOT NULL AND NOT EXISTS (${paidThroughUs})
     ORDER BY publisher_id, provider, transaction_id, payment_method, ordinal
     ON CONFLICT DO NOTHING RETURNING order_id
   ), placed AS MATERIALIZED (
     SELECT * FROM fresh WHERE transaction_id IS NULL OR order_id IN (SELECT order_id FROM paid)
   ), inserted AS (
     INSERT INTO orders (order_id, publisher_id, client_id, state, external_order_id, customer_number,
       account_id, payment_method, prepaid, recurring, merchant_id, amount_minor, currency, ordered_at,
       registered_at, expires_at, attributes, early_start)
     SELECT order_id, publisher_id, client_id, 'registered', external_order_id, number, account_id,
       payment_method, prepaid, recurring, merchant_id, amount_minor, currency, coalesce(ordered_at, at), at,
       at + life_days * interval '1 day', attributes, early_start
     FROM placed
   )
   SELECT checked.ordinal, checked.order_id, checked.number AS customer_number, checked.account_id,
     checked.at + checked.life_days * interval '1 day' AS expires_at,
     CASE
       WHEN checked.refusal IS NOT NULL THEN checked.refusal
       WHEN placed.order_id IS NOT NULL THEN 'registered'
       WHEN fresh.order_id IS NULL THEN 'key_exists'
       ELSE 'payment_already_used'
     END AS outcome
   FROM checked LEFT JOIN fresh USING (order_id) LEFT JOIN placed USING (order_id)
   ORDER BY checked.ordinal`,
);

/** Inserts what can be inserted and answers an outcome for every registration, in order. */
export function insertOrders(
  transaction: Transaction,
  registrations: readonly Registration[],
): Promise<InsertedOrder[]> {
  const column = <Value>(read: (order: NewOrder, registration: Registration) => Value) =>
    registrations.map((registration) => read(registration.order, registration) ?? null);
  return transaction.query<InsertedOrder>(insertOrdersStatement, [
    column((order) => order.client.publisher.publisherId),
    column((order) => order.client.clientId),
    column((_, registration) => registration.idempotencyKey),
    column((_, registration) => registration.contentSha256),
    column((order) => order.catalogueVersion),
    column((order) => order.uniqueUserId),
    column((order) => order.customerNumber),
    column((order) => order.externalOrderId),
    column((order) => order.paymentMethod),
    column((order) => order.prepaid),
    column((order) => order.recurring),
    column((order) => order.merchantId),
    column((order) => order.amountMinor),
    column((order) => order.currency),
    column((order) => order.orderedAt),
    column((order) => JSON.stringify(order.attributes)),
    column((order) => order.prepayment?.transactionId),
    column((order) => order.prepayment?.provider),
    column((order) => order.prepayment?.adapters.join(',')),
    column((order) => order.prepayment && JSON.stringify(order.prepayment.evidence)),
    column((order) => order.client.publisher.settings.orderLifeDays),
    column((order) => order.earlyStart),
    column((_, registration) => registration.operation),
  ]);
}

type PlacedOrder = { orderId: number; order: NewOrder };

const insertLinesStatement = sql(
  'orderLines.insert',
  `INSERT INTO order_lines (order_id, line_number, publisher_id, spec_type, offer_code, offer_number,
     product_code, issue_code, article_ref, description, quantity, unit_price_minor, discount_minor,
     amount_minor, vat_basis_points, vat_minor, capture_when, period_length, period_type,
     allow_access_product, allow_access_category_type, allow_access_seconds, starts_at, receiver_mobile_key,
     receiver_email_key, attributes)
   SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::integer[], $4::text[], $5::text[], $6::integer[],
     $7::text[], $8::text[], $9::text[], $10::text[], $11::integer[], $12::bigint[], $13::bigint[],
     $14::bigint[], $15::integer[], $16::bigint[], $17::text[], $18::integer[], $19::text[], $20::text[],
     $21::text[], $22::integer[], $23::timestamptz[], $24::bytea[], $25::bytea[], $26::json[])`,
);

export async function insertLines(transaction: Transaction, placed: readonly PlacedOrder[]): Promise<void> {
  const lines = placed.flatMap(({ orderId, order }) =>
    order.lines.map((line, index) => ({
      orderId,
      publisherId: order.client.publisher.publisherId,
      line,
      number: index + 1,
    })),
  );
  const column = <Value>(read: (line: NewLine) => Value) => lines.map((row) => read(row.line) ?? null);
  await transaction.query(insertLinesStatement, [
    lines.map((row) => row.orderId),
    lines.map((row) => row.number),
    lines.map((row) => row.publisherId),
    column((line) => line.specType),
    column((line) => line.offerCode),
    column((line) => line.offerNumber),
    column((line) => line.productCode),
    column((line) => line.issueCode),
    column((line) => line.articleRef),
    column((line) => line.description),
    column((line) => line.quantity),
    column((line) => line.unitPriceMinor),
    column((line) => line.discountMinor),
    column((line) => line.amountMinor),
    column((line) => line.vatBasisPoints),
    column((line) => line.vatMinor),
    column((line) => line.captureWhen),
    column((line) => line.periodLength),
    column((line) => line.periodType),
    column((line) => line.allowAccessProduct),
    column((line) => line.allowAccessCategoryType),
    column((line) => line.allowAccessSeconds),
    column((line) => line.startsAt),
    column((line) => line.receiver?.mobile?.key),
    column((line) => line.receiver?.email?.key),
    column((line) => JSON.stringify(line.attributes)),
  ]);
}

const insertPartiesStatement = sql(
  'orderParties.insert',
  `INSERT INTO order_parties
     (order_id, line_number, publisher_id, party, mobile, mobile_key, email, email_key)
   SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::integer[], $4::json[], $5::text[], $6::bytea[],
     $7::text[], $8::bytea[])`,
);

/** The payer stands as line 0; a receiver under its line's number. */
export async function insertParties(transaction: Transaction, placed: readonly PlacedOrder[]): Promise<void> {
  const rows = placed.flatMap(({ orderId, order }) => [
    { orderId, order, number: 0, party: order.payer },
    ...order.lines.flatMap((line, index) =>
      line.receiver ? [{ orderId, order, number: index + 1, party: line.receiver }] : [],
    ),
  ]);
  const column = <Value>(read: (party: NewParty) => Value) => rows.map((row) => read(row.party) ?? null);
  await transaction.query(insertPartiesStatement, [
    rows.map((row) => row.orderId),
    rows.map((row) => row.number),
    rows.map((row) => row.order.client.publisher.publisherId),
    column((party) => JSON.stringify(party.details)),
    column((party) => party.mobile?.shown),
    column((party) => party.mobile?.key),
    column((party) => party.email?.shown),
    column((party) => party.email?.key),
  ]);
}

const releaseKeysStatement = sql(
  'idempotencyKeys.release',
  `DELETE FROM idempotency_keys
   USING unnest($1::text[], $2::text[], $3::text[]) AS refused (client_id, operation, key)
   WHERE idempotency_keys.client_id = refused.client_id AND idempotency_keys.operation = refused.operation
     AND idempotency_keys.key = refused.key`,
);

/** A key belongs to what was saved; a registration whose payment was used before saved nothing. */
export async function releaseKeys(
  transaction: Transaction,
  rows: readonly InsertedOrder[],
  registrations: readonly Registration[],
): Promise<void> {
  const refused = rows
    .filter((row) => row.outcome === 'payment_already_used')
    .flatMap((row) => registrations[row.ordinal - 1] ?? [])
    .filter((registration) => registration.idempotencyKey !== undefined);
  if (refused.length === 0) return;
  await transaction.query(releaseKeysStatement, [
    refused.map((registration) => registration.order.client.clientId),
    refused.map((registration) => registration.operation),
    refused.map((registration) => registration.idempotencyKey),
  ]);
}
