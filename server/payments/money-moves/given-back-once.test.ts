import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openPagePayments, type PagePayments } from '../../testing/page-payments.ts';
import { sweepUnattachedPayments } from '../before-orders/sweep-unattached-payments.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import type { Evidence } from '../port/provider-answer.ts';

let fixture: PagePayments;
let node: PagePayments['node'];
let provider: PagePayments['provider'];
before(async () => {
  fixture = await openPagePayments();
  ({ node, provider } = fixture);
});
after(() => fixture.close());
beforeEach(() => provider.reset());

const none = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
const taken = { ...none, authorizedMinor: 10_000, capturedMinor: 10_000 };
const moving = [409, 'money_is_under_way'];
const misfit = [409, 'case_outcome_does_not_fit'];

/** Answers the open case of a kind, or the only one; says how that was answered. */
async function answer(orderId: number, outcome: string, kind?: string): Promise<unknown[]> {
  const [open] = (await fixture.casesOf(orderId)).filter(
    (one) => one.state === 'open' && (kind === undefined || one.kind === kind),
  );
  return answerCase(open?.case_id, outcome);
}

async function answerCase(caseId: number | undefined, outcome: string): Promise<unknown[]> {
  const path = `/capi/v1/client/cases/${caseId}/resolve`;
  const { status, body } = await node.post(path, { outcome, evidence: 'looked' });
  return status === 200 ? [status] : [status, body['code']];
}

async function dispute(orderId: number): Promise<void> {
  const { attempt_id: attemptId } = await fixture.booksOf(orderId);
  await hear(attemptId, { meaning: 'secured', attention: 'disputed', raw: '' });
}

function hear(attemptId: number, evidence: Evidence): Promise<unknown> {
  const { publisherId } = node.client.publisher;
  return node.context.database.transaction('test', (transaction) =>
    applyEvidence(node.context, transaction, { publisherId, attemptId, source: 'notice', evidence }),
  );
}

/** All that the provider says of a payment. */
async function hearBooks(orderId: number): Promise<void> {
  const { attempt_id: attemptId, reference } = await fixture.booksOf(orderId);
  const money = { ...none, ...provider.moneyOf(reference) };
  await hear(attemptId, { meaning: 'secured', money, raw: '' });
}

const backAtProvider = async (orderId: number) =>
  provider.moneyOf((await fixture.booksOf(orderId)).reference)?.refundedMinor;
const booked = async (orderId: number) => {
  const { captured, refunded, cancelled } = await fixture.booksOf(orderId);
  return [captured, refunded, cancelled];
};

for (const plan of ['failing', 'lost', 'pending'] as const) {
  test(`given back while a refund is ${plan} at the provider: the answer waits, and the money goes back once`, async () => {
    const orderId = await fixture.captured();
    await dispute(orderId);
    provider.willAnswer('refund', plan);
    await fixture.refund(orderId);
    await node.runJobs();
    assert.deepEqual(await answer(orderId, 'given_back'), moving);
    assert.deepEqual(await booked(orderId), [10_000, 0, 0]);
    provider.finish();
    await fixture.waitOut();
    assert.deepEqual(await answer(orderId, 'given_back'), [200]);
    assert.deepEqual([await booked(orderId), await backAtProvider(orderId)], [[10_000, 10_000, 0], 10_000]);
  });
}

test('given back before a refund was begun: nobody asks the provider for it any more', async () => {
  const orderId = await fixture.captured();
  await dispute(orderId);
  await fixture.refund(orderId);
  assert.deepEqual(await answer(orderId, 'given_back'), [200]);
  await fixture.waitOut();
  assert.deepEqual([await booked(orderId), await backAtProvider(orderId)], [[10_000, 10_000, 0], 0]);
  assert.deepEqual(await fixture.caseStates(orderId), ['payment disputed resolved']);
  const codes = await node.rows<{ code: string | null }>(
    `SELECT code FROM payment_operations JOIN payment_attempts USING (attempt_id)
     WHERE order_id = $1 AND kind = 'refund' ORDER BY operation_id`,
    [orderId],
  );
  assert.deepEqual(
    codes.map(({ code }) => code),
    ['withdrawn', null],
  );
});

