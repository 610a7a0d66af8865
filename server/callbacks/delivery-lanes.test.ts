import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../database/statement.ts';
import { addTestClient, addTestOrder, openTestFixture, type TestFixture } from '../testing/callbacks.ts';
import { findDeliveries } from './find-deliveries.ts';
import type { LoadedDelivery } from './load-delivery.ts';

let fixture: TestFixture;

before(async () => {
  fixture = await openTestFixture();
});
after(() => fixture.close());

const rowsOf = (publisherId: number) => findDeliveries(fixture.database, { publisherId, limit: 10 });

async function loadAll(publisherId: number): Promise<LoadedDelivery[]> {
  const rows = await rowsOf(publisherId);
  const keys = rows.map((row) => ({ publisherId, deliveryId: row.delivery_id }));
  const loaded = await Promise.all(keys.map((key) => fixture.context.deliveries.load(key)));
  return loaded.flatMap(({ delivery }) => delivery ?? []);
}

async function queue(publisherId: number, orders: number): Promise<LoadedDelivery[]> {
  const client = await addTestClient(fixture.database, publisherId);
  for (let index = 0; index < orders; index += 1) {
    const order = publisherId * 100 + index;
    const facts = await addTestOrder(fixture.database, client, order, 'http://127.0.0.1/callback');
    await fixture.report([{ name: 'order completed', sequence: 1, ...facts }]);
  }
  return loadAll(publisherId);
}

const made = { status: 200, milliseconds: 5, reply: 'ok', retryAfterSeconds: undefined };
const delivered = { made: { ...made, outcome: 'delivered' }, verdict: { state: 'delivered' } } as const;
const noNext = { nextTrySeconds: undefined };

function recordDelivered(deliveries: readonly LoadedDelivery[]): Promise<void[]> {
  const verdict = { ...delivered.verdict, ...noNext };
  return Promise.all(
    deliveries.map((delivery) => fixture.context.deliveries.record({ ...delivered, delivery, verdict })),
  );
}

test('deliveries of several publishers are loaded together, and none for a foreign one', async () => {
  const [one] = await queue(1, 1);
  const [other] = await queue(2, 1);
  const { load } = fixture.context.deliveries;
  const ask = (publisherId: number, delivery: LoadedDelivery | undefined) =>
    load({ publisherId, deliveryId: delivery?.delivery_id ?? 0 });
  const found = await Promise.all([ask(1, one), ask(2, other), ask(2, one), ask(1, undefined)]);
  assert.deepEqual(
    found.map(({ delivery }) => delivery?.delivery_id),
    [one?.delivery_id, other?.delivery_id, undefined, undefined],
  );
});

test('two tries of one delivery that end together are both written', async () => {
  const [first, second] = await queue(3, 2);
  assert.ok(first && second);
  await recordDelivered([first, second, first]);
  const rows = await rowsOf(3);
  assert.deepEqual(
    new Map(rows.map((row) => [row.delivery_id, [row.state, row.tries, row.latest_tries.length]])),
    new Map([
      [second.delivery_id, ['delivered', 1, 1]],
      [first.delivery_id, ['delivered', 2, 2]],
    ]),
  );
});

test('a delivery that somebody holds locked does not keep the tries of the others from being written', async () => {
  const deliveries = await queue(4, 4);
  const locked = deliveries[1];
  assert.ok(locked);
  const lock = sql('test.lock', 'SELECT FROM deliveries WHERE delivery_id = $1 FOR UPDATE');
  await fixture.database.transaction('hold-row', async (transaction) => {
    await transaction.query(lock, [locked.delivery_id]);
    const ended = await Promise.allSettled(deliveries.map((delivery) => recordDelivered([delivery])));
    assert.deepEqual(
      ended.map(({ status }) => status),
      deliveries.map((delivery) => (delivery === locked ? 'rejected' : 'fulfilled')),
    );
  });
});
