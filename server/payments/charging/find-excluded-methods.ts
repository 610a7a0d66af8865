import { type Queryable, sql } from '../../database/statement.ts';
import type { PaymentMethod } from '../../orders/payment-methods.ts';
import { findAgreementObstacle } from '../agreements/find-agreement-obstacle.ts';
import { findRenewingLines } from '../lines/find-agreement-terms.ts';

const offeredStatement = sql(
  'orderLines.findSoldBy',
  `SELECT DISTINCT offers.payment_methods AS methods
   FROM order_lines lines JOIN offers USING (publisher_id, offer_code, offer_number)
   WHERE lines.publisher_id = $1 AND lines.order_id = $2 AND offers.payment_methods IS NOT NULL`,
);

type Order = {
  publisherId: number;
  orderId: number;
  recurring: boolean;
  currency: string;
  amountMinor: number;
};

/**
 * Which of the methods a buyer must not be offered for an order: an offer in it is not sold by them, or the
 * provider takes no agreement on what renews.
 */
export async function findExcludedMethods<Method extends PaymentMethod>(
  database: Queryable,
  { publisherId, orderId, recurring, currency, amountMinor }: Order,
  methods: readonly Method[],
): Promise<Method[]> {
  const offered = await database.query<{ methods: PaymentMethod[] }>(offeredStatement, [
    publisherId,
    orderId,
  ]);
  const order = { publisher_id: publisherId, order_id: orderId };
  const lines = recurring ? await findRenewingLines(database, order) : [];
  const wanted = { lines, currency, firstPaymentMinor: amountMinor };
  return methods.filter(
    (method) =>
      offered.some((offer) => !offer.methods.includes(method)) ||
      (recurring && findAgreementObstacle(method, wanted) !== undefined),
  );
}
