import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { complete, register, type TestNode } from '../test-node.ts';
import { openMoneyNode, orderOf } from './test-method.ts';
import type { TestProvider } from './test-provider.ts';

let node: TestNode;
let provider: TestProvider;
before(async () => {
  ({ node, provider } = await openMoneyNode());
});
after(async () => {
  await node.close();
  await provider.close();
});
beforeEach(() => provider.reset());

type Books = { reference: string; authorized: number; captured: number; refunded: number; cancelled: number };

async function booksOf(orderId: number): Promise<Books> {
  const [books] = await node.rows<Books>(
    `SELECT reference, authorized_minor AS authorized, captured_minor AS captured, refunded_minor AS refunded,
       cancelled_minor AS cancelled FROM payment_attempts WHERE order_id = $1`,
    [orderId],
  );
  assert.ok(books);
  return books;
}

const operationsOf = (orderId: number) =>
  node.rows<{ operation_id: number; kind: string; state: string; code: string | null; amount: number }>(
    `SELECT operation_id, kind, operations.state, operations.code, operations.amount_minor AS amount
     FROM payment_operations operations JOIN payment_attempts USING (attempt_id)
     WHERE order_id = $1 AND kind <> 'charge' ORDER BY operation_id`,
    [orderId],
  );
const statesOf = async (orderId: number) =>
  (await operationsOf(orderId)).map(({ kind, state }) => `${kind} ${state}`);

const casesOf = async (orderId: number) =>
  (
    await node.rows<{ kind: string; state: string; case_id: number }>(
      'SELECT kind, state, case_id FROM cases WHERE order_id = $1 ORDER BY case_id',
      [orderId],
    )
  ).map((row) => ({ caseId: row.case_id, what: `${row.kind} ${row.state}` }));

async function ordered(changes: object = {}, prices = [100]): Promise<number> {
  const orderId = await register(node, orderOf(prices, changes));
  assert.equal((await complete(node, orderId)).body['fulfillmentStatus'], 'OK');
  return orderId;
}

async function resolve(orderId: number, outcome: string): Promise<void> {
  const open = (await casesOf(orderId)).find((one) => one.what.endsWith('open'));
  const path = `/capi/v1/client/cases/${open?.caseId}/resolve`;
  assert.equal((await node.post(path, { outcome, evidence: 'looked' })).status, 200);
}

/** Passes through all the times of the plan. */
async function waitOut(): Promise<void> {
  for (const seconds of [3, 6, 16, 50, 130, 700, 4000, 22_000, 90_000]) {
    await node.advance(seconds);
    await node.runJobs();
  }
}

test('what is reserved is captured when the order completes, once', async () => {
  const orderId = await ordered();
  await node.runJobs();
  const { reference, authorized, captured } = await booksOf(orderId);
  assert.deepEqual([authorized, captured], [10_000, 10_000]);
  assert.deepEqual(await statesOf(orderId), ['capture succeeded']);
  const [moved] = provider.movedOf(reference).filter((one) => one.kind === 'capture');
  assert.match(moved?.reference ?? '', /^p[a-z0-9]{25}$/);
  assert.deepEqual([moved?.amountMinor, moved?.lines], [10_000, 1]);
});

for (const plan of ['lost', 'failing'] as const) {
  test(`a capture whose answer is ${plan} is called again with the same reference, and moves money once`, async () => {
    const orderId = await ordered();
    provider.willAnswer('capture', plan, plan);
    await node.runJobs();
    assert.deepEqual(await statesOf(orderId), ['capture unknown']);
    await waitOut();
    const { reference, captured } = await booksOf(orderId);
    assert.deepEqual([captured, provider.moneyOf(reference)?.capturedMinor], [10_000, 10_000]);
    const calls = provider.calls.filter((call) => call.kind === 'capture');
    assert.equal(calls.length, 3);
    assert.equal(new Set(calls.map((call) => call.reference)).size, 1);
    assert.deepEqual(await casesOf(orderId), []);
  });
}

test('a runner that died between claim and answer is followed by the same call', async () => {
  const orderId = await ordered();
  provider.willAnswer('capture', 'lost');
  await node.runJobs();
  // As the dead runner left it: claimed, and nothing known of the answer.
  await node.rows(
    `UPDATE payment_operations SET state = 'sent', code = NULL FROM payment_attempts
     WHERE payment_attempts.attempt_id = payment_operations.attempt_id AND order_id = $1 AND kind = 'capture'
       AND payment_operations.state = 'sent' RETURNING 1 AS one`,
    [orderId],
  );
  await node.advance(5);
  await node.runJobs();
  const { reference } = await booksOf(orderId);
  assert.equal(provider.moneyOf(reference)?.capturedMinor, 10_000);
  assert.deepEqual(await statesOf(orderId), ['capture succeeded']);
});

