import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SentStatement } from '@leveret/server/database/connect.js';
import pg from 'pg';
import { buildFixture } from '../builders/fixture.ts';
import { openShop } from '../buyers/open-shop.ts';
import { openBooks } from '../oracle/read-books.ts';
import { explainStatements } from './explain-statements.ts';
import { judgePlan } from './judge-plan.ts';
import { multiplyRows } from './multiply-rows.ts';
import { recordStatements } from './record-statements.ts';
import { walkHotPaths } from './walk-hot-paths.ts';

/** Tables that people fill, or the fixture itself once; all others grow with the orders. */
const fixed = new Set([
  ...['articles', 'catalogues', 'issues', 'offers', 'product_categories', 'products', 'vat_rates'],
  ...['client_secrets', 'clients', 'publishers', 'payment_method_settings', 'webhook_endpoints'],
  ...['installation', 'invoice_number_counters', 'nodes', 'order_expiry', 'schedules', 'schema_migrations'],
  ...['sealed_keys', 'test_clock', 'consent_texts'],
]);
const orders = 100_000;

let client: pg.Client;
let statements: SentStatement[];
const ends: (() => Promise<unknown>)[] = [];
before(async () => {
  const fixture = await buildFixture();
  ends.push(() => fixture.close());
  const pool = openBooks(fixture.databaseUrl);
  ends.push(() => pool.end());
  const { url, sandboxUrl } = fixture;
  const shop = await openShop({ publicUrl: url, addresses: [url], sandboxUrl, pool });
  const recording = recordStatements();
  await walkHotPaths(fixture, shop, pool);
  // The daily look at what the default partitions caught reads them whole: in life they are empty.
  statements = recording.stop().filter(({ name }) => !name.startsWith('partitions.'));
  await fixture.rest();
  client = new pg.Client({ connectionString: fixture.databaseUrl });
  await client.connect();
  ends.push(() => client.end());
  await multiplyRows(client, fixed, orders);
});
after(async () => {
  for (const end of ends.reverse()) await end();
});

/** What is wrong with the plans of statements, and how many plans were looked at. */
async function judge(chosen: readonly SentStatement[]): Promise<{ wrong: string[]; looked: number }> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND reltuples > 1000",
  );
  const growing = new Set(rows.map(({ name }) => name));
  const { plans, compiling } = await explainStatements(client, chosen);
  const wrong = plans.flatMap(({ name, values, plan }) =>
    judgePlan(plan, growing, compiling).map((fault) => `${name}, ${values}: ${fault}`),
  );
  return { wrong, looked: plans.length };
}

test('no statement of the hot paths reads a growing table whole, or is compiled', async (t) => {
  const { wrong, looked } = await judge(statements);
  t.diagnostic(`${looked} plans of ${statements.length} statements`);
  assert.ok(looked > 300, `only ${looked} plans were looked at`);
  assert.deepEqual(wrong, []);
});

test('nor an access check where one reader holds most of what was sold', async () => {
  for (const key of ['mobile_key', 'email_key'])
    await client.query(`UPDATE grants SET ${key} = '\\x01' WHERE ${key} IS NOT NULL`);
  await client.query('ANALYZE grants');
  const checks = statements.filter(({ name }) => name.startsWith('grants.findHoldings'));
  assert.equal(checks.length, 1);
  assert.deepEqual((await judge(checks)).wrong, []);
});

test('a statement that reads all orders is found', async () => {
  const text = 'SELECT count(*) FROM orders WHERE merchant_id = $1';
  const { wrong } = await judge([{ name: 'planted', text, values: ['none'] }]);
  assert.deepEqual(wrong, [
    ...['as sent', 'in a batch', 'for any values'].map((values) => `planted, ${values}: reads all of orders`),
  ]);
});
