import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { Job } from '../../kit/work-queue/work.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { runOperationJob } from './run-operation.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
let provider: MoneyFixture['provider'];
before(async () => {
  fixture = await openMoneyFixture();
  ({ node, provider } = fixture);
});
after(() => fixture.close());
beforeEach(() => provider.reset());

const statesOf = async (orderId: number) =>
  (await fixture.operationsOf(orderId)).map((one) => one.replace(/ \d+$/, ''));
const capturesCalled = () => provider.calls.filter((call) => call.kind === 'capture');

test('what is reserved is captured when the order completes, once', async () => {
  const orderId = await fixture.ordered();
  await node.runJobs();
  const { reference, authorized, captured } = await fixture.booksOf(orderId);
  assert.deepEqual([authorized, captured], [10_000, 10_000]);
  assert.deepEqual(await statesOf(orderId), ['capture succeeded']);
  const [moved] = provider.movedOf(reference).filter((one) => one.kind === 'capture');
  assert.match(moved?.reference ?? '', /^p[a-z0-9]{25}$/);
  assert.deepEqual([moved?.amountMinor, moved?.lines], [10_000, 1]);
});

for (const plan of ['lost', 'failing'] as const) {
  test(`a capture whose answer is ${plan} is called again with the same reference, and moves money once`, async () => {
    const orderId = await fixture.ordered();
    provider.willAnswer('capture', plan, plan);
    await node.runJobs();
    assert.deepEqual(await statesOf(orderId), ['capture unknown']);
    await fixture.waitOut();
    const { reference, captured } = await fixture.booksOf(orderId);
    assert.deepEqual([captured, provider.moneyOf(reference)?.capturedMinor], [10_000, 10_000]);
    assert.equal(capturesCalled().length, 3);
    assert.equal(new Set(capturesCalled().map((call) => call.reference)).size, 1);
    assert.deepEqual(await fixture.casesOf(orderId), []);
  });
}

test('what is refused for now goes on under new references, and moves money once', async () => {
  const orderId = await fixture.ordered();
  provider.willAnswer('capture', 'busy', 'busy');
  await node.runJobs();
  assert.deepEqual(await statesOf(orderId), ['capture sent']);
  await fixture.waitOut();
  const { reference, captured } = await fixture.booksOf(orderId);
  assert.deepEqual([captured, provider.moneyOf(reference)?.capturedMinor], [10_000, 10_000]);
  assert.equal(capturesCalled().length, 3);
  assert.equal(new Set(capturesCalled().map((call) => call.reference)).size, 3);
  assert.deepEqual(await statesOf(orderId), ['capture succeeded']);
  assert.deepEqual(await fixture.casesOf(orderId), []);
});

test('an answer that was lost is asked for under its reference, also after one that was refused for now', async () => {
  const orderId = await fixture.ordered();
  provider.willAnswer('capture', 'busy', 'lost');
  await node.runJobs();
  await fixture.waitOut();
  const { reference, captured } = await fixture.booksOf(orderId);
  assert.deepEqual([captured, provider.moneyOf(reference)?.capturedMinor], [10_000, 10_000]);
  const references = capturesCalled().map((call) => call.reference);
  assert.deepEqual([references.length, new Set(references).size], [3, 2]);
});

test('what may have been done already is asked about when it is refused for now, and not done under another', async () => {
  const orderId = await fixture.captured();
  provider.willAnswer('refund', 'lost', 'busy');
  await fixture.refund(orderId, { amount: 40 });
  await node.runJobs();
  await fixture.waitOut();
  const { reference, refunded: booked } = await fixture.booksOf(orderId);
  assert.deepEqual([booked, provider.moneyOf(reference)?.refundedMinor], [4000, 4000]);
  assert.deepEqual(await statesOf(orderId), ['capture succeeded', 'refund succeeded']);
});

