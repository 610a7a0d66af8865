/**
 * SQL: whether a line is for somebody else than the payer. Who has another address or number is somebody
 * else; a receiver without either is told by the name. `line` is a row of `order_lines`.
 */
export function isGift(line: string): string {
  return `EXISTS (SELECT FROM order_parties receivers
    JOIN order_parties buyers ON buyers.order_id = receivers.order_id AND buyers.line_number = 0
    WHERE receivers.order_id = ${line}.order_id AND receivers.line_number = ${line}.line_number
      AND NOT coalesce(receivers.email_key = buyers.email_key, false)
      AND NOT coalesce(receivers.mobile_key = buyers.mobile_key, false)
      AND NOT (coalesce(receivers.email_key, receivers.mobile_key) IS NULL
        AND receivers.party ->> 'lastName' IS NOT DISTINCT FROM buyers.party ->> 'lastName'
        AND receivers.party ->> 'firstName' IS NOT DISTINCT FROM buyers.party ->> 'firstName'))`;
}
