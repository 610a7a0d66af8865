import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { findEarlyStart } from '../orders/find-early-start.ts';
import type { OrderState, ProductSpecType } from '../orders/order.ts';
import { type WithdrawalSettings, withdrawalRight } from '../orders/withdrawal-right.ts';
import { findLineMoney } from '../payments/lines/find-line-money.ts';
import { findMoneyLeft, type MoneyLeft } from '../payments/money-moves/find-money-left.ts';
import type { LineToWithdraw } from './decide-withdrawal.ts';

const lockOrder = sql(
  'orders.lockToWithdraw',
  `SELECT orders.order_id, orders.publisher_id, state, prepaid, amount_minor, currency,
     CASE WHEN state = 'completed' THEN ended_at END AS completed_at,
     least(ordered_at, registered_at) AS made_at,
     payers.party ->> 'countryCode' AS country, (SELECT leveret_now()) AS now,
     coalesce(payers.party ->> 'companyRegistrationNumber', '') <> '' AS is_business
   FROM orders LEFT JOIN order_parties payers ON payers.order_id = orders.order_id AND payers.line_number = 0
   WHERE orders.publisher_id = $1 AND orders.order_id = $2 FOR UPDATE OF orders`,
);

type OrderRow = {
  order_id: number;
  publisher_id: number;
  state: OrderState;
  prepaid: boolean;
  amount_minor: number;
  currency: string;
  completed_at: Date | null;
  made_at: Date;
  country: string | null;
  is_business: boolean;
  now: Date;
};

// A period as it is here, or as it would be; by the same calendar.
const linesStatement = sql(
  'orderLines.toWithdraw',
  `SELECT lines.line_number, lines.spec_type, coalesce(products.digital, true) AS is_digital, lines.starts_at,
     coalesce(periods.starts_at, planned.starts_at) AS period_starts_at,
     coalesce(periods.ends_at, (planned.starts_at AT TIME ZONE publishers.time_zone
       + lines.period_length * ('1 ' || lines.period_type)::interval) AT TIME ZONE publishers.time_zone)
       AS period_ends_at,
     EXISTS (SELECT FROM withdrawals
       WHERE withdrawals.order_id = lines.order_id AND withdrawals.state = 'accepted'
         AND lines.line_number = ANY (withdrawals.lines)) AS is_withdrawn
   FROM order_lines lines
     JOIN orders ON orders.order_id = lines.order_id
     JOIN publishers ON publishers.publisher_id = lines.publisher_id
     LEFT JOIN products ON products.publisher_id = lines.publisher_id
       AND products.product_code = lines.product_code
     LEFT JOIN subscriptions ON subscriptions.order_id = lines.order_id
       AND subscriptions.line_number = lines.line_number
     LEFT JOIN subscription_periods periods ON periods.subscription_id = subscriptions.subscription_id
       AND periods.period_number = 1,
     LATERAL (SELECT coalesce(lines.starts_at, orders.ended_at) AS starts_at) planned
   WHERE lines.publisher_id = $1 AND lines.order_id = $2 ORDER BY lines.line_number`,
);

type LineRow = {
  line_number: number;
  spec_type: ProductSpecType;
  is_digital: boolean;
  starts_at: Date | null;
  period_starts_at: Date | null;
  period_ends_at: Date | null;
  is_withdrawn: boolean;
};

export type OrderToWithdraw = {
  orderId: number;
  state: OrderState;
  /** Nobody withdrew before. */
  madeAt: Date;
  /** The database's clock. */
  now: Date;
  currency: string;
  earlyStart: boolean;
  lines: LineToWithdraw[];
  money: MoneyLeft;
};

/** Locks an order and its money, and reads all that its withdrawal depends on. */
export async function findOrderToWithdraw(
  transaction: Transaction,
  { publisherId, orderId }: { publisherId: number; orderId: number },
  publisher: WithdrawalSettings,
): Promise<OrderToWithdraw | undefined> {
  const [order] = await transaction.query<OrderRow>(lockOrder, [publisherId, orderId]);
  if (!order) return undefined;
  const { by, leftMinor } = await findMoneyLeft(transaction, order);
  const money = await findLineMoney(transaction, publisherId, orderId);
  const rows = await transaction.query<LineRow>(linesStatement, [publisherId, orderId]);
  const earlyStart = await findEarlyStart(transaction, publisherId, orderId);
  const rights = withdrawalRight({
    lines: rows.map(lineOfRight),
    completedAt: order.completed_at ?? undefined,
    publisher,
    buyerCountry: order.country ?? undefined,
    isBusiness: order.is_business,
    earlyStart,
  });
  return {
    orderId: order.order_id,
    state: order.state,
    madeAt: order.made_at,
    now: order.now,
    currency: order.currency,
    earlyStart,
    lines: rights.map((right, index) => {
      const line = money.find((one) => one.line_number === right.lineNumber);
      const leftMinor = line ? Math.max(0, line.amount - line.given_back) : 0;
      const row = rows[index];
      return { right, leftMinor, isWithdrawn: row?.is_withdrawn ?? false, period: row && periodOf(row) };
    }),
    money: { by, leftMinor },
  };
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

function periodOf(row: LineRow): LineToWithdraw['period'] {
  const { period_starts_at: startsAt, period_ends_at: endsAt, is_digital: isDigital } = row;
  return isDigital && startsAt && endsAt ? { startsAt, endsAt } : undefined;
}
