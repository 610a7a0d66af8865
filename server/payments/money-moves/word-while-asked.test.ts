import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { Job, JobKind } from '../../kit/work-queue/work.ts';
import { expireOrders } from '../../orders/expire-orders.ts';
import { orderOf } from '../../testing/money-node.ts';
import { complete, register } from '../../testing/node.ts';
import { openPagePayments, type PagePayments } from '../../testing/page-payments.ts';
import { confirmPrepaymentJob } from '../before-orders/confirm-prepayment.ts';
import { giveBackUnattachedJob } from '../before-orders/give-back-unattached.ts';
import { sweepUnattachedPayments } from '../before-orders/sweep-unattached-payments.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import { runOperationJob } from './run-operation.ts';

let fixture: PagePayments;
let node: PagePayments['node'];
let provider: PagePayments['provider'];
before(async () => {
  fixture = await openPagePayments();
  ({ node, provider } = fixture);
});
after(() => fixture.close());
beforeEach(() => provider.reset());

type Context = PagePayments['node']['context'];

/** Runs the newest job of a name, and does something while its call is on its way to the provider. */
async function runWhile(name: string, kind: JobKind<Context>, meanwhile: () => Promise<void>): Promise<void> {
  const [row] = await node.rows<{ job_id: number; arguments: Job['arguments'] }>(
    'SELECT job_id, arguments FROM jobs WHERE name = $1 ORDER BY job_id DESC LIMIT 1',
    [name],
  );
  assert.ok(row, `there is no job ${name}`);
  const { job_id: jobId } = row;
  const given = { jobId, name, lane: 'x', arguments: row.arguments, failures: 0 };
  const job: Job = { ...given, isHeld: () => Promise.resolve(true) };
  const { provider: real } = node.context;
  let isFirst = true;
  const client: SharedHttpClient = {
    ...real,
    of: (calling) => ({
      name: real.name,
      async send(request) {
        const answer = await real.of(calling).send(request);
        if (isFirst) await meanwhile();
        isFirst = false;
        return answer;
      },
    }),
  };
  await kind.run({ ...node.context, provider: client }, job);
}

async function dispute(reference: string): Promise<number> {
  const [attempt] = await node.rows<{ attempt_id: number }>(
    'SELECT attempt_id FROM payment_attempts WHERE reference = $1',
    [reference],
  );
  const about = { publisherId: node.client.publisher.publisherId, attemptId: attempt?.attempt_id ?? 0 };
  const evidence = { meaning: 'secured', attention: 'disputed', raw: '' } as const;
  await node.context.database.transaction('test', (transaction) =>
    applyEvidence(node.context, transaction, { ...about, source: 'notice', evidence }),
  );
  const [open] = await node.rows<{ case_id: number }>(
    "SELECT case_id FROM cases WHERE attempt_id = $1 AND state = 'open'",
    [about.attemptId],
  );
  return open?.case_id ?? 0;
}

async function answer(caseId: number, outcome: string): Promise<unknown[]> {
  const path = `/capi/v1/client/cases/${caseId}/resolve`;
  const { status, body } = await node.post(path, { outcome, evidence: 'looked' });
  return status === 200 ? [status] : [status, body['code']];
}

test('given back while the call of a refund is on its way: the answer waits', async () => {
  const orderId = await fixture.captured();
  const caseId = await dispute((await fixture.booksOf(orderId)).reference);
  await fixture.refund(orderId);
  let answered: unknown[] = [];
  await runWhile('run-operation', runOperationJob, async () => {
    answered = await answer(caseId, 'given_back');
  });
  assert.deepEqual(answered, [409, 'money_is_under_way']);
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
  assert.equal(provider.moneyOf((await fixture.booksOf(orderId)).reference)?.refundedMinor, 10_000);
});

for (const held of [{ authorizedMinor: 10_000 }, { authorizedMinor: 10_000, capturedMinor: 10_000 }]) {
  test(`given back while the provider is asked about what nobody took, ${JSON.stringify(held)}`, async () => {
    const { reference } = await fixture.paid(held);
    await node.advance(86_400 + 601);
    await sweepUnattachedPayments(node.context);
    await runWhile('give-back-unattached', giveBackUnattachedJob, async () => {
      assert.deepEqual(await answer(await dispute(reference), 'given_back'), [200]);
    });
    await node.runJobs();
    const moved = provider.movedOf(reference).map(({ kind }) => kind);
    assert.deepEqual(
      moved,
      'capturedMinor' in held ? [] : ['cancel'],
      'what is only reserved is released once',
    );
  });
}

test('withdrawn while the provider is asked about what was paid elsewhere: nothing is taken', async () => {
  const id = randomUUID() as string;
  const info = { prepaid: true, paymentInfoNexi: { transactionId: id } };
  const orderId = await register(node, orderOf([100], info));
  await complete(node, orderId);
  provider.put(id, { authorizedMinor: 10_000 });
  await runWhile('confirm-prepayment', confirmPrepaymentJob, async () => {
    const reply = await node.post(`/capi/v1/client/order/${orderId}/withdrawal`, { name: 'Kari Nordmann' });
    assert.equal(reply.body['state'], 'accepted', JSON.stringify(reply.body));
  });
  await node.runJobs();
  assert.equal(provider.moneyOf(id)?.capturedMinor, 0);
  assert.deepEqual(await fixture.caseStates(orderId), ['withdrawal refund due open']);
  await fixture.resolve(orderId, 'given_back');
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(orderId), ['withdrawal refund due resolved']);
  assert.equal(provider.moneyOf(id)?.capturedMinor, 0);
});

