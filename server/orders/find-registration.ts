import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import { type AccountId, type OrderId, orderId } from '../kit/ids.ts';
import { Problem } from '../kit/problem.ts';
import type { Client } from '../publishers/publisher.ts';
import type { Registration } from './new-order.ts';

type Found = { orderId: OrderId; expiresAt: Date };
type Row = { order_id: number; expires_at: Date; content: Buffer };

const byKey = sql(
  'orders.findByKey',
  `SELECT orders.order_id, orders.expires_at, idempotency_keys.fingerprint AS content
   FROM idempotency_keys JOIN orders ON orders.order_id = (reply ->> 'orderId')::bigint
   WHERE idempotency_keys.client_id = $1 AND operation = $2 AND key = $3`,
);

/** The order that a key registered before, or nothing; another body under the same key is refused. */
export async function findRegistration(
  database: Queryable,
  client: Client,
  keyed: Pick<Registration, 'operation' | 'idempotencyKey' | 'contentSha256'>,
): Promise<Found | undefined> {
  if (keyed.idempotencyKey === undefined) return undefined;
  const [row] = await database.query<Row>(byKey, [client.clientId, keyed.operation, keyed.idempotencyKey]);
  if (!row) return undefined;
  if (!row.content.equals(keyed.contentSha256)) throw new Problem('idempotency_key_reused');
  return { orderId: orderId(row.order_id), expiresAt: row.expires_at };
}

const byPayment = sql(
  'orders.findByPayment',
  `SELECT orders.order_id, orders.expires_at, content_sha256 AS content
   FROM prepayments JOIN orders USING (order_id)
   WHERE prepayments.publisher_id = $1 AND prepayments.payment_method = $2 AND transaction_id = $3
     AND released_at IS NULL AND prepayments.client_id = $4
     AND ($5::bigint IS NULL OR orders.account_id = $5)`,
);

/**
 * The order that the same client registered before for the same paid transaction with the same content; for a
 * reader only one of their own.
 */
export async function findOrderPaidBy(
  database: Queryable,
  client: Client,
  registration: Registration,
  reader: AccountId | undefined,
): Promise<Found | undefined> {
  const { order } = registration;
  const values = [
    client.publisher.publisherId,
    order.paymentMethod,
    order.prepayment?.transactionId,
    client.clientId,
    reader ?? null,
  ];
  const [row] = await database.query<Row>(byPayment, values);
  return row?.content.equals(registration.contentSha256)
    ? { orderId: orderId(row.order_id), expiresAt: row.expires_at }
    : undefined;
}
