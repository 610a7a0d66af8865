import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { orderId, publisherId } from '../../kit/ids.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { bookManualRefund, bookMoney, isBooked } from './book-money.ts';
import { lockPayment } from './lock-payment.ts';

let fixture: MoneyFixture;
before(async () => {
  fixture = await openMoneyFixture();
});
after(() => fixture.close());

/** Reserved, taken, given back and released, each in all so far. */
type Totals = readonly [number, number, number, number];

/** An attempt that is pending, with nothing booked. */
async function pending() {
  const id = await fixture.ordered();
  fixture.provider.willAnswer('charge', 'pending');
  await fixture.node.runJobs();
  const { attempt_id: attemptId } = await fixture.booksOf(id);
  return {
    publisherId: publisherId(fixture.node.client.publisher.publisherId),
    orderId: orderId(id),
    attemptId,
  };
}

type Pending = Awaited<ReturnType<typeof pending>>;

function book(about: Pending, totals: Totals): Promise<void> {
  const [authorizedMinor, capturedMinor, refundedMinor, cancelledMinor] = totals;
  return fixture.node.context.database.transaction('test', async (transaction) => {
    await lockPayment(transaction, about);
    await bookMoney(transaction, about, { authorizedMinor, capturedMinor, refundedMinor, cancelledMinor });
  });
}

async function booked(about: Pending, table: 'payment_attempts' | 'payments'): Promise<number[]> {
  const [row] = await fixture.node.rows<Record<'a' | 'c' | 'r' | 'x', number>>(
    `SELECT authorized_minor AS a, captured_minor AS c, refunded_minor AS r, cancelled_minor AS x
     FROM ${table} WHERE order_id = $1`,
    [about.orderId],
  );
  return row ? [row.a, row.c, row.r, row.x] : [];
}

async function manually(about: Pending): Promise<number> {
  const [row] = await fixture.node.rows<{ manual: number }>(
    'SELECT refunded_manually_minor AS manual FROM payment_attempts WHERE order_id = $1',
    [about.orderId],
  );
  return row?.manual ?? 0;
}

/** What was said of money in the order's events, such as `captured 60`. */
async function said(about: Pending): Promise<string[]> {
  const rows = await fixture.node.rows<{ name: string; amount: number }>(
    `SELECT substr(name, 9) AS name, (facts->>'amountMinor')::integer AS amount FROM events
     WHERE order_id = $1 AND name IN ('payment captured', 'payment refunded', 'payment released')
     ORDER BY event_id`,
    [about.orderId],
  );
  return rows.map(({ name, amount }) => `${name} ${amount}`);
}

/** Books it, and holds the look before it to whether anything grew. */
async function foresee(about: Pending, told: Totals): Promise<void> {
  const [before, [authorizedMinor, capturedMinor, refundedMinor, cancelledMinor]] = [
    await booked(about, 'payment_attempts'),
    told,
  ];
  const [authorized = 0, captured = 0, refunded = 0, cancelled = 0] = before;
  const known = { authorized, captured, refunded, cancelled, refunded_manually: await manually(about) };
  const foreseen = isBooked(known, { authorizedMinor, capturedMinor, refundedMinor, cancelledMinor });
  await book(about, told);
  const after = await booked(about, 'payment_attempts');
  assert.equal(
    foreseen,
    JSON.stringify(after) === JSON.stringify(before),
    `${before.join()} and ${told.join()}`,
  );
}

type Case = { name: string; told: Totals[]; totals: Totals; said: string[] };

const cases: Case[] = [
  {
    name: 'each total grows, and is told by how much',
    told: [
      [100, 0, 0, 0],
      [100, 50, 0, 0],
      [100, 60, 20, 40],
    ],
    totals: [100, 60, 20, 40],
    said: ['captured 50', 'captured 10', 'refunded 20', 'released 40'],
  },
  {
    name: 'older totals take nothing back, and are not told',
    told: [
      [100, 60, 30, 40],
      [90, 50, 20, 10],
    ],
    totals: [100, 60, 30, 40],
    said: ['captured 60', 'refunded 30', 'released 40'],
  },
  {
    name: 'older totals of one sort may be newer of another',
    told: [
      [100, 60, 10, 0],
      [100, 40, 30, 5],
    ],
    totals: [100, 60, 30, 5],
    said: ['captured 60', 'refunded 10', 'refunded 20', 'released 5'],
  },
  {
    name: 'what was taken was reserved',
    told: [[0, 70, 0, 0]],
    totals: [70, 70, 0, 0],
    said: ['captured 70'],
  },
  {
    name: 'no more is given back than was taken',
    told: [[100, 60, 80, 0]],
    totals: [100, 60, 60, 0],
    said: ['captured 60', 'refunded 60'],
  },
  {
    name: 'nor than was taken before',
    told: [
      [100, 60, 0, 0],
      [100, 0, 80, 0],
    ],
    totals: [100, 60, 60, 0],
    said: ['captured 60', 'refunded 60'],
  },
];

