import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { type PlantedOperation, plantOperations, reservedWith } from '../../testing/operations.ts';
import { sweepOperations } from './sweep-operations.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

/** An operation that was written so many seconds ago, and a job that has its id for a key. */
type Written = PlantedOperation & { seconds?: number; job?: string };

/** What is written, and after how many hours it is carried out; nothing where it gets no job. */
const cases: [string, Written, number | undefined][] = [
  ['a capture', { kind: 'capture' }, 0],
  ['a release', { kind: 'cancel' }, 0],
  ['a refund', { kind: 'refund' }, 0],
  ['what was sent', { kind: 'capture', state: 'sent' }, 0],
  ['what has no answer', { kind: 'capture', state: 'unknown' }, 0],
  ['what is done', { kind: 'capture', state: 'succeeded' }, undefined],
  ['what failed', { kind: 'capture', state: 'failed' }, undefined],
  ['what waits for a person', { kind: 'capture', state: 'by_hand' }, undefined],
  ['what was just written', { kind: 'capture', seconds: 30 }, undefined],
  ['a release that waits for the rest', { kind: 'cancel', code: 'waits' }, undefined],
  ['what was refused for now', { kind: 'cancel', code: 'busy' }, 0],
  ['what is planned for later', { kind: 'capture', due: 5 }, 5],
  ['what was planned for earlier', { kind: 'capture', due: -5 }, 0],
  ['what has its job', { kind: 'capture', job: 'run-operation' }, undefined],
  ['what has another job', { kind: 'capture', job: 'resolve-attempt' }, 0],
];

type Run = { key: string; hours: number; about: object };

/** The jobs that carry operations out, by the operation. */
async function runs(): Promise<Run[]> {
  return node.rows<Run>(
    `SELECT key, arguments AS about, round(extract(epoch FROM run_at - leveret_now()) / 3600)::integer AS hours
     FROM jobs WHERE name = 'run-operation' ORDER BY key::bigint`,
  );
}

test('an operation without its job gets it again: what is open, not waiting, and not just written', async () => {
  const { publisherId, attemptId } = await reservedWith(fixture);
  const expected: Run[] = [];
  for (const [, operation, hours] of cases) {
    const { seconds = 120, job } = operation;
    const [operationId = 0] = await plantOperations(fixture, attemptId, [operation]);
    await node.rows(
      `WITH job AS (
         INSERT INTO jobs (lane, name, key, arguments, run_at, created_at)
         SELECT 'x', $3, $1::bigint::text, '{}', leveret_now(), leveret_now() WHERE $3::text IS NOT NULL)
       UPDATE payment_operations SET created_at = leveret_now() - $2::integer * interval '1 second'
       WHERE operation_id = $1 RETURNING operation_id`,
      [operationId, seconds, job ?? null],
    );
    const about = { publisherId, attemptId, operationId };
    if (job === 'run-operation') expected.push({ key: `${operationId}`, hours: 0, about: {} });
    else if (hours !== undefined) expected.push({ key: `${operationId}`, hours, about });
  }
  await node.rows(
    `INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, state, created_at)
     VALUES ($1, $2, 'charge', gen_random_uuid(), 100, 'sent', leveret_now() - interval '1 hour')
     RETURNING operation_id`,
    [attemptId, publisherId],
  );
  await sweepOperations(node.context);
  assert.deepEqual(await runs(), expected);
  await sweepOperations(node.context);
  assert.equal((await runs()).length, expected.length);
});
