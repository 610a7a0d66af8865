/**
 * SQL: whether a client has corrected the address of an order. What its payer wrote then no longer tells who
 * the reader is. Links that ended by it are deleted with the years; events are kept.
 */
export function isCorrected(publisherId: string, orderId: string): string {
  return `EXISTS (SELECT FROM events WHERE events.publisher_id = ${publisherId}
    AND events.order_id = ${orderId} AND events.name = 'credential corrected')`;
}

/**
 * SQL: the address or number that an order was corrected to, as it is written; null where nobody corrected
 * it, and empty where it was, and what it was corrected to is not kept any more. A correction writes it over
 * what was named when the order was to be completed.
 */
export function correctedTo(publisherId: string, orderId: string): string {
  return `(CASE WHEN ${isCorrected(publisherId, orderId)} THEN coalesce((
    SELECT credential FROM order_completions corrected WHERE corrected.order_id = ${orderId}), '') END)`;
}
