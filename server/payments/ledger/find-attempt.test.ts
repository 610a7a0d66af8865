import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { findAttempt } from './find-attempt.ts';
import { findAttemptFacts } from './find-attempt-facts.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

type Key = { publisherId: number; attemptId: number };
const run = (text: string, values: unknown[]) => node.rows(`${text} RETURNING 1 AS one`, values);
const set = ({ attemptId }: Key, columns: string) =>
  run(`UPDATE payment_attempts SET ${columns} WHERE attempt_id = $1`, [attemptId]);

async function find({ publisherId, attemptId }: Key) {
  const found = await findAttempt(node.context, publisherId, attemptId);
  assert.ok(found);
  return found;
}

/** An order of lines at these prices, whose payment is secured. */
async function paid(prices: readonly number[]) {
  const orderId = await fixture.captured(prices);
  const { attempt_id: attemptId, reference } = await fixture.booksOf(orderId);
  return { publisherId: node.client.publisher.publisherId, orderId, attemptId, reference };
}

test('an attempt is told with the lines of its own order, and with what is booked of it', async () => {
  const [one, other] = [await paid([100]), await paid([60, 40])];
  await set(other, "provider_id = 'p-1'");
  await run('UPDATE orders SET recurring = true WHERE order_id = $1', [other.orderId]);
  await set(other, 'refunded_minor = 30, cancelled_minor = 7');
  for (const [about, amounts, providerId, isAgreement, money] of [
    [one, [10_000], undefined, false, [10_000, 10_000, 0, 0]],
    [other, [6000, 4000], 'p-1', true, [10_000, 10_000, 30, 7]],
  ] as const) {
    const facts = await findAttemptFacts(node.context.database, about.publisherId, about.attemptId);
    const { lines, vatMinor } = facts;
    assert.deepEqual(
      lines.map((line) => line.amountMinor),
      amounts,
    );
    assert.equal(
      vatMinor,
      lines.reduce((sum, line) => sum + line.vatMinor, 0),
    );
    assert.deepEqual([facts.reference, facts.providerId], [about.reference, providerId]);
    assert.deepEqual([facts.amountMinor, facts.currency, facts.isAgreement], [10_000, 'NOK', isAgreement]);
    const { authorizedMinor, capturedMinor, refundedMinor, cancelledMinor } = facts.money;
    assert.deepEqual([authorizedMinor, capturedMinor, refundedMinor, cancelledMinor], money);
    assert.deepEqual((await find(about)).facts, facts);
  }
});

test('an attempt whose payment no order has taken has no lines, and asks for no cancelling', async () => {
  const { publisherId } = node.client.publisher;
  const [row] = await node.rows<{ attempt_id: number }>(
    `WITH paid AS (
       INSERT INTO payments (publisher_id, purpose, amount_minor, currency, window_ends_at, created_at)
       VALUES ($1, 'order', 4000, 'NOK', leveret_now(), leveret_now()) RETURNING payment_id)
     INSERT INTO payment_attempts (payment_id, publisher_id, adapter, reference, notice_token, state, created_at)
     SELECT payment_id, $1, 'test-reserving', 'of-nobody', 'of-nobody', 'pending', leveret_now() FROM paid
     RETURNING attempt_id`,
    [publisherId],
  );
  const found = await find({ publisherId, attemptId: row?.attempt_id ?? 0 });
  const { lines, vatMinor, amountMinor, isAgreement } = found.facts;
  assert.deepEqual([lines, vatMinor, amountMinor, isAgreement], [[], 0, 4000, false]);
  assert.equal(found.isCancelAsked, false);
});

test('that an order is to be cancelled is told of its own attempts', async () => {
  const [one, other] = [await fixture.pending(), await fixture.pending()];
  await run('UPDATE orders SET cancel_asked_at = leveret_now() WHERE order_id = $1', [other.orderId]);
  assert.deepEqual([(await find(one)).isCancelAsked, (await find(other)).isCancelAsked], [false, true]);
});

/** When the window of a payment ends, until when a guest holds the order, and what is left, in minutes. */
const windows: [string, string, number | undefined, number][] = [
  ['nobody holds it', '30', undefined, 30],
  ['held for less', '30', 10, 10],
  ['held for longer', '30', 60, 30],
  ['over', '-5', undefined, -5],
  ['the hold is over', '30', -5, -5],
];

for (const [name, ends, held, expected] of windows) {
  test(`how long a buyer has, ${name}: ${expected} minutes`, async () => {
    const about = await fixture.pending();
    await run(
      `UPDATE payments SET window_ends_at = leveret_now() + $2 * interval '1 minute' WHERE payment_id = $1`,
      [about.paymentId, ends],
    );
    const until = held === undefined ? 'NULL' : `leveret_now() + ${held} * interval '1 minute'`;
    await set(about, `held_until = ${until}`);
    assert.equal(Math.round((await find(about)).windowSecondsLeft / 60), expected);
  });
}

test('how long is left until the report is due; nothing where none is', async () => {
  const about = await fixture.pending();
  const inMinutes = (minutes: number) => `report_due_at = leveret_now() + ${minutes} * interval '1 minute'`;
  await set(about, 'report_due_at = NULL');
  assert.equal((await find(about)).secondsToReport, 0);
  await set(about, inMinutes(2));
  assert.equal(Math.round((await find(about)).secondsToReport / 60), 2);
  await set(about, inMinutes(-2));
  assert.equal(Math.round((await find(about)).secondsToReport / 60), -2);
});

test('calls about an attempt go where it was made, and nowhere once its account is gone', async () => {
  const about = await fixture.pending();
  const former = 'https://former.example';
  await set(about, `pinned = '{"baseUrl": "${former}"}'`);
  assert.equal((await find(about)).configured?.settings['baseUrl'], former);
  await set(about, "merchant_id = 'gone'");
  assert.equal((await find(about)).configured, undefined);
});

test('an attempt of another publisher, or of none, is not there', async () => {
  const { publisherId, attemptId } = await fixture.pending();
  const { database } = node.context;
  for (const [publisher, attempt] of [
    [publisherId + 1, attemptId],
    [publisherId, 0],
  ] as const) {
    assert.equal(await findAttempt(node.context, publisher, attempt), undefined);
    await assert.rejects(findAttemptFacts(database, publisher, attempt), /does not exist/);
  }
});
