import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createPool } from '@leveret/server/database/connect.js';
import type { Pool } from 'pg';
import { buildCluster, type Cluster } from '../builders/cluster.ts';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { messagesTo } from '../builders/ledgers.ts';
import { whenReady } from '../builders/node-process.ts';
import { complete, register, smsOrder } from '../builders/orders.ts';
import { openReaderBrowser } from '../builders/reader-browser.ts';
import { until } from '../builders/until.ts';
import { guideLine, textOf } from '../builders/withdrawal-shop.ts';

/** Many at once, by the pages, at two nodes. Both have been run with 64 statements and 1,000 numbers. */
const statements = 24;
const numbers = 120;

let cluster: Cluster;
let client: DemoClient;
let pool: Pool;

before(async () => {
  cluster = await buildCluster(2);
  const nodes = [0, 1].map((place) => cluster.start(place, { TRUSTED_PROXIES: '127.0.0.1/32' }));
  await Promise.all(nodes.map(whenReady));
  client = await connectDemoClient(cluster.addresses[0] ?? '');
  const connection = { connectionString: cluster.databaseUrl };
  pool = createPool({ connection, poolSize: 2, preparedStatements: false }, () => undefined);
});
after(async () => {
  await pool.end();
  await cluster.close();
});

const rows = async <Row>(text: string, values: unknown[] = []) =>
  (await pool.query(text, values)).rows as Row[];

/** A browser of its own for each, at one of the nodes in turn, from a network of its own. */
function browserOf(nth: number) {
  const url = cluster.addresses[nth % cluster.addresses.length] ?? '';
  return openReaderBrowser(url, `198.${18 + (nth >> 8)}.${nth & 255}.7`);
}

async function buy(number: number): Promise<{ orderId: number; path: string }> {
  const [mobile, email] = [`+47900150${String(number).padStart(2, '0')}`, `crowd-${number}@example.com`];
  const payer = { lastName: 'Nordmann', phoneNumbers: [mobile], emails: [email] };
  const orderId = await register(client, smsOrder(mobile, { payer, orderLines: [guideLine] }));
  await complete(client, orderId);
  const sandbox = { sandboxUrl: cluster.sandbox.url } as Parameters<typeof messagesTo>[0];
  const path = await until('the receipt', async () => {
    const texts = (await messagesTo(sandbox, email)).map(({ text }) => text);
    return texts.map((text) => /\/user\/withdraw\/[\w-]+/.exec(text)?.[0]).find(Boolean);
  });
  return { orderId, path };
}

const keyOf = (nth: number) => String(nth).padStart(22, 'k');

test(`${statements} proven statements at once: one takes effect, and the money goes back once`, async () => {
  const { orderId, path } = await buy(1);
  const pages = await Promise.all(
    Array.from({ length: statements }, (_, nth) =>
      browserOf(nth).post(path, { name: `Kari ${nth}`, line1: '1', step: 'confirm', key: keyOf(nth) }),
    ),
  );
  const said = pages.map((page) => [page.status, /hadde angret på dette før/.test(textOf(page))].join(' '));
  assert.equal(said.filter((one) => one === '200 true').length, statements - 1, said.join(', '));
  assert.equal(said.filter((one) => one === '200 false').length, 1);
  // What is charged to a phone bill is given back by hand: the one refund waits for that.
  const back = await until('the refund to be settled', async () => {
    const found = await rows<{ told: string; is_settled: boolean }>(
      `SELECT kind || ' ' || amount_minor AS told, operations.state IN ('by_hand', 'succeeded') AS is_settled
       FROM payment_operations operations JOIN payment_attempts USING (attempt_id)
       WHERE order_id = $1 AND kind IN ('refund', 'cancel')`,
      [orderId],
    );
    return found.length > 0 && found.every((one) => one.is_settled) && found;
  });
  assert.deepEqual(
    back.map(({ told }) => told),
    ['refund 14900'],
  );
});

test(`${numbers} numbers of strangers: each is kept, nothing moves, and every page says the same`, async () => {
  const bought = [await buy(2), await buy(3)];
  const tables = ['orders', 'order_lines', 'grants', 'payments', 'payment_attempts', 'payment_operations'];
  const everything = () =>
    Promise.all(
      tables.map((table) =>
        rows(`SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS told FROM ${table} t`),
      ),
    );
  await until('what follows to be done', async () => {
    const [left] = await rows<{ jobs: number }>(
      "SELECT count(*)::integer AS jobs FROM jobs WHERE run_at < now() + interval '1 minute'",
    );
    return left?.jobs === 0;
  });
  const before = await everything();
  const first = (bought[0]?.orderId ?? 0) - numbers / 2;
  const told = new Set<string>();
  for (let batch = 0; batch < numbers; batch += 20) {
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const [nth, order] = [batch + index, String(first + batch + index)];
        const typed = { name: 'Ola Fremmed', order, email: `stranger-${nth}@example.com`, what: '' };
        return browserOf(nth)
          .post('/user/withdraw', { ...typed, step: 'confirm', key: keyOf(1000 + nth) })
          .then((page) => ({ ...page, html: page.html.replaceAll(order, 'N').replaceAll(typed.email, 'E') }));
      }),
    );
    for (const page of pages) told.add(`${page.status} ${textOf(page).replaceAll(/\d\d:\d\d/g, 'T')}`);
  }
  assert.equal(told.size, 1, [...told].join('\n'));
  const [kept] = await rows<{ all: number; ours: number; moved: number }>(
    `SELECT count(*)::integer AS all, count(order_id)::integer AS ours,
       (count(*) FILTER (WHERE state <> 'to_check'))::integer AS moved
     FROM withdrawals WHERE proof = 'none'`,
  );
  assert.deepEqual([kept?.all, kept?.moved], [numbers, 0]);
  assert.ok((kept?.ours ?? 0) >= bought.length);
  assert.deepEqual(await everything(), before);
});