test('so is what a runner that died may have done', async () => {
  const { orderId, job } = await refunded({ amount: 40 });
  await assert.rejects(
    runOperationJob.run({ ...node.context, provider: killedAfterCall() }, held(job)),
    /killed/,
  );
  provider.willAnswer('refund', 'busy');
  await node.runJobs();
  await fixture.waitOut();
  const { reference, refunded: booked } = await fixture.booksOf(orderId);
  assert.deepEqual([booked, provider.moneyOf(reference)?.refundedMinor], [4000, 4000]);
});

async function takeJob(): Promise<Omit<Job, 'isHeld'>> {
  const [row] = await node.rows<{ job_id: number; arguments: Job['arguments'] }>(
    "SELECT job_id, arguments FROM jobs WHERE name = 'run-operation' ORDER BY job_id DESC",
  );
  assert.ok(row);
  return { jobId: row.job_id, name: 'run-operation', lane: 'x', arguments: row.arguments, failures: 0 };
}

/** An order whose refund is written, and waits for a runner. */
async function refunded(body: object = {}): Promise<{ orderId: number; job: Omit<Job, 'isHeld'> }> {
  const orderId = await fixture.captured();
  await fixture.refund(orderId, body);
  return { orderId, job: await takeJob() };
}

const held = (job: Omit<Job, 'isHeld'>): Job => ({ ...job, isHeld: () => Promise.resolve(true) });

/** A client by which the call is made, and the runner dies before the answer is written down. */
function killedAfterCall(): SharedHttpClient {
  const { provider: real } = node.context;
  return {
    ...real,
    of: (calling) => ({
      name: real.name,
      async send(request) {
        await real.of(calling).send(request);
        throw new Error('killed');
      },
    }),
  };
}

test('a runner that dies between claim and answer is followed by the same call', async () => {
  const { orderId, job } = await refunded();
  await assert.rejects(
    runOperationJob.run({ ...node.context, provider: killedAfterCall() }, held(job)),
    /killed/,
  );
  assert.deepEqual(await statesOf(orderId), ['capture succeeded', 'refund sent']);
  await node.runJobs();
  assert.deepEqual(await statesOf(orderId), ['capture succeeded', 'refund succeeded']);
  const references = provider.calls.filter((call) => call.kind === 'refund').map((call) => call.reference);
  assert.deepEqual([references.length, new Set(references).size], [2, 1]);
  const { reference, refunded: booked } = await fixture.booksOf(orderId);
  assert.deepEqual([booked, provider.moneyOf(reference)?.refundedMinor], [10_000, 10_000]);
});

test('a refusal says nothing about what the totals have shown to be done already', async () => {
  const { orderId, job } = await refunded();
  const { provider: real } = node.context;
  const returned = {
    authorizedMinor: 10_000,
    capturedMinor: 10_000,
    refundedMinor: 10_000,
    cancelledMinor: 0,
  };
  const told: SharedHttpClient = {
    ...real,
    of: (calling) => ({
      name: real.name,
      async send(request) {
        await fixture.tell(orderId, { meaning: 'secured', money: returned });
        return real.of(calling).send(request);
      },
    }),
  };
  provider.willAnswer('refund', 'refused');
  assert.equal((await runOperationJob.run({ ...node.context, provider: told }, held(job))).kind, 'done');
  assert.deepEqual(await statesOf(orderId), ['capture succeeded', 'refund succeeded']);
  assert.deepEqual(await fixture.casesOf(orderId), []);
});

test('a runner that lost its lease does not call, and eight at once move the money once', async () => {
  const { orderId, job } = await refunded();
  const lost = { ...job, isHeld: () => Promise.resolve(false) };
  assert.equal((await runOperationJob.run(node.context, lost)).kind, 'later');
  assert.equal(provider.calls.filter((call) => call.kind === 'refund').length, 0);
  await Promise.all(Array.from({ length: 8 }, () => runOperationJob.run(node.context, held(job))));
  const { reference, refunded: booked } = await fixture.booksOf(orderId);
  assert.deepEqual([booked, provider.moneyOf(reference)?.refundedMinor], [10_000, 10_000]);
});

