import type pg from 'pg';

const atOnce = 10_000;

const missing = `
  SELECT count(*)::integer AS missing FROM unnest($1::bigint[]) AS acknowledged (id)
  WHERE NOT (
    EXISTS (SELECT FROM orders WHERE order_id = id AND state = 'completed')
    AND EXISTS (SELECT FROM grants WHERE order_id = id AND kind = 'temporary' AND revoked_at IS NULL)
    AND EXISTS (SELECT FROM events WHERE order_id = id AND name = 'order registered')
    AND EXISTS (SELECT FROM events WHERE order_id = id AND name = 'order completed')
    AND EXISTS (SELECT FROM deliveries WHERE order_id = id AND kind = 'callback'))`;

/** Counts acknowledged orders that are not completed with their grant, events and queued callback. */
export async function countMissing(database: pg.Client, orderIds: readonly number[]): Promise<number> {
  let sum = 0;
  for (let first = 0; first < orderIds.length; first += atOnce) {
    const { rows } = await database.query<{ missing: number }>(missing, [
      orderIds.slice(first, first + atOnce),
    ]);
    sum += rows[0]?.missing ?? 0;
  }
  return sum;
}
