import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import { earlyStartColumn } from './find-early-start.ts';
import { isGift } from './find-gift.ts';
import type { OrderState, ProductSpecType } from './order.ts';
import { type WithdrawalRight, withdrawalRight } from './withdrawal-right.ts';

const findOrders = sql(
  'orders.findForRights',
  `SELECT asked.position, orders.order_id, orders.state, orders.ended_at, orders.currency, orders.prepaid,
     orders.amount_minor, least(orders.ordered_at, orders.registered_at) AS made_at,
     publishers.settings, publishers.country, publishers.time_zone,
     payers.party ->> 'countryCode' AS buyer_country,
     coalesce(payers.party ->> 'companyRegistrationNumber', '') <> '' AS is_business,
     ${earlyStartColumn}, (SELECT leveret_now()) AS now
   FROM unnest($1::integer[], $2::bigint[]) WITH ORDINALITY AS asked (publisher_id, order_id, position)
     JOIN orders ON orders.order_id = asked.order_id AND orders.publisher_id = asked.publisher_id
     JOIN publishers ON publishers.publisher_id = orders.publisher_id
     LEFT JOIN order_parties payers ON payers.order_id = orders.order_id AND payers.line_number = 0`,
);

// By itself: a statement that had to wait for the lock would read what it joins as it was before.
const lockOrder = sql(
  'orders.lockForRights',
  'SELECT order_id FROM orders WHERE publisher_id = $1 AND order_id = $2 FOR UPDATE',
);

type OrderRow = {
  /** Which of the orders that were asked for it is, from 1 on. */
  position: number;
  order_id: number;
  state: OrderState;
  ended_at: Date | null;
  currency: string;
  prepaid: boolean;
  amount_minor: number;
  made_at: Date;
  settings: object;
  country: string;
  time_zone: string;
  buyer_country: string | null;
  is_business: boolean;
  early_start: boolean;
  now: Date;
};

// A period as it is here, or as it would be; by the same calendar.
const linesStatement = sql(
  'orderLines.findForRights',
  `SELECT asked.position, lines.line_number, lines.spec_type, lines.description, lines.amount_minor,
     lines.starts_at, coalesce(products.digital, true) AS is_digital, ${isGift('lines')} AS is_gift,
     coalesce(periods.starts_at, planned.starts_at) AS period_starts_at,
     coalesce(periods.ends_at, (planned.starts_at AT TIME ZONE publishers.time_zone
       + lines.period_length * ('1 ' || lines.period_type)::interval) AT TIME ZONE publishers.time_zone)
       AS period_ends_at,
     EXISTS (SELECT FROM withdrawals
       WHERE withdrawals.order_id = lines.order_id AND withdrawals.state = 'accepted'
         AND lines.line_number = ANY (withdrawals.lines)) AS is_withdrawn
   FROM unnest($1::integer[], $2::bigint[]) WITH ORDINALITY AS asked (publisher_id, order_id, position)
     JOIN order_lines lines ON lines.order_id = asked.order_id AND lines.publisher_id = asked.publisher_id
     JOIN orders ON orders.order_id = lines.order_id
     JOIN publishers ON publishers.publisher_id = lines.publisher_id
     LEFT JOIN products ON products.publisher_id = lines.publisher_id
       AND products.product_code = lines.product_code
     LEFT JOIN subscriptions ON subscriptions.order_id = lines.order_id
       AND subscriptions.line_number = lines.line_number
     LEFT JOIN subscription_periods periods ON periods.subscription_id = subscriptions.subscription_id
       AND periods.period_number = 1,
     LATERAL (SELECT coalesce(lines.starts_at, orders.ended_at) AS starts_at) planned
   ORDER BY asked.position, lines.line_number`,
);

type LineRow = {
  position: number;
  line_number: number;
  spec_type: ProductSpecType;
  description: string;
  amount_minor: number;
  starts_at: Date | null;
  is_digital: boolean;
  is_gift: boolean;
  period_starts_at: Date | null;
  period_ends_at: Date | null;
  is_withdrawn: boolean;
};

