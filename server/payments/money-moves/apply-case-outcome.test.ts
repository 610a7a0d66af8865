import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type CaseKind, type CaseOutcome, caseOutcomes } from '../../cases/case.ts';
import { orderId as toOrderId, publisherId as toPublisherId } from '../../kit/ids.ts';
import { orderOf } from '../../testing/money-node.ts';
import { prepaidOrder, register } from '../../testing/node.ts';
import { reservedWith, standOf } from '../../testing/operations.ts';
import { openPagePayments, type PagePayments } from '../../testing/page-payments.ts';
import { applyCaseOutcome } from './apply-case-outcome.ts';

let fixture: PagePayments;
let node: PagePayments['node'];
before(async () => {
  fixture = await openPagePayments();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

type About = { orderId?: number; attemptId?: number; operationId?: number; publisherId?: number };

/** What a person says of a case, whether or not the API would offer that outcome of its kind. */
function say(kind: CaseKind, outcome: CaseOutcome, about: About): Promise<void> {
  const { orderId, publisherId = node.client.publisher.publisherId, ...named } = about;
  const ofOrder = orderId !== undefined && { orderId: toOrderId(orderId) };
  const whose = { caseId: 1, publisherId: toPublisherId(publisherId), ...named, ...ofOrder };
  return node.context.database.transaction('test', (transaction) =>
    applyCaseOutcome.run(node.context, transaction, [{ name: 'case answered', kind, outcome, ...whose }]),
  );
}

/** The order, its attempts with what is booked, what is done with the money, and all that was reported. */
async function stands(orderId: number) {
  const attempts = await node.rows<{ told: string }>(
    `SELECT concat_ws(' ', state, authorized_minor, captured_minor, refunded_minor, cancelled_minor) AS told
     FROM payment_attempts WHERE order_id = $1 ORDER BY attempt_id`,
    [orderId],
  );
  const events = await node.rows<{ name: string; facts: { reason?: string; securedBy?: string } }>(
    'SELECT name, facts FROM events WHERE order_id = $1 ORDER BY event_id',
    [orderId],
  );
  const [order] = await node.rows<{ told: string }>(
    "SELECT concat_ws(' ', state, stopped_reason) AS told FROM orders WHERE order_id = $1",
    [orderId],
  );
  return {
    order: order?.told,
    attempts: attempts.map(({ told }) => told),
    moves: await fixture.operationsOf(orderId),
    events: events.map(({ name, facts }) => [name, facts.reason ?? facts.securedBy ?? ''].join(' ').trim()),
  };
}

type Stands = Awaited<ReturnType<typeof stands>>;

/** The same, with only what was reported while something is done. */
async function standsAfter(orderId: number, work: () => Promise<void>): Promise<Stands> {
  const known = (await stands(orderId)).events.length;
  await work();
  const { events, ...others } = await stands(orderId);
  return { ...others, events: events.slice(known) };
}

const silent = ['again', 'accepted', 'refused', 'dismissed'] as const;

/** Of a charge whose end nobody knows: the outcome, what is kept of it as evidence, and where all stands. */
const unresolved: [CaseOutcome, string, Stands][] = [
  [
    'paid',
    'person secured person: paid true true',
    {
      order: 'completed',
      attempts: ['secured 10000 0 0 0'],
      moves: ['capture created 10000'],
      events: ['payment secured attempt', 'order completed', 'operation wanted'],
    },
  ],
  [
    'not_paid',
    'person declined person: not_paid true false',
    {
      order: 'stopped payment_failed',
      attempts: ['declined 0 0 0 0'],
      moves: [],
      events: [
        'attempt ended without money person: not_paid',
        'payment failed person: not_paid',
        'order stopped payment_failed',
      ],
    },
  ],
  [
    'given_back',
    'person secured person: given_back true true',
    {
      order: 'stopped payment_failed',
      attempts: ['secured 10000 0 0 0'],
      moves: ['cancel created 10000'],
      events: ['payment failed given back', 'order stopped payment_failed', 'operation wanted'],
    },
  ],
];

for (const [outcome, evidence, expected] of unresolved) {
  test(`a charge whose end nobody knows, ${outcome}: the person's word is its evidence`, async () => {
    const [about, other] = [await fixture.pending(), await fixture.pending()];
    const before = await stands(other.orderId);
    assert.deepEqual(
      await standsAfter(about.orderId, () => say('attempt unresolved', outcome, about)),
      expected,
    );
    const [last] = await node.rows(
      `SELECT concat_ws(' ', source, meaning, code, applied, carries_money) AS told, raw_sealed
       FROM payment_outcomes WHERE attempt_id = $1 ORDER BY outcome_id DESC LIMIT 1`,
      [about.attemptId],
    );
    assert.deepEqual(last, {
      told: evidence.replaceAll('true', 't').replaceAll('false', 'f'),
      raw_sealed: null,
    });
    assert.deepEqual(await stands(other.orderId), before);
  });
}

test('paid, of a charge that failed and stopped its order: it is late money', async () => {
  const about = await fixture.pending();
  await fixture.tell(about.orderId, { meaning: 'declined' });
  assert.deepEqual(await standsAfter(about.orderId, () => say('attempt unresolved', 'paid', about)), {
    order: 'stopped payment_failed',
    attempts: ['secured 10000 0 0 0'],
    moves: ['cancel created 10000'],
    events: ['late money', 'give-back due', 'operation wanted'],
  });
});

test('a word that answers no question of money says nothing of an attempt, and leaves a left order be', async () => {
  const about = await fixture.pending();
  const left = await register(node, prepaidOrder());
  const before = [await stands(about.orderId), await stands(left)];
  for (const outcome of silent) {
    await say('attempt unresolved', outcome, about);
    await say('prepaid order left', outcome, { orderId: left });
  }
  assert.deepEqual([await stands(about.orderId), await stands(left)], before);
});

const ofAttempt = [
  'attempt unresolved',
  'action required',
  'fraud reversed',
  'authorization lost',
  'payment disputed',
] as const;

for (const kind of ofAttempt) {
  test(`given back, of ${kind}: what was taken is booked as back, and the order is refunded`, async () => {
    const orderId = await fixture.captured();
    const { attempt_id: attemptId } = await fixture.booksOf(orderId);
    const stranger = node.client.publisher.publisherId + 1;
    await assert.rejects(say(kind, 'given_back', { orderId, attemptId, publisherId: stranger }));
    assert.deepEqual(await standsAfter(orderId, () => say(kind, 'given_back', { orderId, attemptId })), {
      order: 'completed',
      attempts: ['secured 10000 10000 10000 0'],
      moves: ['capture succeeded 10000', 'refund succeeded 10000'],
      events: ['payment refunded', 'refund accepted', 'access revoked'],
    });
  });
}

test('paid, of what is taken and disputed: nothing moves', async () => {
  const orderId = await fixture.captured();
  const { attempt_id: attemptId } = await fixture.booksOf(orderId);
  const before = await stands(orderId);
  await say('payment disputed', 'paid', { orderId, attemptId });
  assert.deepEqual(await stands(orderId), before);
});

const ofOperation = [
  'give-back due',
  'surplus money',
  'capture failed',
  'release failed',
  'refund failed',
  'refund by hand',
] as const;

test('the answer of a case about an operation is that operation’s', async () => {
  const waiting = ofOperation.map(() => ({ kind: 'refund', state: 'by_hand' }) as const);
  const about = await reservedWith(fixture, waiting);
  for (const [index, kind] of ofOperation.entries()) {
    const stood = waiting.map((_, other) => (other < index ? 'failed 100 dismissed' : 'by_hand 100'));
    assert.deepEqual(await standOf(fixture, about.attemptId), stood);
    const operationId = about.operationIds[index] ?? 0;
    await say(kind, 'dismissed', { orderId: about.orderId, attemptId: about.attemptId, operationId });
  }
  assert.ok((await standOf(fixture, about.attemptId)).every((one) => one === 'failed 100 dismissed'));
});

const ofOthers = [
  'prepayment mismatch',
  'capture due',
  'message withheld',
  'link undelivered',
  'withdrawal to check',
  'withdrawal refund due',
] as const;

test('a case that other steps answer moves no money here, whatever it names', async () => {
  const about = await reservedWith(fixture, [{ kind: 'refund', state: 'by_hand' }]);
  const before = await stands(about.orderId);
  for (const kind of ofOthers) for (const outcome of caseOutcomes) await say(kind, outcome, about);
  assert.deepEqual(await stands(about.orderId), before);
});

test('a case that names no attempt, operation or order moves none', async () => {
  const count = () => node.rows('SELECT count(*) FROM events');
  const before = await count();
  for (const kind of [...ofAttempt, ...ofOperation, 'prepaid order left'] as const)
    for (const outcome of caseOutcomes) await say(kind, outcome, {});
  assert.deepEqual(await count(), before);
});

/** Of an order that was paid elsewhere, and that nobody completed. */
const left: [CaseOutcome, { order: string; events: string[] }][] = [
  ['paid', { order: 'completed', events: ['payment secured prepayment', 'order completed'] }],
  [
    'not_paid',
    {
      order: 'stopped payment_failed',
      events: ['payment failed not_paid', 'order stopped payment_failed'],
    },
  ],
  [
    'given_back',
    {
      order: 'stopped payment_failed',
      events: ['payment failed given_back', 'order stopped payment_failed'],
    },
  ],
];

for (const [outcome, expected] of left) {
  test(`a prepaid order that nobody completed, ${outcome}: ${expected.order}`, async () => {
    const [orderId, other] = [await register(node, prepaidOrder()), await register(node, prepaidOrder())];
    const before = await stands(other);
    const now = await standsAfter(orderId, () => say('prepaid order left', outcome, { orderId }));
    assert.deepEqual(now, { ...expected, attempts: [], moves: [] });
    assert.deepEqual(await stands(other), before);
  });
}

/** What was taken for a renewal of the order, which is a payment of its own. */
async function renewed(orderId: number): Promise<void> {
  await node.rows(
    `WITH payment AS (
       INSERT INTO payments (publisher_id, order_id, purpose, amount_minor, currency, window_ends_at, created_at)
       SELECT publisher_id, order_id, 'renewal', 100, 'NOK', leveret_now(), leveret_now()
       FROM orders WHERE order_id = $1 RETURNING *)
     INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token, state,
       authorized_minor, captured_minor, created_at, ended_at)
     SELECT payment_id, publisher_id, order_id, 'test-reserving', 'renewal' || order_id, 'renewal' || order_id,
       'secured', 100, 100, leveret_now(), leveret_now()
     FROM payment RETURNING attempt_id`,
    [orderId],
  );
}

test('given back, of a left order that took a payment on a page: that is booked, and no other', async () => {
  const taken = { authorizedMinor: 10_000, capturedMinor: 10_000 };
  const paidOrder = async () => {
    const { told, reference } = await fixture.paid(taken);
    return { orderId: await register(node, orderOf([100], told.order)), reference };
  };
  const [{ orderId, reference }, other] = [await paidOrder(), await paidOrder()];
  await renewed(orderId);
  const before = await stands(other.orderId);
  const now = await standsAfter(orderId, () => say('prepaid order left', 'given_back', { orderId }));
  assert.deepEqual(now, {
    order: 'stopped payment_failed',
    // The payment of the page is nobody's again.
    attempts: ['secured 100 100 0 0'],
    moves: [],
    events: ['payment refunded', 'payment failed given_back', 'order stopped payment_failed'],
  });
  const books = await node.rows(
    'SELECT captured_minor, refunded_minor, order_id FROM payment_attempts WHERE reference = $1',
    [reference],
  );
  assert.deepEqual(books, [{ captured_minor: 10_000, refunded_minor: 10_000, order_id: null }]);
  assert.deepEqual(await stands(other.orderId), before);
});
