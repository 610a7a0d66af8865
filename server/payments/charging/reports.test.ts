import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { complete, openTestNode, register, smsOrder, type TestNode } from '../../testing/node.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

/** An order whose charge the gateway has queued; answers the reference of its attempt. */
async function charged(): Promise<{ orderId: number; reference: string }> {
  const orderId = await register(node, smsOrder());
  await complete(node, orderId, { callbackUrl: 'http://127.0.0.1:9/told' });
  await node.runJobs();
  const [attempt] = await node.rows<{ reference: string }>(
    'SELECT reference FROM payment_attempts WHERE order_id = $1',
    [orderId],
  );
  assert.ok(attempt);
  return { orderId, reference: attempt.reference };
}

type End = { state: string; captured: number; grants: number; callbacks: string; cases: number };

async function endOf(orderId: number): Promise<End> {
  const [end] = await node.rows<End>(
    `SELECT state, (SELECT captured_minor FROM payments
      WHERE payments.order_id = orders.order_id) AS captured,
       (SELECT count(*) FROM grants WHERE grants.order_id = orders.order_id AND revoked_at IS NULL) AS grants,
       (SELECT string_agg(event_name, ', ' ORDER BY sequence) FROM deliveries
        WHERE deliveries.order_id = orders.order_id AND kind = 'callback') AS callbacks,
       (SELECT count(*) FROM cases WHERE cases.order_id = orders.order_id AND state = 'open') AS cases
     FROM orders WHERE order_id = $1`,
    [orderId],
  );
  assert.ok(end);
  return end;
}

async function attemptState(reference: string): Promise<string | undefined> {
  const [row] = await node.rows<{ state: string }>(
    'SELECT state FROM payment_attempts WHERE reference = $1',
    [reference],
  );
  return row?.state;
}

test('64 reports at once have one effect, and every one is kept as evidence', async () => {
  const { orderId, reference } = await charged();
  const statuses = await Promise.all(Array.from({ length: 64 }, () => node.report(reference, 1001)));
  assert.deepEqual([...new Set(statuses)], [200]);
  const end = await endOf(orderId);
  assert.deepEqual([end.state, end.captured, end.grants, end.cases], ['completed', 14_900, 2, 0]);
  assert.equal(end.callbacks.split(', ').length, 1);
  const [evidence] = await node.rows<{ kept: number; applied: number }>(
    `SELECT count(*) AS kept, count(*) FILTER (WHERE applied) AS applied FROM payment_outcomes
       JOIN payment_attempts USING (attempt_id)
     WHERE order_id = $1 AND source = 'notice'`,
    [orderId],
  );
  assert.deepEqual(evidence, { kept: 64, applied: 1 });
  const completed = await node.rows(
    "SELECT event_id FROM events WHERE order_id = $1 AND name = 'order completed'",
    [orderId],
  );
  assert.equal(completed.length, 1);
});

const courses: [string, number[]][] = [
  ['billed', [1000, 1013, 1011, 1001]],
  ['billed, not delivered', [1008, 1009]],
  ['refused', [1000, 1012, 2201]],
  ['unknown billing', [1000, 1013, 1010]],
  ['unknown billing, then billed', [1000, 1010, 1001]],
  ['unknown billing, then refused', [1000, 5, 2202]],
];

for (const [name, codes] of courses) {
  test(`reports in any order and any number end as in order: ${name}`, async () => {
    const inOrder = await charged();
    for (const code of codes) await node.report(inOrder.reference, code);
    const wanted = await endOf(inOrder.orderId);
    const wantedAttempt = await attemptState(inOrder.reference);
    const shuffled = fc
      .shuffledSubarray([...codes, ...codes], { minLength: codes.length })
      .filter((given) => codes.every((code) => given.includes(code)));
    await fc.assert(
      fc.asyncProperty(shuffled, async (given) => {
        const { orderId, reference } = await charged();
        for (const code of given) assert.equal(await node.report(reference, code), 200);
        assert.deepEqual(await endOf(orderId), wanted);
        assert.equal(await attemptState(reference), wantedAttempt);
      }),
      { numRuns: 35 },
    );
  });
}

