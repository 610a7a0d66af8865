import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { type PlantedOperation, plantOperations, reservedWith, standOf } from '../../testing/operations.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
let other: Awaited<ReturnType<typeof reservedWith>>;
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
  // Of the same publisher, with something of each kind under way.
  const moves = [capture(100), refund(100), release(100, 'created'), { ...waiting, amount: 4000 }];
  other = await reservedWith(fixture, moves);
  await setCause(other, 'order stopped');
  await answered(other, 'given_back');
});
after(() => fixture.close());

const none = { authorizedMinor: 10_000, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
const captured = (capturedMinor: number) => ({ ...none, capturedMinor });
const refunded = (refundedMinor: number) => ({ ...none, capturedMinor: 10_000, refundedMinor });
const released = (cancelledMinor: number) => ({ ...none, cancelledMinor });
type Money = typeof none;

const capture = (amount: number, state: PlantedOperation['state'] = 'sent', isSent = false) =>
  ({ kind: 'capture', amount, state, isSent }) as const;
const refund = (amount: number, state: PlantedOperation['state'] = 'sent') =>
  ({ kind: 'refund', amount, state }) as const;
const release = (amount: number, state: PlantedOperation['state'] = 'sent') =>
  ({ kind: 'cancel', amount, state }) as const;

/** What is written, what the provider says of the totals, and where what is written stands then. */
const totals: [string, PlantedOperation[], Money, string[]][] = [
  ['all of a capture', [capture(100)], captured(100), ['succeeded 100']],
  ['less than a capture', [capture(100)], captured(99), ['sent 100']],
  ['more than a capture', [capture(100)], captured(101), ['succeeded 100']],
  ['one of two captures', [capture(100), capture(200)], captured(200), ['sent 100', 'sent 200']],
  ['both captures', [capture(100), capture(200)], captured(300), ['succeeded 100', 'succeeded 200']],
  [
    'a capture that is done',
    [capture(100, 'succeeded'), capture(200)],
    captured(200),
    ['succeeded 100', 'sent 200'],
  ],
  [
    'a further one',
    [capture(100, 'succeeded'), capture(200)],
    captured(300),
    ['succeeded 100', 'succeeded 200'],
  ],
  ['what has no answer', [capture(100, 'unknown')], captured(100), ['succeeded 100']],
  [
    'what a person was asked of after a call',
    [capture(100, 'by_hand', true)],
    captured(100),
    ['succeeded 100'],
  ],
  [
    'what no call was made of',
    [capture(100, 'by_hand'), capture(200)],
    captured(200),
    ['by_hand 100', 'succeeded 200'],
  ],
  [
    'what was not begun',
    [capture(100, 'created'), capture(200)],
    captured(200),
    ['created 100', 'succeeded 200'],
  ],
  ['what failed', [capture(100, 'failed'), capture(200)], captured(200), ['failed 100', 'succeeded 200']],
  ['what failed after a call', [capture(100, 'failed', true)], captured(100), ['failed 100']],
  ['a release that failed', [release(10_000, 'failed')], released(10_000), ['failed 10000']],
  ['a refund', [refund(100)], refunded(100), ['succeeded 100']],
  ['a part of a refund', [refund(100)], refunded(99), ['sent 100']],
  ['a refund that was not begun', [refund(100, 'created')], refunded(100), ['created 100']],
  ['a release', [release(10_000)], released(10_000), ['succeeded 10000']],
  ['a part of a release', [release(10_000)], released(9999), ['sent 10000']],
  ['a release that was not begun', [release(10_000, 'created')], released(10_000), ['succeeded 10000']],
  ['a capture, and no refund of it', [capture(100), refund(50)], captured(100), ['succeeded 100', 'sent 50']],
  ['a capture, and no release', [capture(100), release(50)], captured(100), ['succeeded 100', 'sent 50']],
];

for (const [name, operations, money, expected] of totals) {
  test(`totals that say ${name}: ${expected.join(', ')}`, async () => {
    const about = await reservedWith(fixture, operations);
    const before = await standOf(fixture, other.attemptId);
    await fixture.tell(about.orderId, { meaning: 'secured', money });
    assert.deepEqual(await standOf(fixture, about.attemptId), expected);
    assert.deepEqual(await standOf(fixture, other.attemptId), before);
    const settledNow = about.operationIds.filter(
      (_id, at) => operations[at]?.state !== 'succeeded' && expected[at]?.startsWith('succeeded'),
    );
    assert.deepEqual(await endedOf(about.attemptId), settledNow);
  });
}

/** The operations that ended since they were planted. */
async function endedOf(attemptId: number): Promise<number[]> {
  const rows = await node.rows<{ operation_id: number }>(
    `SELECT operation_id FROM payment_operations
     WHERE attempt_id = $1 AND ended_at IS NOT NULL AND kind <> 'charge' ORDER BY operation_id`,
    [attemptId],
  );
  return rows.map((row) => row.operation_id);
}

async function reportedOf(orderId: number): Promise<string[]> {
  const rows = await node.rows<{ name: string }>(
    `SELECT name FROM events WHERE order_id = $1 AND name IN ('give-back due', 'operation wanted')
     ORDER BY event_id`,
    [orderId],
  );
  return rows.map(({ name }) => name);
}

/** Why a release was written that is done, and whether what is taken beside it goes back. */
const causes: [string | null, boolean][] = [
  ['give-back due', true],
  ['surplus money', true],
  ['order stopped', true],
  ['refund asked', false],
  [null, false],
];

type About = { orderId: number; attemptId: number };

async function setCause({ attemptId }: About, cause: string | null): Promise<void> {
  await node.rows(
    "UPDATE payment_operations SET cause = $2 WHERE attempt_id = $1 AND kind = 'cancel' RETURNING 1 AS one",
    [attemptId, cause],
  );
}

/** A release of 40 that is done, for a cause. */
async function releasedFor(cause: string | null): Promise<About> {
  const about = await reservedWith(fixture, [release(4000, 'succeeded')]);
  await setCause(about, cause);
  return about;
}

/** A case about an attempt that a person has answered. */
async function answered({ attemptId }: About, outcome: string): Promise<void> {
  await node.rows(
    `INSERT INTO cases (publisher_id, order_id, attempt_id, kind, state, outcome, opened_at, resolved_at)
     SELECT publisher_id, order_id, attempt_id, 'release failed', 'resolved', $2, leveret_now(), leveret_now()
     FROM payment_attempts WHERE attempt_id = $1 RETURNING case_id`,
    [attemptId, outcome],
  );
}

const taken = { ...none, capturedMinor: 6000, cancelledMinor: 4000 };

for (const [cause, goesBack] of causes) {
  test(`taken beside a release for ${cause}: ${goesBack ? 'it goes back too' : 'it is kept'}`, async () => {
    const about = await releasedFor(cause);
    await answered(about, 'dismissed');
    await fixture.tell(about.orderId, { meaning: 'secured', money: taken });
    const expected = goesBack ? ['give-back due', 'operation wanted'] : [];
    assert.deepEqual(await reportedOf(about.orderId), expected);
    assert.deepEqual(await fixture.operationsOf(about.orderId), [
      'cancel succeeded 4000',
      ...(goesBack ? ['refund created 6000'] : []),
    ]);
    assert.deepEqual(await reportedOf(other.orderId), []);
  });
}

test('released or refunded beside it, nothing more goes back', async () => {
  const about = await releasedFor('order stopped');
  await fixture.tell(about.orderId, { meaning: 'secured', money: { ...none, cancelledMinor: 10_000 } });
  assert.deepEqual(await reportedOf(about.orderId), []);
});

test('taken after a person gave it back: a person is asked about all that was taken, and no machine', async () => {
  const about = await releasedFor('order stopped');
  await answered(about, 'given_back');
  await fixture.tell(about.orderId, { meaning: 'secured', money: taken });
  assert.deepEqual(await reportedOf(about.orderId), []);
  assert.deepEqual(await fixture.operationsOf(about.orderId), [
    'cancel succeeded 4000',
    'refund by_hand 6000',
  ]);
  assert.deepEqual(await fixture.caseStates(about.orderId), [
    'release failed resolved',
    'refund failed open',
  ]);
  const told = await node.rows(
    "SELECT facts ->> 'reason' AS reason FROM events WHERE order_id = $1 AND name = 'refund failed'",
    [about.orderId],
  );
  assert.deepEqual(told, [{ reason: 'taken after it was given back' }]);
});

test('taken in part after a person gave it back: what is still reserved is a person’s too', async () => {
  const about = await releasedFor('order stopped');
  await answered(about, 'given_back');
  await fixture.tell(about.orderId, { meaning: 'secured', money: { ...taken, capturedMinor: 2500 } });
  assert.deepEqual(await fixture.operationsOf(about.orderId), [
    'cancel succeeded 4000',
    'cancel by_hand 3500',
    'refund by_hand 2500',
  ]);
  assert.deepEqual(await fixture.caseStates(about.orderId), [
    'release failed resolved',
    'release failed open',
    'refund failed open',
  ]);
  const causes = await node.rows(
    "SELECT DISTINCT cause FROM payment_operations WHERE attempt_id = $1 AND state = 'by_hand'",
    [about.attemptId],
  );
  assert.deepEqual(causes, [{ cause: 'give-back due' }]);
});

const waiting = { kind: 'cancel', code: 'waits' } as const;

/** What is written beside a release that waits, and where all stands once 60 of 100 are taken. */
const wakings: [string, PlantedOperation[], string[], boolean][] = [
  ['of the rest', [{ ...waiting, amount: 4000 }], ['created 4000'], true],
  ['of less than the rest', [{ ...waiting, amount: 3999 }], ['created 3999 waits'], false],
  [
    'of the rest in two parts',
    [
      { ...waiting, amount: 1000 },
      { ...waiting, amount: 3000 },
    ],
    ['created 1000', 'created 3000 waits'],
    true,
  ],
  ['that waits for nothing', [{ ...waiting, amount: 4000, code: 'busy' }], ['created 4000 busy'], false],
  ['that was sent', [{ ...waiting, amount: 4000, state: 'sent' }], ['sent 4000 waits'], false],
  [
    'of the rest, beside a refund',
    [
      { kind: 'refund', amount: 50, code: 'waits' },
      { ...waiting, amount: 4000 },
    ],
    ['created 50 waits', 'created 4000'],
    true,
  ],
];

for (const [name, operations, expected, isWanted] of wakings) {
  test(`once the rest is taken, a release ${name}: ${isWanted ? 'it begins' : 'it does not begin'}`, async () => {
    const about = await reservedWith(fixture, operations);
    const before = await standOf(fixture, other.attemptId);
    await fixture.tell(about.orderId, { meaning: 'secured', money: captured(6000) });
    assert.deepEqual(await standOf(fixture, about.attemptId), expected);
    assert.deepEqual(await reportedOf(about.orderId), isWanted ? ['operation wanted'] : []);
    assert.deepEqual(await standOf(fixture, other.attemptId), before);
  });
}

test('nothing is settled of the charge itself', async () => {
  const about = await reservedWith(fixture, [{ kind: 'capture', amount: 100, state: 'failed' }]);
  await plantOperations(fixture, about.attemptId, [capture(200, 'succeeded')]);
  const charge = () =>
    node.rows("SELECT * FROM payment_operations WHERE attempt_id = $1 AND kind = 'charge'", [
      about.attemptId,
    ]);
  const before = await charge();
  await fixture.tell(about.orderId, { meaning: 'secured', money: captured(300) });
  assert.deepEqual(await charge(), before);
  assert.deepEqual(await standOf(fixture, about.attemptId), ['failed 100', 'succeeded 200']);
});
