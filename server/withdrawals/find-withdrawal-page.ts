import { isSinceHeld } from '../accounts/find-held-since.ts';
import { type Queryable, sql } from '../database/statement.ts';
import { correctedTo, isCorrected } from '../orders/find-correction.ts';

const orderStatement = sql(
  'withdrawals.findPageOrder',
  `SELECT orders.publisher_id, orders.order_id, orders.currency, orders.state,
     payer.party ->> 'firstName' AS first_name, payer.party ->> 'lastName' AS last_name,
     coalesce(CASE WHEN NOT ${isCorrected('orders.publisher_id', 'orders.order_id')} THEN payer.email END,
       (SELECT credential FROM order_completions asked
        WHERE asked.order_id = orders.order_id AND credential_kind = 'email')) AS own_email,
     ${correctedTo('orders.publisher_id', 'orders.order_id')} AS corrected_to
   FROM orders
     LEFT JOIN order_parties payer ON payer.order_id = orders.order_id AND payer.line_number = 0
   WHERE orders.order_id = $1`,
);

type OrderRow = {
  publisher_id: number;
  order_id: number;
  currency: string;
  state: string;
  first_name: string | null;
  last_name: string | null;
  own_email: string | null;
  corrected_to: string | null;
};

const linesStatement = sql(
  'withdrawals.findPageLines',
  `SELECT line_number, description, quantity, amount_minor FROM order_lines
   WHERE publisher_id = $1 AND order_id = $2 ORDER BY line_number`,
);

type LineRow = { line_number: number; description: string; quantity: number; amount_minor: number };

export type PageOrder = {
  publisherId: number;
  orderId: number;
  currency: string;
  state: string;
  /** The payer's, as far as it is known. */
  name: string;
  /** Nothing where the order has no e-mail address. */
  ownEmail: string | undefined;
  /** Where a client has corrected whose it is. */
  correctedTo: string | undefined;
  lines: { lineNumber: number; description: string; amountMinor: number }[];
};

/** What the page of an order tells of it; whoever sees it has proven that it is theirs. */
export async function findPageOrder(database: Queryable, orderId: number): Promise<PageOrder | undefined> {
  const [order] = await database.query<OrderRow>(orderStatement, [orderId]);
  if (!order) return undefined;
  const lines = await database.query<LineRow>(linesStatement, [order.publisher_id, orderId]);
  const { first_name: firstName, last_name: lastName } = order;
  return {
    publisherId: order.publisher_id,
    orderId: order.order_id,
    currency: order.currency,
    state: order.state,
    name: [firstName, lastName].filter((part) => part !== null && part !== '').join(' '),
    ownEmail: order.own_email ?? undefined,
    correctedTo: order.corrected_to ?? undefined,
    lines: lines.map((line) => ({
      lineNumber: line.line_number,
      description: line.quantity > 1 ? `${line.quantity} × ${line.description}` : line.description,
      amountMinor: line.amount_minor,
    })),
  };
}

// Orders of the account, and those whose credential it has proven, newest first.
const ownStatement = sql(
  'withdrawals.findOwnOrders',
  `WITH held AS (
     SELECT credential_key AS key, held_since, account_id FROM credentials
     WHERE credentials.publisher_id = $1 AND credentials.account_id = $2 AND proven_at IS NOT NULL
   ), found AS (
     SELECT order_id FROM orders WHERE account_id = $2
     UNION
     SELECT parties.order_id FROM held JOIN order_parties parties ON parties.publisher_id = $1
       AND parties.email_key = held.key
     WHERE line_number = 0 AND NOT ${isCorrected('$1', 'parties.order_id')}
     UNION
     SELECT parties.order_id FROM held JOIN order_parties parties ON parties.publisher_id = $1
       AND parties.mobile_key = held.key
       JOIN orders ON orders.order_id = parties.order_id AND ${isSinceHeld('held')}
     WHERE line_number = 0 AND NOT ${isCorrected('$1', 'parties.order_id')}
   )
   SELECT orders.order_id, ${correctedTo('$1', 'orders.order_id')} AS corrected_to
   FROM found JOIN orders USING (order_id)
   WHERE publisher_id = $1 AND state = 'completed' ORDER BY order_id DESC LIMIT 20`,
);

export type OwnOrderRow = { order_id: number; corrected_to: string | null };

/** The newest completed orders of a reader. */
export function findOwnOrders(
  database: Queryable,
  publisherId: number,
  accountId: number,
): Promise<OwnOrderRow[]> {
  return database.query<OwnOrderRow>(ownStatement, [publisherId, accountId]);
}
