import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { AccountId } from '../kit/ids.ts';
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

// Each condition is one that an index holds. No index names the state of an order, so that completing one
// costs none; every order that expires later than `ended_until` is looked at instead, and the upper bound
// tells the planner that these are few.
const inState: Readonly<Record<OrderState, string>> = {
  registered: `orders.order_id = ANY (ARRAY(
     SELECT order_id FROM orders alive
     WHERE alive.publisher_id = $1 AND alive.state = 'registered'
       AND expires_at > (SELECT ended_until FROM order_expiry) AND expires_at <= 'infinity'))`,
  paying: 'orders.is_paying',
  completed: `orders.state = 'completed'`,
  stopped: 'orders.stopped_reason IS NOT NULL',
};

export type OrderFilter = {
  publisherId: number;
  beforeOrderId?: number | undefined;
  externalOrderId?: string | undefined;
  state?: OrderState | undefined;
  credentialKey?: Buffer | undefined;
  /** Only orders that are tied to this account. */
  accountId?: AccountId;
  limit: number;
};

/** The publisher's orders, newest first, paged by key. */
export function listOrders(database: Queryable, filter: OrderFilter): Promise<OrderRow[]> {
  const values: unknown[] = [filter.publisherId, filter.limit];
  const conditions = ['orders.publisher_id = $1'];
  const given = (value: unknown) => `$${values.push(value)}`;
  if (filter.beforeOrderId !== undefined) conditions.push(`orders.order_id < ${given(filter.beforeOrderId)}`);
  if (filter.externalOrderId !== undefined) {
    conditions.push(`orders.external_order_id = ${given(filter.externalOrderId)}`);
  }
  if (filter.state !== undefined) conditions.push(inState[filter.state]);
  if (filter.accountId !== undefined) conditions.push(`orders.account_id = ${given(filter.accountId)}`);
  if (filter.credentialKey !== undefined) {
    conditions.push(`orders.order_id IN (${ordersOfCredential(given(filter.credentialKey))})`);
  }
  const list = sql(
    'orders.list',
    `SELECT ${columns} FROM orders LEFT JOIN accounts USING (account_id)
     WHERE ${conditions.join(' AND ')} ORDER BY orders.order_id DESC LIMIT $2`,
  );
  return database.query<OrderRow>(list, values);
}

function ordersOfCredential(key: string): string {
  return `SELECT order_id FROM order_parties
     WHERE order_parties.publisher_id = $1 AND order_parties.line_number = 0 AND email_key = ${key}
     UNION SELECT order_id FROM order_parties
     WHERE order_parties.publisher_id = $1 AND order_parties.line_number = 0 AND mobile_key = ${key}
     UNION SELECT bought.order_id FROM credentials JOIN orders bought USING (account_id)
     WHERE credentials.publisher_id = $1 AND credentials.credential_key = ${key}`;
}