test('given back while a refund waits for another try after it was surely not done: it is withdrawn', async () => {
  const orderId = await fixture.captured();
  await dispute(orderId);
  provider.willAnswer('refund', 'busy');
  await fixture.refund(orderId, { amount: 30 });
  await node.runJobs();
  assert.deepEqual(await answer(orderId, 'given_back'), [200]);
  await fixture.waitOut();
  assert.deepEqual([await booked(orderId), await backAtProvider(orderId)], [[10_000, 10_000, 0], 0]);
});

test('given back while a refund waits for a person: it is that refund, and its case is closed', async () => {
  const orderId = await fixture.captured();
  await dispute(orderId);
  provider.willAnswer('refund', ...Array.from({ length: 10 }, () => 'failing' as const));
  await fixture.refund(orderId, { amount: 30 });
  await node.runJobs();
  await fixture.waitOut();
  assert.deepEqual(await answer(orderId, 'given_back', 'payment disputed'), [200]);
  assert.deepEqual(await booked(orderId), [10_000, 10_000, 0]);
  assert.deepEqual(await fixture.caseStates(orderId), [
    'payment disputed resolved',
    'refund failed resolved',
  ]);
});

test('given back while the money is being taken: the answer waits; before that it is not taken', async () => {
  const orderId = await fixture.reserved([100], ['dispatched']);
  await dispute(orderId);
  provider.willAnswer('capture', 'failing');
  await fixture.capture(orderId, { amount: 60 });
  await node.runJobs();
  assert.deepEqual(await answer(orderId, 'given_back'), moving);
  await fixture.waitOut();
  await fixture.capture(orderId, { amount: 40 });
  assert.deepEqual(await answer(orderId, 'given_back'), [200]);
  await node.runJobs();
  assert.deepEqual(await booked(orderId), [6000, 6000, 4000]);
  assert.deepEqual([await backAtProvider(orderId), provider.calls.at(-1)?.kind], [0, 'cancel']);
});

/** Captured, and a refund of it refused. */
async function refused(): Promise<number> {
  const orderId = await fixture.captured();
  provider.willAnswer('refund', 'refused');
  await fixture.refund(orderId);
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(orderId), ['refund failed open']);
  return orderId;
}

test('a refused refund given back by hand while another is at the provider: the answer waits', async () => {
  const orderId = await refused();
  provider.willAnswer('refund', 'failing');
  await fixture.refund(orderId);
  await node.runJobs();
  assert.deepEqual(await answer(orderId, 'given_back'), moving);
  await fixture.waitOut();
  assert.deepEqual([await booked(orderId), await backAtProvider(orderId)], [[10_000, 10_000, 0], 10_000]);
  assert.deepEqual(await fixture.caseStates(orderId), ['refund failed resolved'], 'nothing is left');
});

test('a refused refund given back by hand before another was begun: the other is withdrawn', async () => {
  const orderId = await refused();
  await fixture.refund(orderId);
  assert.deepEqual(await answer(orderId, 'given_back'), [200]);
  await fixture.waitOut();
  assert.deepEqual([await booked(orderId), await backAtProvider(orderId)], [[10_000, 10_000, 0], 0]);
  assert.deepEqual(await fixture.caseStates(orderId), ['refund failed resolved']);
});

test('a refused refund whose money another gave back: nothing more moves, and its case is dismissed', async () => {
  const orderId = await fixture.reserved([60, 40], ['access', 'dispatched']);
  provider.willAnswer('refund', 'refused');
  for (let times = 0; times < 2; times += 1) {
    await fixture.refund(orderId, { lines: [{ lineNumber: 1 }] });
    await node.runJobs();
  }
  assert.deepEqual(await booked(orderId), [6000, 6000, 0]);
  for (const outcome of ['given_back', 'again']) assert.deepEqual(await answer(orderId, outcome), misfit);
  await node.runJobs();
  assert.deepEqual(await booked(orderId), [6000, 6000, 0]);
  assert.deepEqual(await answer(orderId, 'dismissed'), [200]);
});

test('captured by hand while another capture is at the provider: the answer waits; before, it is withdrawn', async () => {
  for (const isBegun of [true, false]) {
    const orderId = await fixture.reserved([100], ['dispatched']);
    provider.willAnswer('capture', 'refused', ...(isBegun ? (['failing'] as const) : []));
    await fixture.capture(orderId);
    await node.runJobs();
    await fixture.capture(orderId);
    if (isBegun) await node.runJobs();
    assert.deepEqual(await answer(orderId, 'paid'), isBegun ? moving : [200]);
    await fixture.waitOut();
    assert.deepEqual(await booked(orderId), [10_000, 0, 0]);
    const { reference, authorized } = await fixture.booksOf(orderId);
    assert.deepEqual(
      [provider.moneyOf(reference)?.capturedMinor, authorized],
      [isBegun ? 10_000 : 0, 10_000],
    );
  }
});

