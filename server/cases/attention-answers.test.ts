import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { applyEvidence } from '../payments/ledger/apply-evidence.ts';
import type { Evidence } from '../payments/port/provider-answer.ts';
import { type MoneyFixture, openMoneyFixture } from '../testing/money.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

async function tell(orderId: number, attention: NonNullable<Evidence['attention']>): Promise<number> {
  const { attempt_id: attemptId } = await fixture.booksOf(orderId);
  const { publisherId } = node.client.publisher;
  const evidence: Evidence = { meaning: 'secured', attention, raw: '' };
  await node.context.database.transaction('test', (transaction) =>
    applyEvidence(node.context, transaction, { publisherId, attemptId, source: 'notice', evidence }),
  );
  const [open] = await fixture.casesOf(orderId);
  return open?.case_id ?? 0;
}

const isOpenFor = async (orderId: number) =>
  (
    await node.rows<{ is_open: boolean }>(
      'SELECT revoked_at IS NULL AS is_open FROM grants WHERE order_id = $1',
      [orderId],
    )
  ).some((row) => row.is_open);

for (const attention of ['disputed', 'fraud reversed', 'authorization lost', 'action required'] as const) {
  test(`${attention}, and given back: the refund is booked, access ends, and nothing else moves`, async () => {
    const orderId = await fixture.captured();
    await tell(orderId, attention);
    const calls = fixture.provider.calls.length;
    await fixture.resolve(orderId, 'given_back');
    await node.runJobs();
    const { captured, refunded } = await fixture.booksOf(orderId);
    assert.deepEqual([captured, refunded], [10_000, 10_000]);
    assert.equal(await isOpenFor(orderId), false);
    assert.equal(fixture.provider.calls.length, calls);
    assert.equal((await fixture.refund(orderId)).body['code'], 'nothing_to_refund');
  });

  test(`${attention}: what would change nothing is not offered, and dismissed leaves all as it is`, async () => {
    const orderId = await fixture.captured();
    const caseId = await tell(orderId, attention);
    for (const outcome of ['paid', 'not_paid']) {
      const answer = { outcome, evidence: 'looked' };
      const reply = await node.post(`/capi/v1/client/cases/${caseId}/resolve`, answer);
      assert.deepEqual([reply.status, reply.body['code']], [409, 'case_outcome_does_not_fit'], outcome);
    }
    await fixture.resolve(orderId, 'dismissed');
    assert.deepEqual([(await fixture.booksOf(orderId)).refunded, await isOpenFor(orderId)], [0, true]);
  });
}

test('given back of what is only reserved: it is released', async () => {
  const orderId = await fixture.reserved([100], ['dispatched']);
  await tell(orderId, 'disputed');
  await fixture.resolve(orderId, 'given_back');
  await node.runJobs();
  const { reference } = await fixture.booksOf(orderId);
  assert.equal(fixture.provider.moneyOf(reference)?.cancelledMinor, 10_000);
});

test('given back of one of two payments of an order: access stays', async () => {
  const orderId = await fixture.captured();
  const { attempt_id: first } = await fixture.booksOf(orderId);
  await node.rows(
    `INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token, state,
       authorized_minor, captured_minor, created_at, ended_at)
     SELECT payment_id, publisher_id, order_id, adapter, 'again' || order_id, 'again' || order_id, 'secured',
       authorized_minor, captured_minor, leveret_now(), leveret_now()
     FROM payment_attempts WHERE attempt_id = $1 RETURNING attempt_id`,
    [first],
  );
  await tell(orderId, 'disputed');
  await fixture.resolve(orderId, 'given_back');
  assert.deepEqual([(await fixture.booksOf(orderId)).refunded, await isOpenFor(orderId)], [10_000, true]);
});
