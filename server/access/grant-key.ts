/** What tells one grant from another: the line, what kind of grant it gave, and the subscription's period. */
export const grantKey = keyOf('grants');

/** The columns of the key, of a table or of a part of a statement with the same names. */
export function keyOf(table: string): string {
  return `${table}.order_id, ${table}.line_number, ${table}.kind, ${table}.period_number`;
}
