import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { type PlantedOperation, plantOperations, reservedWith } from '../../testing/operations.ts';
import { sweepCaptureDue } from './sweep-capture-due.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

/** A payment of 100.00 that is reserved; its deadline is so many hours from now, nothing for none. */
type Reserved = {
  deadline: number | null;
  /** Hours since it was reserved. */
  since?: number;
  state?: string;
  taken?: number;
  released?: number;
  isOfNoOrder?: boolean;
  /** Those without `due` are due at once. */
  moves?: readonly PlantedOperation[];
  /** A case that is known of it already. */
  known?: string;
};

const capture = (amount: number, more: Partial<PlantedOperation> = {}) =>
  ({ kind: 'capture', amount, ...more }) as const;

/** By what stands in the way of losing it, and whether a person is told. */
const cases: [string, Reserved, boolean][] = [
  ['a day before its end', { deadline: 23 }, true],
  ['more than a day before its end', { deadline: 25 }, false],
  ['after its end', { deadline: -1 }, true],
  ['without an end', { deadline: null }, false],
  ['in the last tenth of a long time', { deadline: 48, since: 480 }, true],
  ['before the last tenth of a long time', { deadline: 60, since: 480 }, false],
  ['that is not secured', { deadline: 23, state: 'pending' }, false],
  ['of no order', { deadline: 23, isOfNoOrder: true }, false],
  ['taken and released, so that nothing is left', { deadline: 23, taken: 6000, released: 4000 }, false],
  ['taken and released in part', { deadline: 23, taken: 6000, released: 3999 }, true],
  ['that is being taken', { deadline: 23, moves: [capture(10_000)] }, false],
  ['that is being taken but for a part', { deadline: 23, moves: [capture(9999)] }, true],
  ['whose rest is being taken', { deadline: 23, taken: 6000, moves: [capture(4000)] }, false],
  ['whose rest is being taken in part', { deadline: 23, taken: 6000, moves: [capture(3999)] }, true],
  ['released in part, the rest being taken', { deadline: 23, released: 6000, moves: [capture(4000)] }, false],
  [
    'that is being taken and released',
    { deadline: 23, moves: [capture(5000), { kind: 'cancel', amount: 5000 }] },
    false,
  ],
  ['that is being refunded', { deadline: 23, moves: [{ kind: 'refund', amount: 10_000 }] }, true],
  ['whose capture was sent', { deadline: 23, moves: [capture(10_000, { state: 'sent' })] }, false],
  ['whose capture has no answer', { deadline: 23, moves: [capture(10_000, { state: 'unknown' })] }, false],
  [
    'whose capture waits for a person',
    { deadline: 23, moves: [capture(10_000, { state: 'by_hand' })] },
    true,
  ],
  ['whose capture failed', { deadline: 23, moves: [capture(10_000, { state: 'failed' })] }, true],
  ['whose capture is planned in time', { deadline: 23, moves: [capture(10_000, { due: 22 })] }, false],
  [
    'whose capture is planned for its very end',
    { deadline: 23, moves: [capture(10_000, { due: 23 })] },
    true,
  ],
  ['whose capture is planned too late', { deadline: 23, moves: [capture(10_000, { due: 24 })] }, true],
  ['of which a person was told', { deadline: 23, known: 'capture due' }, false],
  ['of which a person was told something else', { deadline: 23, known: 'payment disputed' }, true],
];

type About = { publisherId: number; orderId: number; attemptId: number };

/** Writes an attempt of its own of the payment of an order, and answers its id. */
async function plant({ orderId, attemptId }: About, of: Reserved): Promise<number> {
  const { deadline, since = 0, state = 'secured', taken = 0, released = 0, moves = [], known } = of;
  const [row] = await node.rows<{ attempt_id: number }>(
    `WITH made AS (
       INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token, state,
         authorized_minor, captured_minor, cancelled_minor, capture_before, created_at)
       SELECT payment_id, publisher_id, CASE WHEN NOT $8 THEN $2::bigint END, adapter, gen_random_uuid(),
         gen_random_uuid(), $5, 10000, $6, $7, leveret_now() + $3::integer * interval '1 hour',
         leveret_now() - $4::integer * interval '1 hour'
       FROM payment_attempts WHERE attempt_id = $1 RETURNING *),
     known AS (
       INSERT INTO cases (publisher_id, order_id, attempt_id, kind, state, outcome, opened_at, resolved_at)
       SELECT publisher_id, order_id, attempt_id, $9, 'resolved', 'dismissed', leveret_now(), leveret_now()
       FROM made WHERE $9::text IS NOT NULL)
     SELECT attempt_id FROM made`,
    [attemptId, orderId, deadline, since, state, taken, released, of.isOfNoOrder === true, known ?? null],
  );
  assert.ok(row);
  await plantOperations(fixture, row.attempt_id, moves);
  // What was planned for about the end is planned for the very end.
  await node.rows(
    `UPDATE payment_operations operations SET due_at = capture_before
     FROM payment_attempts attempts WHERE attempts.attempt_id = operations.attempt_id
       AND attempts.attempt_id = $1 AND abs(extract(epoch FROM due_at - capture_before)) < 600
     RETURNING operation_id`,
    [row.attempt_id],
  );
  return row.attempt_id;
}

/** The attempts with an open case. */
async function told(): Promise<number[]> {
  const rows = await node.rows<{ attempt_id: number }>(
    "SELECT attempt_id FROM cases WHERE kind = 'capture due' AND state = 'open' ORDER BY attempt_id",
  );
  return rows.map((row) => row.attempt_id);
}

test('a person is told once of what is reserved, what nothing is going to take, and what is soon lost', async () => {
  const about = await reservedWith(fixture);
  const planted = new Map<number, string>();
  const due: string[] = [];
  for (const [name, reserved, isDue] of cases) {
    planted.set(await plant(about, reserved), name);
    if (isDue) due.push(name);
  }
  await sweepCaptureDue(node.context);
  assert.deepEqual(
    (await told()).map((attemptId) => planted.get(attemptId)),
    due,
  );
  const before = await told();
  await sweepCaptureDue(node.context);
  assert.deepEqual(await told(), before);
});
