import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { columnOf } from '../../testing/evidence.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import type { AttemptState } from '../payment.ts';
import { dropAttempt } from './drop-attempt.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

type Key = { publisherId: number; attemptId: number };

const drop = ({ publisherId, attemptId }: Key) =>
  node.context.database.transaction('test', (transaction) =>
    dropAttempt(node.context, transaction, { publisherId, attemptId }),
  );

const outcomesOf = ({ attemptId }: Key) =>
  node.rows(
    `SELECT source, meaning, code, applied, raw_sealed FROM payment_outcomes
     WHERE attempt_id = $1 ORDER BY outcome_id`,
    [attemptId],
  );

async function attemptIn(state: AttemptState) {
  const about = await fixture.pending();
  await node.rows('ALTER TABLE payment_attempts DISABLE TRIGGER USER');
  await node.rows('UPDATE payment_attempts SET state = $2 WHERE attempt_id = $1 RETURNING 1 AS one', [
    about.attemptId,
    state,
  ]);
  await node.rows('ALTER TABLE payment_attempts ENABLE TRIGGER USER');
  return about;
}

test('what nobody has claimed is dropped, and it is told that its provider never had it', async () => {
  const about = await attemptIn('created');
  const known = (await outcomesOf(about)).length;
  assert.equal(await drop(about), 'discarded');
  assert.deepEqual(
    [await columnOf(fixture, about, 'payment_attempts.state'), await columnOf(fixture, about, 'reason')],
    ['discarded', 'never sent'],
  );
  const told = { source: 'answer', meaning: 'not_sent', code: 'never sent', applied: true, raw_sealed: null };
  assert.deepEqual((await outcomesOf(about)).slice(known), [told]);
});

const others: readonly AttemptState[] = [
  ...(['sent', 'pending', 'unknown', 'secured', 'declined', 'aborted', 'expired', 'discarded'] as const),
];

for (const state of others) {
  test(`what is ${state} stays so, since its provider may have heard of it`, async () => {
    const about = await attemptIn(state);
    const known = await outcomesOf(about);
    assert.equal(await drop(about), state);
    assert.equal(await columnOf(fixture, about, 'payment_attempts.state'), state);
    assert.deepEqual(await outcomesOf(about), known);
  });
}

test('an attempt of another publisher is not there', async () => {
  const about = await attemptIn('created');
  await assert.rejects(drop({ ...about, publisherId: about.publisherId + 1 }), /no such attempt/);
  assert.equal(await columnOf(fixture, about, 'payment_attempts.state'), 'created');
});
