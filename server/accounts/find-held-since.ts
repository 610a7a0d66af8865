/**
 * SQL, of a credential beside `orders`: whether what the credential stands on may be its account's. A number
 * that has left another account brings nothing along that was bought before, nor what is another account's.
 */
export function isSinceHeld(credential: string): string {
  return `(${credential}.held_since IS NULL OR orders.registered_at > ${credential}.held_since
    AND (orders.account_id IS NULL OR orders.account_id = ${credential}.account_id))`;
}
