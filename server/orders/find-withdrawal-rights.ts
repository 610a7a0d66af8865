import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import { findEarlyStart } from './find-early-start.ts';
import type { OrderState, ProductSpecType } from './order.ts';
import { type WithdrawalRight, withdrawalRight } from './withdrawal-right.ts';

const orderStatement = sql(
  'orders.findForRights',
  `SELECT orders.order_id, orders.state, orders.ended_at, orders.currency, publishers.settings,
     publishers.country, publishers.time_zone, payers.party ->> 'countryCode' AS buyer_country,
     coalesce(payers.party ->> 'companyRegistrationNumber', '') <> '' AS is_business,
     (SELECT leveret_now()) AS now
   FROM orders JOIN publishers ON publishers.publisher_id = orders.publisher_id
     LEFT JOIN order_parties payers ON payers.order_id = orders.order_id AND payers.line_number = 0
   WHERE orders.publisher_id = $1 AND orders.order_id = $2`,
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
  now: Date;
};

const linesStatement = sql(
  'orderLines.findForRights',
  `SELECT lines.line_number, lines.spec_type, lines.description, lines.amount_minor, lines.starts_at,
     coalesce(products.digital, true) AS is_digital,
     (coalesce(lines.starts_at, orders.ended_at) AT TIME ZONE publishers.time_zone
       + lines.period_length * ('1 ' || lines.period_type)::interval) AT TIME ZONE publishers.time_zone
       AS ends_at
   FROM order_lines lines JOIN orders ON orders.order_id = lines.order_id
     JOIN publishers ON publishers.publisher_id = lines.publisher_id
     LEFT JOIN products ON products.publisher_id = lines.publisher_id
       AND products.product_code = lines.product_code
   WHERE lines.publisher_id = $1 AND lines.order_id = $2 ORDER BY lines.line_number`,
);

type LineRow = {
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

/** The right of withdrawal of each line of an order as it stands; nothing where it is another publisher's. */
export async function findWithdrawalRights(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<OrderWithRights | undefined> {
  const [order] = await database.query<OrderRow>(orderStatement, [publisherId, orderId]);
  if (!order) return undefined;
  const rows = await database.query<LineRow>(linesStatement, [publisherId, orderId]);
  const earlyStart = await findEarlyStart(database, publisherId, orderId);
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
