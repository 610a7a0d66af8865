import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { reservedWith } from '../../testing/operations.ts';
import { carryOutWord } from './carry-out-word.ts';
import { giveBackByPerson } from './give-back-by-person.ts';
import type { WordTaken } from './word-beside-moves.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

async function giveBack(orderId: number): Promise<void> {
  const { attempt_id: attemptId } = await fixture.booksOf(orderId);
  const { publisherId } = node.client.publisher;
  await node.context.database.transaction('test', (transaction) =>
    giveBackByPerson(transaction, { publisherId, attemptId }),
  );
}

type Facts = { amountMinor?: number; lines?: { lineNumber: number; isWhole: boolean; access: string }[] };

async function factsOf(orderId: number, name: string): Promise<Facts[]> {
  const rows = await node.rows<{ facts: Facts }>(
    'SELECT facts FROM events WHERE order_id = $1 AND name = $2 ORDER BY event_id',
    [orderId, name],
  );
  return rows.map(({ facts }) => facts);
}

test('all of a completed order is back: it is refunded once, each line whole, and nothing is released', async () => {
  const orderId = await fixture.captured([60, 40]);
  await giveBack(orderId);
  await giveBack(orderId);
  const [accepted, ...more] = await factsOf(orderId, 'refund accepted');
  assert.deepEqual([accepted?.amountMinor, more], [10_000, []]);
  assert.deepEqual(
    accepted?.lines?.map(({ lineNumber, isWhole, access }) => [lineNumber, isWhole, access]),
    [
      [1, true, 'end_now'],
      [2, true, 'end_now'],
    ],
  );
  assert.deepEqual(await factsOf(orderId, 'give-back due'), []);
});

test('a refund that was accepted before is not accepted again, and the rest is', async () => {
  const whole = await fixture.captured();
  await fixture.refund(whole);
  await giveBack(whole);
  assert.deepEqual((await factsOf(whole, 'refund accepted')).length, 1);
  const part = await fixture.captured();
  await fixture.refund(part, { amount: 30 });
  await giveBack(part);
  const amounts = (await factsOf(part, 'refund accepted')).map(({ amountMinor }) => amountMinor);
  assert.deepEqual(amounts, [3000, 7000]);
});

test('reserved and taken: the one is released, the other booked, and all of it is accepted', async () => {
  const orderId = await fixture.reserved([60, 40], ['access', 'dispatched']);
  await giveBack(orderId);
  assert.equal((await factsOf(orderId, 'refund accepted'))[0]?.amountMinor, 10_000);
  assert.equal((await factsOf(orderId, 'give-back due')).length, 1);
  await node.runJobs();
  const { refunded, cancelled } = await fixture.booksOf(orderId);
  assert.deepEqual([refunded, cancelled], [6000, 4000]);
});

test('another payment of the order is still held: the order is not refunded', async () => {
  const orderId = await fixture.captured();
  await node.rows(
    `INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token, state,
       authorized_minor, captured_minor, created_at, ended_at)
     SELECT payment_id, publisher_id, order_id, adapter, 'more' || order_id, 'more' || order_id, 'secured', 100,
       100, leveret_now(), leveret_now()
     FROM payment_attempts WHERE order_id = $1 RETURNING 1 AS one`,
    [orderId],
  );
  await giveBack(orderId);
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
  assert.deepEqual(await factsOf(orderId, 'refund accepted'), []);
});

test('a refusal says what is waited for, and whether anything is left', async () => {
  const about = await reservedWith(fixture);
  const refused = (word: WordTaken) =>
    node.context.database.transaction('test', (transaction) => carryOutWord(transaction, about, word));
  const refusal = (whom: 'provider' | 'person' | 'machine') => refused({ kind: 'wait', for: whom });
  await assert.rejects(refusal('provider'), { code: 'money_is_under_way', message: /is at the provider/ });
  await assert.rejects(refusal('person'), { code: 'money_is_under_way', message: /waits for a person/ });
  await assert.rejects(refusal('machine'), { code: 'money_is_under_way', message: /has not begun yet/ });
  const left = (leftMinor: number) => refused({ kind: 'too little left', leftMinor, withdrawn: [] });
  const code = 'case_outcome_does_not_fit';
  await assert.rejects(left(0), { code, message: /^Nothing is left/ });
  await assert.rejects(left(40), { code, message: /^A part of the money .* again moves what is left/ });
});
