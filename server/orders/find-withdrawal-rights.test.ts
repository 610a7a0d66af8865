import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../database/statement.ts';
import { openTestFixture, type TestFixture } from '../testing/orders.ts';
import { findWithdrawalRights, lockWithdrawalRights } from './find-withdrawal-rights.ts';

let fixture: TestFixture;
before(async () => {
  fixture = await openTestFixture();
});
after(() => fixture.close());

async function bought() {
  const publisherId = await fixture.addPublisher();
  const { orderId } = await fixture.addOrder({ publisherId, lines: [{ spec_type: 'product' }] });
  return { publisherId, orderId };
}

test('an order that is asked about twice has its lines once, and is nothing to another publisher', async () => {
  const [own, other] = [await bought(), await bought()];
  const stranger = { publisherId: other.publisherId, orderId: own.orderId };
  const found = await findWithdrawalRights(fixture.database, [stranger, own, other, own]);
  assert.deepEqual(
    found.map((order) => order && [order.orderId, order.lines.length]),
    [undefined, [own.orderId, 1], [other.orderId, 1], [own.orderId, 1]],
  );
});

const waitingForLocks = `SELECT 1 AS one FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;
const press = sql(
  'test.press',
  `INSERT INTO order_checkouts (publisher_id, order_id, text_version, text_sha256, language, amount_minor,
     early_start, pressed_at)
   VALUES ($1, $2, '1', sha256('1'), 'nb', 9900, true, leveret_now())`,
);
const lock = sql('test.lock', 'SELECT 1 AS one FROM orders WHERE order_id = $1 FOR UPDATE');

test('what the buyer pressed while the order was waited for counts', async () => {
  const own = await bought();
  const { database } = fixture;
  let waiting: Promise<unknown> = Promise.resolve();
  await database.transaction('press', async (transaction) => {
    await transaction.query(lock, [own.orderId]);
    waiting = database.transaction('withdraw', (other) => lockWithdrawalRights(other, own));
    while ((await fixture.rows(waitingForLocks)).length === 0);
    await transaction.query(press, [own.publisherId, own.orderId]);
  });
  const order = (await waiting) as Awaited<ReturnType<typeof lockWithdrawalRights>>;
  assert.deepEqual(
    [order?.earlyStart, order?.lines[0]?.right],
    [true, { lineNumber: 1, right: 'no', why: 'digital content begun' }],
  );
});
