import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { advanceClock } from '@leveret/server/database/clock.js';
import { dividePool } from '@leveret/server/database/open-databases.js';
import type { Database } from '@leveret/server/database/transaction.js';
import pg from 'pg';
import { connectStranger, type Stranger } from '../access/stranger.ts';
import { ownLine, registerBuyersOf } from '../builders/bad-neighbour.ts';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { startHangingHosts } from '../builders/hanging-hosts.ts';
import { complete, freeOrder, register, registerToPay, smsOrder } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;
let stranger: Stranger;
let beside: pg.Client;

before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
  stranger = await connectStranger(fixture);
  beside = new pg.Client({ connectionString: fixture.databaseUrl });
  await beside.connect();
});
after(async () => {
  await beside.end();
  await fixture.close();
});

/** Holds so many connections of the node until it is told to let go. */
async function hold(database: Database, connections: number): Promise<{ letGo(): Promise<unknown> }> {
  const release = Promise.withResolvers<void>();
  let begun = 0;
  const held = Array.from({ length: connections }, () =>
    database.transaction('hold', async (transaction) => {
      await transaction.query({ name: 'test.hold', text: 'SELECT 1' });
      begun += 1;
      await release.promise;
    }),
  );
  await until('connections that are held', async () => begun === connections);
  return {
    letGo() {
      release.resolve();
      return Promise.all(held);
    },
  };
}

const cardOrder = { ...smsOrder('+4790000001'), paymentMethod: 'creditcardPayex' };
const sizes = () => dividePool(fixture.app.context.settings.poolSize);

test('while requests hold all of their connections, callbacks go out', async (t) => {
  let [calls, status] = [0, 500];
  const site = createServer((_request, response) => {
    calls += 1;
    response.writeHead(status).end();
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  t.after(() => site.close());
  const callbackUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}/callback`;
  await complete(client, await register(client, freeOrder()), { callbackUrl });
  const isWaiting = `SELECT FROM deliveries JOIN jobs ON jobs.name = 'deliver'
    WHERE deliveries.failures = 1 AND deliveries.url LIKE $1 || '%' AND leased_until IS NULL`;
  await until('a try that failed', async () => (await beside.query(isWaiting, [callbackUrl])).rowCount);
  status = 200;
  const held = await hold(fixture.app.context.database, sizes().requests);
  try {
    await advanceClock(fixture.app.workDatabase, 3600_000);
    await until('the next try', async () => calls > 1);
  } finally {
    await held.letGo();
  }
});

test('while background work holds all of its connections, orders are taken and buyers sent on', async () => {
  const held = await hold(fixture.app.workDatabase, sizes().work);
  try {
    assert.equal((await complete(client, await register(client, freeOrder()))).status, 200);
    const { address } = await registerToPay(client, cardOrder);
    const visit = await fetch(address, { redirect: 'manual' });
    assert.equal(visit.status, 303);
  } finally {
    await held.letGo();
  }
});

/** As nobody does for long: whoever would change the order waits for it. */
async function lockOrder(orderId: unknown): Promise<{ letGo(): Promise<unknown> }> {
  await beside.query('BEGIN');
  const locked = await beside.query('SELECT FROM orders WHERE order_id = $1 FOR UPDATE', [orderId]);
  assert.equal(locked.rowCount, 1);
  return { letGo: () => beside.query('COMMIT') };
}

const waitingForLocks = `SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;

const reloads = 64;

test('buyers who load the page again while their provider hangs wait without a transaction', async (t) => {
  const provider = await startHangingHosts(1);
  const leaving = new AbortController();
  t.after(async () => {
    leaving.abort();
    await provider.close();
  });
  const [address = ''] = await registerBuyersOf(provider.bases[0] ?? '', stranger.client, 1);
  const first = fetch(address, { signal: leaving.signal, redirect: 'manual' }).catch(() => undefined);
  await until('a provider that hangs', async () => provider.waiting() === 1);
  const tried = 'SELECT order_id FROM payment_attempts WHERE publisher_id = $1';
  const { rows } = await beside.query<{ order_id: string }>(tried, [stranger.publisherId]);
  const order = await lockOrder(rows[0]?.order_id);
  try {
    const pages = await Promise.all(Array.from({ length: reloads }, () => fetch(address)));
    for (const page of pages) assert.match(await page.text(), /http-equiv="refresh" content="2;/);
    assert.equal(provider.waiting(), 1);
  } finally {
    await order.letGo();
  }
  leaving.abort();
  await first;
});

test('of the reloads of one order one waits for its row, whatever the others do', async () => {
  const { orderId, address } = await registerToPay(client, cardOrder);
  const order = await lockOrder(orderId);
  const visit = () => fetch(address, { redirect: 'manual' });
  const visits = Array.from({ length: reloads }, visit);
  try {
    await until('a visit that waits', async () => (await beside.query(waitingForLocks)).rowCount);
    await register(stranger.client, freeOrder({ orderLines: [ownLine] }));
    assert.equal((await beside.query(waitingForLocks)).rowCount, 1);
  } finally {
    await order.letGo();
  }
  const statuses = await Promise.all(visits.map(async (page) => (await page).status));
  assert.ok(statuses.includes(303));
  assert.deepEqual(
    statuses.filter((status) => status !== 303 && status !== 200),
    [],
  );
});
