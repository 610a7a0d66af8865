/**
 * SQL: whether a client has corrected the address of an order. What its payer wrote then no longer tells who
 * the reader is. Links that ended by it are deleted with the years; events are kept.
 */
export function isCorrected(publisherId: string, orderId: string): string {
  return `EXISTS (SELECT FROM events WHERE events.publisher_id = ${publisherId}
    AND events.order_id = ${orderId} AND events.name = 'credential corrected')`;
}
