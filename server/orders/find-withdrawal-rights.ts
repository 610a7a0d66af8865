import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import { earlyStartColumn } from './find-early-start.ts';
import type { OrderState, ProductSpecType } from './order.ts';
import { type WithdrawalRight, withdrawalRight } from './withdrawal-right.ts';

const orderStatement = sql(
  'orders.findForRights',
  `SELECT orders.order_id, orders.state, orders.ended_at, orders.currency, publishers.settings,
     publishers.country, publishers.time_zone, payers.party ->> 'countryCode' AS buyer_country,
     coalesce(payers.party ->> 'companyRegistrationNumber', '') <> '' AS is_business,
     ${earlyStartColumn}, (SELECT leveret_now()) AS now
   FROM unnest($1::integer[], $2::bigint[]) AS asked (publisher_id, order_id)
     JOIN orders ON orders.order_id = asked.order_id AND orders.publisher_id = asked.publisher_id
     JOIN publishers ON publishers.publisher_id = orders.publisher_id
     LEFT JOIN order_parties payers ON payers.order_id = orders.order_id AND payers.line_number = 0`,
);

type OrderRow = {
  order_id: number;
  state: OrderState;
  ended_at: Date | null;
  currency: string;
  settings: object;
  country: string;
  time_zone: string;
  buyer_country: string | null;
  is_business: boolean;
  early_start: boolean;
  now: Date;
};

const linesStatement = sql(
  'orderLines.findForRights',
  `SELECT lines.order_id, lines.line_number, lines.spec_type, lines.description, lines.amount_minor,
     lines.starts_at,
     coalesce(products.digital, true) AS is_digital,
     (coalesce(lines.starts_at, orders.ended_at) AT TIME ZONE publishers.time_zone
       + lines.period_length * ('1 ' || lines.period_type)::interval) AT TIME ZONE publishers.time_zone
       AS ends_at
   FROM unnest($1::integer[], $2::bigint[]) AS asked (publisher_id, order_id)
     JOIN order_lines lines ON lines.order_id = asked.order_id AND lines.publisher_id = asked.publisher_id
     JOIN orders ON orders.order_id = lines.order_id
     JOIN publishers ON publishers.publisher_id = lines.publisher_id
     LEFT JOIN products ON products.publisher_id = lines.publisher_id
       AND products.product_code = lines.product_code
   ORDER BY lines.order_id, lines.line_number`,
);

type LineRow = {
  order_id: number;
  line_number: number;
  spec_type: ProductSpecType;
  description: string;
  amount_minor: number;
  starts_at: Date | null;
  is_digital: boolean;
  ends_at: Date | null;
};

export type LineWithRight = {
  lineNumber: number;
  specType: ProductSpecType;
  description: string;
  amountMinor: number;
  right: WithdrawalRight;
};

export type OrderWithRights = {
  orderId: number;
  state: OrderState;
  currency: string;
  timeZone: string;
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
  const orders = await database.query<OrderRow>(orderStatement, columns);
  const lines = Map.groupBy(await database.query<LineRow>(linesStatement, columns), (line) => line.order_id);
  const found = new Map(orders.map((order) => [order.order_id, order]));
  return keys.map(({ orderId }) => {
    const order = found.get(orderId);
    return order && withRights(order, lines.get(orderId) ?? []);
  });
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
    return right ? [{ ...shownOf(row), right }] : [];
  });
  const { order_id, state, currency, now } = order;
  return { orderId: order_id, state, currency, timeZone, completedAt, earlyStart, now, lines };
}

function lineOfRight(row: LineRow) {
  return {
    lineNumber: row.line_number,
    specType: row.spec_type,
    isDigital: row.is_digital,
    startsAt: row.starts_at ?? undefined,
    endsAt: row.ends_at ?? undefined,
  };
}

function shownOf(row: LineRow) {
  const { line_number: lineNumber, spec_type: specType, description, amount_minor: amountMinor } = row;
  return { lineNumber, specType, description, amountMinor };
}
