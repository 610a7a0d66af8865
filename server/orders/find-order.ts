import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { OrderState } from './order.ts';

export type OrderRow = {
  order_id: number;
  publisher_id: number;
  client_id: string;
  state: OrderState;
  stopped_reason: string | null;
  external_order_id: string | null;
  customer_number: number;
  unique_user_id: string | null;
  payment_method: string | null;
  merchant_id: string | null;
  prepaid: boolean;
  recurring: boolean;
  amount_minor: number;
  currency: string;
  ordered_at: Date;
  registered_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  cancel_asked_at: Date | null;
  attributes: Record<string, unknown>;
};

const columns = `orders.order_id, orders.publisher_id, orders.client_id, orders.state, orders.stopped_reason,
  orders.external_order_id, orders.customer_number, accounts.unique_user_id, orders.payment_method,
  orders.merchant_id, orders.prepaid, orders.recurring, orders.amount_minor, orders.currency,
  orders.ordered_at, orders.registered_at, orders.expires_at, orders.ended_at, orders.cancel_asked_at,
  orders.attributes`;

const findStatement = sql(
  'orders.find',
  `SELECT ${columns} FROM orders LEFT JOIN accounts USING (account_id)
   WHERE orders.publisher_id = $1 AND orders.order_id = $2`,
);

/** One order of the publisher; another publisher's order is nothing, like an unknown one. */
export async function findOrder(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<OrderRow | undefined> {
  const [row] = await database.query<OrderRow>(findStatement, [publisherId, orderId]);
  return row;
}

const listStatement = sql(
  'orders.list',
  `SELECT ${columns} FROM orders LEFT JOIN accounts USING (account_id)
   WHERE orders.publisher_id = $1 AND orders.order_id < $2
     AND ($3::text IS NULL OR orders.external_order_id = $3)
     AND ($4::text IS NULL OR orders.state = $4)
     AND ($5::bytea IS NULL OR orders.order_id IN (
       SELECT order_id FROM order_parties
       WHERE order_parties.publisher_id = $1 AND order_parties.line_number = 0
         AND (order_parties.email_key = $5 OR order_parties.mobile_key = $5)
       UNION SELECT orders.order_id FROM credentials JOIN orders USING (account_id)
       WHERE credentials.publisher_id = $1 AND credentials.credential_key = $5))
   ORDER BY orders.order_id DESC LIMIT $6`,
);

export type OrderFilter = {
  publisherId: number;
  beforeOrderId: number | undefined;
  externalOrderId: string | undefined;
  state: OrderState | undefined;
  credentialKey: Buffer | undefined;
  limit: number;
};

/** The publisher's orders, newest first, paged by key. */
export function listOrders(database: Queryable, filter: OrderFilter): Promise<OrderRow[]> {
  return database.query<OrderRow>(listStatement, [
    filter.publisherId,
    filter.beforeOrderId ?? Number.MAX_SAFE_INTEGER,
    filter.externalOrderId ?? null,
    filter.state ?? null,
    filter.credentialKey ?? null,
    filter.limit,
  ]);
}