for (const paymentMethod of ['nexi', 'smsPay']) {
  test(`${paymentMethod}: an answer without totals is booked once`, async () => {
    const orderId = await ordered({ paymentMethod });
    provider.willAnswer('capture', 'silent');
    await node.runJobs();
    assert.equal((await booksOf(orderId)).captured, 10_000);
    await node.runJobs();
    provider.willAnswer('refund', 'silent', 'silent');
    for (const amount of [30, 20]) {
      assert.equal((await node.post(`/capi/v1/client/order/${orderId}/refund`, { amount })).status, 202);
    }
    await node.runJobs();
    assert.equal((await booksOf(orderId)).refunded, 5000);
  });
}

for (const paymentMethod of ['nexi', 'smsPay']) {
  test(`${paymentMethod}: a pending capture stays open until the provider is done`, async () => {
    const orderId = await ordered({ paymentMethod });
    provider.willAnswer('capture', 'pending');
    await node.runJobs();
    assert.deepEqual(await statesOf(orderId), ['capture sent']);
    assert.equal((await booksOf(orderId)).captured, 0);
    provider.finish();
    await node.advance(10);
    await node.runJobs();
    assert.deepEqual(await statesOf(orderId), ['capture succeeded']);
    assert.equal((await booksOf(orderId)).captured, 10_000);
  });
}

test('a refused capture is a case; again makes a new operation, with a new reference', async () => {
  const orderId = await ordered();
  provider.willAnswer('capture', 'refused');
  await node.runJobs();
  assert.deepEqual(await statesOf(orderId), ['capture failed']);
  assert.deepEqual((await casesOf(orderId)).map((one) => one.what), ['capture failed open']);
  await resolve(orderId, 'again');
  await node.runJobs();
  assert.deepEqual(await statesOf(orderId), ['capture failed', 'capture succeeded']);
  assert.equal((await booksOf(orderId)).captured, 10_000);
  assert.equal(new Set(provider.calls.filter((one) => one.kind === 'capture').map((one) => one.reference)).size, 2);
});

test('a provider that is silent to the end becomes a case; again goes on under the same reference', async () => {
  const orderId = await ordered();
  provider.willAnswer('capture', ...Array.from({ length: 10 }, () => 'failing' as const));
  await node.runJobs();
  await waitOut();
  assert.deepEqual(await statesOf(orderId), ['capture by_hand']);
  await resolve(orderId, 'again');
  await node.runJobs();
  assert.deepEqual(await statesOf(orderId), ['capture succeeded']);
  const calls = provider.calls.filter((one) => one.kind === 'capture');
  assert.deepEqual([calls.length, new Set(calls.map((one) => one.reference)).size], [11, 1]);
});

test('a person who captured at the provider has it booked, once', async () => {
  const orderId = await ordered();
  provider.willAnswer('capture', 'refused');
  await node.runJobs();
  await resolve(orderId, 'paid');
  assert.equal((await booksOf(orderId)).captured, 10_000);
  assert.deepEqual(await statesOf(orderId), ['capture succeeded']);
});

test('what the provider did although its answers were lost closes the case by itself', async () => {
  const orderId = await ordered({}, [60, 40]);
  provider.willAnswer('capture', 'lost');
  await node.runJobs();
  const [capture] = await operationsOf(orderId);
  await node.rows(
    "UPDATE payment_operations SET state = 'by_hand' WHERE operation_id = $1 RETURNING 1 AS one",
    [capture?.operation_id],
  );
  await node.rows(
    `INSERT INTO cases (publisher_id, order_id, attempt_id, operation_id, kind, state, opened_at)
     SELECT publisher_id, $2, attempt_id, operation_id, 'capture failed', 'open', leveret_now()
     FROM payment_operations WHERE operation_id = $1 RETURNING case_id`,
    [capture?.operation_id, orderId],
  );
  const reply = await node.post(`/capi/v1/client/order/${orderId}/refund`, { amount: 10 });
  assert.equal(reply.status, 202, JSON.stringify(reply.body));
  await resolve(orderId, 'again');
  await node.runJobs();
  assert.deepEqual(await statesOf(orderId), ['capture succeeded', 'refund succeeded']);
});

test('a method that lost its settings waits, and goes on when it has them again', async () => {
  const orderId = await ordered();
  const charged = await node.runJobs();
  assert.ok(charged.length > 0);
  const reply = await node.post(`/capi/v1/client/order/${orderId}/refund`);
  assert.equal(reply.status, 202, JSON.stringify(reply.body));
  await node.rows(
    "UPDATE payment_method_settings SET merchant_id = 'away' WHERE adapter = 'test-reserving' RETURNING 1 AS one",
  );
  await node.context.methods.refresh();
  await node.runJobs();
  await node.rows(
    "UPDATE payment_method_settings SET merchant_id = '' WHERE adapter = 'test-reserving' RETURNING 1 AS one",
  );
  await node.context.methods.refresh();
  await node.advance(10);
  await node.runJobs();
  assert.equal((await booksOf(orderId)).refunded, 10_000);
});
