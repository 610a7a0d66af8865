import { type Queryable, sql } from '../database/statement.ts';
import { isGift } from '../orders/find-gift.ts';
import type { ProductSpecType } from '../orders/order.ts';
import { findAgreementTerms, type Renewals } from '../payments/lines/find-agreement-terms.ts';
import type { VisitedOrder } from './find-visited-order.ts';

/** A line as the page shows it on which it is bought. */
export type LineToBuy = {
  lineNumber: number;
  specType: ProductSpecType;
  isDigital: boolean;
  /** It is bought for somebody else. */
  isGift: boolean;
  description: string;
  quantity: number;
  unitPriceMinor: number;
  amountMinor: number;
  vatBasisPoints: number;
  vatMinor: number;
  startsAt: Date | undefined;
  /** When its first period ends if it is bought now; nothing of what is no subscription. */
  endsAt: Date | undefined;
};

export type OrderToBuy = {
  lines: readonly LineToBuy[];
  buyerCountry: string | undefined;
  isBusiness: boolean;
  /** The buyer has asked on the publisher's own page that it begins at once. */
  asksEarlyStart: boolean;
  /** What is paid again by itself; nothing of an order that does not recur. */
  renewals: Renewals | undefined;
};

// A first period ends by the publisher's calendar, as `subscriptions.start` will make it.
const statement = sql(
  'orderLines.findToBuy',
  `WITH clock AS MATERIALIZED (SELECT leveret_now() AS at)
   SELECT line_number AS "lineNumber", lines.spec_type AS "specType",
     coalesce(products.digital, true) AS "isDigital", ${isGift('lines')} AS "isGift",
     lines.description, lines.quantity,
     unit_price_minor AS "unitPriceMinor", lines.amount_minor AS "amountMinor",
     vat_basis_points AS "vatBasisPoints", vat_minor AS "vatMinor", lines.starts_at AS "startsAt",
     (coalesce(lines.starts_at, clock.at) AT TIME ZONE publishers.time_zone
       + lines.period_length * ('1 ' || lines.period_type)::interval) AT TIME ZONE publishers.time_zone
       AS "endsAt",
     payers.country AS "buyerCountry", coalesce(payers.is_business, false) AS "isBusiness",
     coalesce(orders.early_start, false) AS "asksEarlyStart"
   FROM clock CROSS JOIN orders
     JOIN publishers ON publishers.publisher_id = orders.publisher_id
     JOIN order_lines lines ON lines.order_id = orders.order_id
     LEFT JOIN products ON products.publisher_id = lines.publisher_id
       AND products.product_code = lines.product_code
     LEFT JOIN LATERAL (SELECT party ->> 'countryCode' AS country,
         coalesce(party ->> 'companyRegistrationNumber', '') <> '' AS is_business
       FROM order_parties WHERE order_parties.order_id = orders.order_id
         AND order_parties.line_number = 0) payers ON true
   WHERE orders.publisher_id = $1 AND orders.order_id = $2 ORDER BY lines.line_number`,
);

type Nullable<Value> = {
  [Name in keyof Value]: undefined extends Value[Name] ? Value[Name] | null : Value[Name];
};
type Row = Nullable<LineToBuy> & {
  buyerCountry: string | null;
  isBusiness: boolean;
  asksEarlyStart: boolean;
};

/** What is shown of an order where it is placed. */
export async function findCheckout(
  database: Queryable,
  { publisherId, orderId, renews }: Pick<VisitedOrder, 'publisherId' | 'orderId' | 'renews'>,
): Promise<OrderToBuy> {
  const key = { publisher_id: publisherId, order_id: orderId };
  const [rows, renewals] = await Promise.all([
    database.query<Row>(statement, [publisherId, orderId]),
    renews ? findAgreementTerms(database, key) : undefined,
  ]);
  const [first] = rows;
  return {
    lines: rows.map(({ startsAt, endsAt, ...line }) => ({
      ...line,
      startsAt: startsAt ?? undefined,
      endsAt: endsAt ?? undefined,
    })),
    buyerCountry: first?.buyerCountry ?? undefined,
    isBusiness: first?.isBusiness ?? false,
    asksEarlyStart: first?.asksEarlyStart ?? false,
    renewals,
  };
}
