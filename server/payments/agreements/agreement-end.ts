import { orderOf, type PaymentEvent } from '../payment.ts';

export type EndingRow = { publisher_id: number; order_id: number; agreement_id: number };

export type EndWanted = Extract<PaymentEvent, { name: 'agreement end wanted' }>;

export function agreementEndWanted(row: EndingRow): EndWanted {
  const about = orderOf({ publisherId: row.publisher_id, orderId: row.order_id });
  return { name: 'agreement end wanted', ...about, agreementId: row.agreement_id };
}

/**
 * Whether all that an order's agreement pays for has ended, as SQL over `orders`: the order stopped, or each
 * of its lines that renewed has ended. Its subscription tells where there is one here, else its refund.
 */
export const isOver = `(orders.state = 'stopped' OR orders.state = 'completed' AND (
  SELECT bool_and(CASE WHEN subscription_id IS NULL THEN ended_reason IS NOT NULL
    ELSE stopped_at IS NOT NULL END)
  FROM order_lines lines LEFT JOIN subscriptions ON subscriptions.order_id = lines.order_id
    AND subscriptions.line_number = lines.line_number
  WHERE lines.publisher_id = orders.publisher_id AND lines.order_id = orders.order_id
    AND lines.period_length IS NOT NULL) IS TRUE)`;