for (const { name, told, totals, said: expected } of cases) {
  test(`booked money: ${name}`, async () => {
    const [about, neighbour] = [await pending(), await pending()];
    for (const each of [...told, ...told]) await foresee(about, each);
    assert.deepEqual(await booked(about, 'payment_attempts'), totals);
    assert.deepEqual(await booked(about, 'payments'), totals);
    assert.deepEqual(await said(about), expected);
    assert.deepEqual(await booked(neighbour, 'payment_attempts'), [0, 0, 0, 0]);
    assert.deepEqual(await booked(neighbour, 'payments'), [0, 0, 0, 0]);
  });
}

type ByHand = Omit<Case, 'told'> & { steps: (Totals | number)[]; manual: number };

const byHand: ByHand[] = [
  {
    name: 'by hand first: what the provider gives back after adds to it',
    steps: [[100, 100, 0, 0], 40, [100, 100, 0, 0], [100, 100, 30, 0]],
    totals: [100, 100, 70, 0],
    manual: 40,
    said: ['captured 100', 'refunded 40', 'refunded 30'],
  },
  {
    name: 'the provider first, and older totals after',
    steps: [[100, 100, 30, 0], 40, [100, 100, 0, 0]],
    totals: [100, 100, 70, 0],
    manual: 40,
    said: ['captured 100', 'refunded 30', 'refunded 40'],
  },
  {
    name: 'no more than was taken, whoever gave it back',
    steps: [[100, 60, 0, 0], 40, [100, 60, 30, 0], 10],
    totals: [100, 60, 60, 0],
    manual: 40,
    said: ['captured 60', 'refunded 40', 'refunded 20'],
  },
  {
    name: 'more of it, as more was taken',
    steps: [[100, 60, 0, 0], 60, [100, 100, 20, 0]],
    totals: [100, 100, 80, 0],
    manual: 60,
    said: ['captured 60', 'refunded 60', 'captured 40', 'refunded 20'],
  },
];

for (const { name, steps, totals, manual, said: expected } of byHand) {
  test(`given back by a person beside the provider: ${name}`, async () => {
    const about = await pending();
    for (const step of steps) {
      if (typeof step !== 'number') await foresee(about, step);
      else await bookByHand(about, step);
    }
    assert.deepEqual(await booked(about, 'payment_attempts'), totals);
    assert.deepEqual(await booked(about, 'payments'), totals);
    assert.equal(await manually(about), manual);
    assert.deepEqual(await said(about), expected);
  });
}

function bookByHand(about: Pending, amountMinor: number): Promise<void> {
  return fixture.node.context.database.transaction('test', async (transaction) => {
    await lockPayment(transaction, about);
    await bookManualRefund(transaction, about, amountMinor);
  });
}

test('the money of a payment is that of all its attempts', async () => {
  const about = await pending();
  const second = await insertSecond(about);
  await book(about, [100, 100, 0, 0]);
  await book(second, [100, 30, 10, 70]);
  assert.deepEqual(await booked(about, 'payments'), [200, 130, 10, 70]);
});

test('money of an attempt that is not there, or not the publisher’s, is a fault', async () => {
  const about = await pending();
  await assert.rejects(book({ ...about, attemptId: 0 }, [1, 1, 0, 0]), /does not exist/);
  await assert.rejects(book({ ...about, publisherId: publisherId(0) }, [1, 1, 0, 0]), /does not exist/);
});

/** Another try of the same payment, after the first was declined. */
async function insertSecond({
  publisherId: publisher,
  orderId: order,
  attemptId,
}: Pending): Promise<Pending> {
  const [row] = await fixture.node.rows<{ attempt_id: number }>(
    `WITH ended AS (
       UPDATE payment_attempts SET state = 'declined' WHERE attempt_id = $1 RETURNING *)
     INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token, state,
       created_at)
     SELECT payment_id, publisher_id, order_id, adapter, 'second' || reference, 'second' || notice_token,
       'created', leveret_now() FROM ended RETURNING attempt_id`,
    [attemptId],
  );
  return { publisherId: publisher, orderId: order, attemptId: row?.attempt_id ?? 0 };
}

test('totals that are booked already, or older ones, write no row', async () => {
  const about = await pending();
  const places = () =>
    fixture.node.rows<{ place: string }>(
      `SELECT ctid::text AS place FROM payment_attempts WHERE order_id = $1
       UNION ALL SELECT ctid::text FROM payments WHERE order_id = $1`,
      [about.orderId],
    );
  await book(about, [100, 60, 0, 0]);
  const before = await places();
  await book(about, [100, 60, 0, 0]);
  await book(about, [100, 0, 0, 0]);
  assert.deepEqual(await places(), before);
  await book(about, [100, 61, 0, 0]);
  assert.notDeepEqual(await places(), before);
});