test('money that contradicts a refusal is never ignored, and a refusal never takes back money', async () => {
  const late = await charged();
  await node.report(late.reference, 2201);
  assert.equal((await endOf(late.orderId)).state, 'stopped');
  await node.report(late.reference, 1001);
  const afterAll = await endOf(late.orderId);
  assert.deepEqual([afterAll.state, afterAll.captured, afterAll.grants], ['completed', 14_900, 2]);
  assert.equal(afterAll.callbacks.split(', ').length, 2);
  const early = await charged();
  await node.report(early.reference, 1001);
  await node.report(early.reference, 2201);
  const kept = await endOf(early.orderId);
  assert.deepEqual([kept.state, kept.captured, kept.grants, kept.cases], ['completed', 14_900, 2, 0]);
});

test('a report without a code says nothing about money', async () => {
  const { orderId, reference } = await charged();
  for (const code of [null, '', true, [], {}, 'x', 1.5, '1e3', ' 1001']) {
    assert.equal(await node.report(reference, code), 400, JSON.stringify(code));
  }
  assert.equal((await endOf(orderId)).state, 'paying');
  assert.equal(await node.report(reference, '1001'), 200);
  assert.equal((await endOf(orderId)).state, 'completed');
});

test('a report with wrong credentials or at a wrong address changes nothing and may come again', async () => {
  const { orderId, reference } = await charged();
  assert.equal(await node.report(reference, 1001, { authorization: 'Basic bm86bm8=' }), 401);
  assert.equal(await node.report(reference, 1001, { authorization: '' }), 401);
  assert.equal(await node.report(reference, 1001, { token: 'guessed' }), 401);
  assert.equal((await endOf(orderId)).state, 'paying');
});

test('a report about something that is not ours is taken, so that it is not sent again', async () => {
  assert.equal(await node.report('p0000000000000000000000000', 1001), 200);
});

test('money that arrives after a cancel is given back by a person', async () => {
  const { orderId, reference } = await charged();
  assert.equal((await node.post(`/capi/v1/client/order/${orderId}/cancel`)).status, 202);
  await node.report(reference, 1001);
  const end = await endOf(orderId);
  assert.deepEqual([end.state, end.captured, end.grants, end.cases], ['stopped', 14_900, 0, 1]);
  const { body } = await node.get(`/capi/v1/client/order/${orderId}`);
  assert.equal(body['stoppedReason'], 'cancelled');
});

test('a cancelled order whose charge was refused ends as cancelled, with nothing to give back', async () => {
  const { orderId, reference } = await charged();
  await node.post(`/capi/v1/client/order/${orderId}/cancel`);
  await node.report(reference, 2201);
  assert.deepEqual([(await endOf(orderId)).state, (await endOf(orderId)).cases], ['stopped', 0]);
  await node.report(reference, 1001);
  const end = await endOf(orderId);
  assert.deepEqual([end.state, end.captured, end.cases], ['stopped', 14_900, 1]);
});

test('a publisher that refunds late payments keeps the order stopped', async () => {
  const { publisherId } = node.client.publisher;
  const choose = (choice: string) =>
    node.rows(
      `UPDATE publishers SET settings = settings || jsonb_build_object('lateMoney', $2::text)
       WHERE publisher_id = $1 RETURNING publisher_id`,
      [publisherId, choice],
    );
  await choose('give back');
  const { orderId, reference } = await charged();
  await node.report(reference, 2201);
  await node.report(reference, 1001);
  await choose('complete if no refund');
  const end = await endOf(orderId);
  assert.deepEqual([end.state, end.captured, end.grants, end.cases], ['stopped', 14_900, 0, 1]);
});