/** A cancelled order whose reserved money could not be released. */
async function stuck(): Promise<number> {
  const orderId = await fixture.ordered();
  provider.willAnswer('charge', 'pending');
  await node.runJobs();
  provider.finish();
  await node.post(`/capi/v1/client/order/${orderId}/cancel`);
  provider.willAnswer('cancel', 'refused');
  await hearBooks(orderId);
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(orderId), ['release failed open']);
  return orderId;
}

test('a release given back by hand when the money was taken instead: its refund is withdrawn, and booked', async () => {
  const orderId = await stuck();
  const { reference } = await fixture.booksOf(orderId);
  provider.put(reference, taken);
  await hearBooks(orderId);
  assert.deepEqual(await answer(orderId, 'given_back'), [200]);
  await fixture.waitOut();
  assert.deepEqual([await booked(orderId), await backAtProvider(orderId)], [[10_000, 10_000, 0], 0]);
});

test('a release given back by hand while its money is being refunded: the answer waits', async () => {
  const orderId = await stuck();
  const { reference } = await fixture.booksOf(orderId);
  provider.put(reference, taken);
  provider.willAnswer('refund', 'lost');
  await hearBooks(orderId);
  await node.runJobs();
  const answered = await answer(orderId, 'given_back');
  await fixture.waitOut();
  assert.deepEqual([answered, await backAtProvider(orderId)], [moving, 10_000]);
  assert.deepEqual(await booked(orderId), [10_000, 10_000, 0]);
});

test('what the provider took after a person gave it back: a person is asked, and no machine', async () => {
  const orderId = await stuck();
  assert.deepEqual(await answer(orderId, 'given_back'), [200]);
  const { reference } = await fixture.booksOf(orderId);
  provider.put(reference, taken);
  provider.calls.splice(0);
  await hearBooks(orderId);
  await fixture.waitOut();
  assert.deepEqual([provider.calls.length, await backAtProvider(orderId)], [0, 0]);
  assert.deepEqual(await fixture.caseStates(orderId), ['release failed resolved', 'refund failed open']);
});

test('again after another release took its place: what was bought stays paid', async () => {
  const orderId = await fixture.reserved([60, 40], ['access', 'dispatched']);
  provider.willAnswer('cancel', 'refused');
  await fixture.refund(orderId, { lines: [{ lineNumber: 2 }] });
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(orderId), ['release failed open']);
  // The rest was given up under another reference.
  const { attempt_id: attemptId } = await fixture.booksOf(orderId);
  const money = { ...none, authorizedMinor: 10_000, capturedMinor: 6000, cancelledMinor: 4000 };
  await hear(attemptId, { meaning: 'secured', money, raw: '' });
  assert.deepEqual(await answer(orderId, 'again'), misfit);
  await node.runJobs();
  assert.deepEqual(await booked(orderId), [6000, 0, 4000]);
});

test('a payment that no order took, whose money goes back twice over: once by a person, never by the machine', async () => {
  const { reference } = await fixture.paid({ authorizedMinor: 10_000 });
  const row = async () =>
    (
      await node.rows<{ attempt_id: number; refunded: number }>(
        'SELECT attempt_id, refunded_minor AS refunded FROM payment_attempts WHERE reference = $1',
        [reference],
      )
    )[0];
  const attemptId = (await row())?.attempt_id ?? 0;
  provider.willAnswer('cancel', 'refused');
  await node.advance(86_400 + 601);
  await sweepUnattachedPayments(node.context);
  await node.runJobs();
  const [open] = await fixture.openCases();
  assert.equal(open?.kind, 'release failed');
  provider.put(reference, taken);
  await hear(attemptId, { meaning: 'secured', money: taken, raw: '' });
  assert.deepEqual(await answerCase(open.caseId, 'given_back'), [200]);
  await fixture.waitOut();
  await sweepUnattachedPayments(node.context);
  await node.runJobs();
  assert.equal((await row())?.refunded, 10_000);
  assert.equal(provider.moneyOf(reference)?.refundedMinor, 0);
  assert.deepEqual(await fixture.openCases(), []);
});
