import type { Queryable } from '@leveret/server/database/statement.js';
import { sql } from '@leveret/server/database/statement.js';

/** What nothing that is refused may change: orders, money, access, people, and what others are told. */
const tables = [
  'orders order_lines order_parties order_completions order_assignments prepayments page_payments',
  'payments payment_attempts payment_operations payment_outcomes invoices subscriptions grants',
  'accounts credentials login_links cases webhook_endpoints events',
  'payment_method_settings publishers clients test_clock',
].flatMap((line) => line.split(' '));

/**
 * A digest of every row of each table, by table. Of deliveries and messages the number, since they go on
 * being tried.
 */
export async function takeSnapshot(database: Queryable): Promise<Record<string, string>> {
  const digests = tables.map(
    (table) =>
      `SELECT '${table}' AS name,
         count(*) || ' ' || coalesce(md5(string_agg(one::text, '' ORDER BY one::text)), '') AS digest
       FROM ${table} one`,
  );
  for (const tried of ['deliveries', 'messages'])
    digests.push(`SELECT '${tried}', count(*)::text FROM ${tried}`);
  const snapshot = sql('tests.snapshot', digests.join(' UNION ALL '));
  const rows = await database.query<{ name: string; digest: string }>(snapshot);
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}