for (const first of [{ authorizedMinor: 10_000 }, { authorizedMinor: 9000 }]) {
  const what = JSON.stringify(first);
  test(`two runs ask at once about what was paid elsewhere, ${what} first: it is booked, and no case`, async () => {
    const id = randomUUID() as string;
    const info = { prepaid: true, paymentInfoNexi: { transactionId: id } };
    const orderId = await register(node, orderOf([100], info));
    await complete(node, orderId);
    provider.put(id, first);
    await runWhile('confirm-prepayment', confirmPrepaymentJob, async () => {
      provider.put(id, { authorizedMinor: 10_000 });
      await node.runJobs();
    });
    await node.runJobs();
    assert.deepEqual(await fixture.caseStates(orderId), []);
    assert.equal(provider.moneyOf(id)?.capturedMinor, 10_000);
    assert.deepEqual(await fixture.operationsOf(orderId), ['capture succeeded 10000']);
  });
}

test('withdrawn before a payment on the page is looked at: one case, and given back it is released once', async () => {
  const { told, reference } = await fixture.paid();
  const orderId = await register(node, orderOf([100], told.order));
  await complete(node, orderId);
  await runWhile('confirm-prepayment', confirmPrepaymentJob, async () => {
    await node.post(`/capi/v1/client/order/${orderId}/withdrawal`, { name: 'Kari Nordmann' });
  });
  await sweepUnattachedPayments(node.context);
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(orderId), ['withdrawal refund due open']);
  await fixture.resolve(orderId, 'given_back');
  await node.advance(2 * 86_400);
  await sweepUnattachedPayments(node.context);
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(orderId), ['withdrawal refund due resolved']);
  const moved = provider.movedOf(reference).map(({ kind }) => kind);
  assert.deepEqual(moved, ['cancel']);
});

for (const [kind, isFirst] of [
  ['prepayment mismatch', true],
  ['withdrawal refund due', false],
] as const) {
  test(`a mismatch that is withdrawn from: given back for the ${kind}, both are answered`, async () => {
    const id = randomUUID() as string;
    const info = { prepaid: true, paymentInfoNexi: { transactionId: id } };
    provider.put(id, { authorizedMinor: 9000 });
    const orderId = await register(node, orderOf([100], info));
    await complete(node, orderId);
    await node.runJobs();
    await node.post(`/capi/v1/client/order/${orderId}/withdrawal`, { name: 'Kari Nordmann' });
    const [first, second, ...others] = await fixture.casesOf(orderId);
    assert.deepEqual([first?.state, second?.state, others], ['open', 'open', []]);
    const asked = isFirst ? first : second;
    assert.equal(asked?.kind, kind);
    assert.deepEqual(await answer(asked?.case_id ?? 0, 'given_back'), [200]);
    await node.runJobs();
    assert.deepEqual(await fixture.caseStates(orderId), [
      'prepayment mismatch resolved',
      'withdrawal refund due resolved',
    ]);
  });
}

test('a part of a mismatch that is withdrawn from, given back, leaves the rest to be answered', async () => {
  const info = { prepaid: true, paymentInfoNexi: { transactionId: randomUUID() as string } };
  const orderId = await register(node, orderOf([60, 40], info));
  await complete(node, orderId);
  await node.runJobs();
  const part = { name: 'Kari Nordmann', lines: [2] };
  await node.post(`/capi/v1/client/order/${orderId}/withdrawal`, part);
  const due = (await fixture.casesOf(orderId)).find((one) => one.kind === 'withdrawal refund due');
  assert.deepEqual(await answer(due?.case_id ?? 0, 'given_back'), [200]);
  assert.deepEqual(await fixture.caseStates(orderId), [
    'prepayment mismatch open',
    'withdrawal refund due resolved',
  ]);
});

test('given back elsewhere where no account of ours stands for it: a withdrawal has nobody give it back again', async () => {
  const id = randomUUID() as string;
  const info = { prepaid: true, paymentInfoNexi: { transactionId: id } };
  provider.put(id, { authorizedMinor: 9000 });
  const orderId = await register(node, orderOf([100], info));
  await complete(node, orderId);
  await node.runJobs();
  const [open] = await fixture.casesOf(orderId);
  const { methods } = node.context;
  node.context.methods = { ...methods, find: () => undefined };
  assert.deepEqual(await answer(open?.case_id ?? 0, 'given_back'), [200]);
  node.context.methods = methods;
  assert.equal((await fixture.refund(orderId)).body['code'], 'nothing_to_refund');
  await node.post(`/capi/v1/client/order/${orderId}/withdrawal`, { name: 'Kari Nordmann' });
  assert.deepEqual(await fixture.caseStates(orderId), ['prepayment mismatch resolved']);
});

test('a prepaid order that nobody completed, given back: what is only reserved is released', async () => {
  const { told, reference } = await fixture.paid();
  const orderId = await register(node, orderOf([100], told.order));
  await node.advance(8 * 86_400);
  await expireOrders(node.context);
  const [open] = await fixture.casesOf(orderId);
  assert.deepEqual(await answer(open?.case_id ?? 0, 'given_back'), [200]);
  await node.runJobs();
  assert.equal(provider.moneyOf(reference)?.cancelledMinor, 10_000);
});