export type LineWithRight = {
  lineNumber: number;
  specType: ProductSpecType;
  description: string;
  amountMinor: number;
  /** Somebody else than the payer has received it. */
  isGift: boolean;
  isWithdrawn: boolean;
  /** The paid period of what is read on a screen; nothing of what is sent or has no period. */
  period: { startsAt: Date; endsAt: Date } | undefined;
  right: WithdrawalRight;
};

export type OrderWithRights = {
  orderId: number;
  state: OrderState;
  currency: string;
  timeZone: string;
  prepaid: boolean;
  amountMinor: number;
  /** When it was ordered or registered, whichever was first. */
  madeAt: Date;
  completedAt: Date | undefined;
  earlyStart: boolean;
  /** The database's clock. */
  now: Date;
  lines: LineWithRight[];
};

type OrderKey = { publisherId: number; orderId: number };

/**
 * The right of withdrawal of each line of these orders as they stand, in their order; nothing for one that is
 * another publisher's.
 */
export async function findWithdrawalRights(
  database: Queryable,
  keys: readonly OrderKey[],
): Promise<(OrderWithRights | undefined)[]> {
  const columns = [keys.map((key) => key.publisherId), keys.map((key) => key.orderId)];
  const orders = await database.query<OrderRow>(findOrders, columns);
  const lines = Map.groupBy(await database.query<LineRow>(linesStatement, columns), (line) => line.position);
  const found = new Map(orders.map((order) => [order.position, order]));
  return keys.map((_key, index) => {
    const order = found.get(index + 1);
    return order && withRights(order, lines.get(index + 1) ?? []);
  });
}

/** The same of one, with the order locked until the transaction ends. */
export async function lockWithdrawalRights(
  transaction: Queryable,
  key: OrderKey,
): Promise<OrderWithRights | undefined> {
  await transaction.query(lockOrder, [key.publisherId, key.orderId]);
  const [order] = await findWithdrawalRights(transaction, [key]);
  return order;
}

function withRights(order: OrderRow, rows: readonly LineRow[]): OrderWithRights {
  const { early_start: earlyStart } = order;
  const completedAt = order.state === 'completed' ? (order.ended_at ?? undefined) : undefined;
  const { withdrawal, withdrawalDays } = publisherSettingsOf(order.settings);
  const { country: countryCode, time_zone: timeZone } = order;
  const rights = withdrawalRight({
    lines: rows.map(lineOfRight),
    completedAt,
    publisher: { withdrawal, withdrawalDays, countryCode, timeZone },
    buyerCountry: order.buyer_country ?? undefined,
    isBusiness: order.is_business,
    earlyStart,
  });
  const lines = rows.flatMap((row, index) => {
    const right = rights[index];
    return right ? [{ ...factsOf(row), right }] : [];
  });
  const { order_id, state, currency, prepaid, amount_minor: amountMinor, made_at: madeAt, now } = order;
  const facts = { orderId: order_id, state, currency, timeZone, prepaid, amountMinor, madeAt };
  return { ...facts, completedAt, earlyStart, now, lines };
}

function lineOfRight(row: LineRow) {
  return {
    lineNumber: row.line_number,
    specType: row.spec_type,
    isDigital: row.is_digital,
    startsAt: row.starts_at ?? undefined,
    endsAt: row.period_ends_at ?? undefined,
  };
}

function factsOf(row: LineRow): Omit<LineWithRight, 'right'> {
  const { period_starts_at: startsAt, period_ends_at: endsAt, is_digital: isDigital } = row;
  return {
    lineNumber: row.line_number,
    specType: row.spec_type,
    description: row.description,
    amountMinor: row.amount_minor,
    isGift: row.is_gift,
    isWithdrawn: row.is_withdrawn,
    period: isDigital && startsAt && endsAt ? { startsAt, endsAt } : undefined,
  };
}
