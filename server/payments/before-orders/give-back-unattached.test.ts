import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openPagePayments, type PagePayments } from '../../testing/page-payments.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import type { ProviderMoney } from '../port/provider-answer.ts';
import { sweepUnattachedPayments } from './sweep-unattached-payments.ts';

let fixture: PagePayments;
let node: PagePayments['node'];
before(async () => {
  fixture = await openPagePayments();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

const day = 86_400;
const reserved = { authorizedMinor: 10_000 };
const taken = { authorizedMinor: 10_000, capturedMinor: 10_000 };

async function settle(afterSeconds = 0): Promise<void> {
  await node.advance(afterSeconds);
  await sweepUnattachedPayments(node.context);
  await node.runJobs();
}

async function resolve(outcome: string): Promise<void> {
  const [open] = await fixture.openCases();
  const answer = { outcome, evidence: 'looked at the provider' };
  const reply = await node.post(`/capi/v1/client/cases/${open?.caseId}/resolve`, answer);
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
}

const movesOf = (reference: string) =>
  fixture.provider.movedOf(reference).map(({ kind, amountMinor }) => `${kind} ${amountMinor}`);

/** What the publisher did at the provider since the buyer came back, and what is left to do for us. */
const acts: [string, object, object, string[]][] = [
  ['nothing with what is reserved', reserved, {}, ['cancel 0']],
  ['nothing with what was taken', taken, {}, ['refund 10000']],
  ['take what was reserved', reserved, { capturedMinor: 10_000 }, ['refund 10000']],
  ['take a part', reserved, { capturedMinor: 4000 }, ['cancel 0', 'refund 4000']],
  ['give a part back', taken, { refundedMinor: 4000 }, ['refund 6000']],
  ['give all back', taken, { refundedMinor: 10_000 }, []],
  ['release it', reserved, { cancelledMinor: 10_000 }, []],
];

for (const [what, paid, meanwhile, moves] of acts) {
  test(`the publisher did ${what}: the provider is asked before anything goes back`, async () => {
    const { reference } = await fixture.paid(paid);
    Object.assign(fixture.provider.moneyOf(reference) ?? {}, meanwhile);
    await settle(day + 601);
    assert.deepEqual(movesOf(reference), moves);
    assert.equal(fixture.provider.calls.length, moves.length, 'nothing was refused');
    assert.deepEqual(await fixture.openCases(), []);
    await settle(2 * day);
    assert.equal(fixture.provider.calls.length, moves.length);
  });
}

test('a provider that tells nothing has nothing moved: to the end of the plan it is asked, then a person is', async () => {
  const { reference } = await fixture.paid(taken);
  fixture.provider.put(reference, { authorizedMinor: 0 });
  await settle(day + 601);
  assert.deepEqual(await fixture.openCases(), []);
  await fixture.waitOut();
  assert.equal(fixture.provider.calls.length, 0);
  assert.deepEqual(
    (await fixture.openCases()).map(({ kind }) => kind),
    ['refund failed'],
  );
  await resolve('given_back');
  await settle(2 * day);
  assert.deepEqual([fixture.provider.calls.length, await fixture.openCases()], [0, []]);
});

test('what failed and was dismissed is still held: a day later it goes back, or there is a case again', async () => {
  const { reference } = await fixture.paid(taken);
  fixture.provider.willAnswer('refund', 'refused', 'refused');
  await settle(day + 601);
  await resolve('dismissed');
  await settle(day / 2);
  assert.deepEqual([fixture.provider.calls.length, await fixture.openCases()], [1, []]);
  await settle(day);
  assert.deepEqual(
    (await fixture.openCases()).map(({ kind }) => kind),
    ['refund failed'],
  );
  await resolve('dismissed');
  await settle(day + 1);
  assert.equal(fixture.provider.moneyOf(reference)?.refundedMinor, 10_000);
  await settle(2 * day);
  assert.deepEqual([fixture.provider.calls.length, await fixture.openCases()], [3, []]);
});

test('what the provider took after it was released goes back too', async () => {
  const { reference } = await fixture.paid(reserved);
  await settle(day + 601);
  assert.deepEqual(movesOf(reference), ['cancel 0']);
  Object.assign(fixture.provider.moneyOf(reference) ?? {}, { capturedMinor: 10_000 });
  await tell(reference, { ...taken, refundedMinor: 0, cancelledMinor: 10_000 });
  await node.runJobs();
  assert.deepEqual(movesOf(reference), ['cancel 0', 'refund 10000']);
  await settle(2 * day);
  assert.equal(fixture.provider.calls.length, 2);
});

async function tell(reference: string, money: ProviderMoney): Promise<void> {
  const [attempt] = await node.rows<{ attempt_id: number }>(
    'SELECT attempt_id FROM payment_attempts WHERE reference = $1',
    [reference],
  );
  const about = { publisherId: node.client.publisher.publisherId, attemptId: attempt?.attempt_id ?? 0 };
  const evidence = { meaning: 'secured', money, raw: '' } as const;
  await node.context.database.transaction('test', (transaction) =>
    applyEvidence(node.context, transaction, { ...about, source: 'notice', evidence }),
  );
}

test('what was paid for something else than an order is not given back', async () => {
  const { reference } = await fixture.paid(taken);
  await node.rows(
    `UPDATE payments SET purpose = 'method' FROM payment_attempts attempts
     WHERE attempts.payment_id = payments.payment_id AND reference = $1 RETURNING 1 AS one`,
    [reference],
  );
  await settle(2 * day);
  assert.equal(fixture.provider.calls.length, 0);
});