for (const paymentMethod of ['nexi', 'smsPay']) {
  test(`${paymentMethod}: an answer without totals is booked once`, async () => {
    const orderId = await fixture.ordered([100], { paymentMethod });
    provider.willAnswer('capture', 'silent');
    await node.runJobs();
    assert.equal((await fixture.booksOf(orderId)).captured, 10_000);
    await node.runJobs();
    provider.willAnswer('refund', 'silent', 'silent');
    for (const amount of [30, 20]) {
      assert.equal((await fixture.refund(orderId, { amount })).status, 202);
    }
    await node.runJobs();
    assert.equal((await fixture.booksOf(orderId)).refunded, 5000);
  });
}

for (const paymentMethod of ['nexi', 'smsPay']) {
  test(`${paymentMethod}: a pending capture stays open until the provider is done`, async () => {
    const orderId = await fixture.ordered([100], { paymentMethod });
    provider.willAnswer('capture', 'pending');
    await node.runJobs();
    assert.deepEqual(await statesOf(orderId), ['capture sent']);
    assert.equal((await fixture.booksOf(orderId)).captured, 0);
    provider.finish();
    await node.advance(10);
    await node.runJobs();
    assert.deepEqual(await statesOf(orderId), ['capture succeeded']);
    assert.equal((await fixture.booksOf(orderId)).captured, 10_000);
  });
}

test('a refused capture is a case; again makes a new operation, with a new reference', async () => {
  const orderId = await fixture.ordered();
  provider.willAnswer('capture', 'refused');
  await node.runJobs();
  assert.deepEqual(await statesOf(orderId), ['capture failed']);
  assert.deepEqual(await fixture.caseStates(orderId), ['capture failed open']);
  await fixture.resolve(orderId, 'again');
  await node.runJobs();
  assert.deepEqual(await statesOf(orderId), ['capture failed', 'capture succeeded']);
  assert.equal((await fixture.booksOf(orderId)).captured, 10_000);
  assert.equal(new Set(capturesCalled().map((one) => one.reference)).size, 2);
});

test('a provider that is silent to the end becomes a case; again goes on under the same reference', async () => {
  const orderId = await fixture.ordered();
  provider.willAnswer('capture', ...Array.from({ length: 10 }, () => 'failing' as const));
  await node.runJobs();
  await fixture.waitOut();
  assert.deepEqual(await statesOf(orderId), ['capture by_hand']);
  await fixture.resolve(orderId, 'again');
  await node.runJobs();
  assert.deepEqual(await statesOf(orderId), ['capture succeeded']);
  const references = capturesCalled().map((one) => one.reference);
  assert.deepEqual([references.length, new Set(references).size], [11, 1]);
});

test('a person who captured at the provider has it booked, once', async () => {
  const orderId = await fixture.ordered();
  provider.willAnswer('capture', 'refused');
  await node.runJobs();
  await fixture.resolve(orderId, 'paid');
  assert.equal((await fixture.booksOf(orderId)).captured, 10_000);
  assert.deepEqual(await statesOf(orderId), ['capture succeeded']);
});

test('totals that cover what a person was asked about close the case by themselves', async () => {
  const orderId = await fixture.ordered();
  provider.willAnswer('capture', ...Array.from({ length: 10 }, () => 'failing' as const));
  await node.runJobs();
  await fixture.waitOut();
  assert.deepEqual(await statesOf(orderId), ['capture by_hand']);
  const money = { authorizedMinor: 10_000, capturedMinor: 10_000, refundedMinor: 0, cancelledMinor: 0 };
  await fixture.tell(orderId, { meaning: 'secured', money });
  assert.deepEqual(await statesOf(orderId), ['capture succeeded']);
  assert.deepEqual(await fixture.caseStates(orderId), ['capture failed resolved']);
});

test('a method that lost its settings waits, and goes on when it has them again', async () => {
  const orderId = await fixture.ordered();
  const charged = await node.runJobs();
  assert.ok(charged.length > 0);
  const reply = await fixture.refund(orderId);
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
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
});
