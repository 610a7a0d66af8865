import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { resealColumn } from '../../database/reseal-column.ts';
import { openWith, unseal } from '../../kit/seal.ts';
import { type Pending, tellOf } from '../../testing/evidence.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import type { OperationAnswer } from '../port/provider-answer.ts';
import { insertOperationOutcome, sealedPaymentKeys } from './outcomes-store.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

type Outcome = {
  operation_id: number | null;
  source: string;
  meaning: string;
  code: string | null;
  carries_money: boolean;
  applied: boolean;
  raw_sealed: Buffer | null;
};

async function lastOutcome({ attemptId }: Pending): Promise<Outcome> {
  const [row] = await node.rows<Outcome>(
    `SELECT operation_id, source, meaning, code, carries_money, applied, raw_sealed FROM payment_outcomes
     WHERE attempt_id = $1 ORDER BY outcome_id DESC LIMIT 1`,
    [attemptId],
  );
  assert.ok(row);
  return row;
}

/** What was sealed, opened with the payment's own key, each at its own place. */
async function opened({ paymentId, attemptId }: Pending, sealed: Buffer | null): Promise<string | null> {
  if (sealed === null) return null;
  const [row] = await node.rows<{ sealed_key: Buffer }>(
    'SELECT sealed_key FROM payment_keys WHERE payment_id = $1',
    [paymentId],
  );
  assert.ok(row);
  const key = unseal(node.context.secrets.sealing, `payment_keys ${paymentId}`, row.sealed_key);
  return openWith(key, `payment_outcomes ${attemptId}`, sealed).toString();
}

/** What is appended of an answer to a capture, release or refund. */
const answers: [OperationAnswer, string, string | null, string | null][] = [
  [{ kind: 'succeeded', raw: 'done' }, 'succeeded', null, 'done'],
  [{ kind: 'pending', raw: 'at work' }, 'pending', null, 'at work'],
  [{ kind: 'failed', code: 'no', raw: 'refused' }, 'failed', 'no', 'refused'],
  [{ kind: 'already secured', raw: 'paid' }, 'failed', null, 'paid'],
  [{ kind: 'not now', code: 'busy', raw: 'later' }, 'not_sent', 'busy', 'later'],
  [{ kind: 'not sent', code: 'no way' }, 'not_sent', 'no way', null],
  [{ kind: 'unknown', code: 'lost', raw: '' }, 'unknown', 'lost', null],
];

for (const [answer, meaning, code, raw] of answers) {
  test(`the answer ${answer.kind} to an operation is kept as ${meaning}, and pays no order`, async () => {
    const about = await fixture.pending();
    const { publisherId, attemptId, paymentId } = about;
    const key = { publisherId, payment: { payment_id: paymentId }, attemptId, operationId: 77 };
    await node.context.database.transaction('test', (transaction) =>
      insertOperationOutcome(node.context, transaction, key, answer),
    );
    const { raw_sealed: sealed, ...outcome } = await lastOutcome(about);
    const told = { operation_id: 77, source: 'answer', meaning, code };
    assert.deepEqual(outcome, { ...told, carries_money: false, applied: true });
    assert.equal(await opened(about, sealed), raw);
  });
}

test('evidence opens with the key of its payment alone, and no more of it is kept than fits', async () => {
  const [about, other] = [await fixture.pending(), await fixture.pending()];
  await tellOf(fixture, other, { meaning: 'declined', raw: 'of another' });
  await tellOf(fixture, about, { meaning: 'declined', raw: 'x'.repeat(30_000) });
  const { raw_sealed: sealed } = await lastOutcome(about);
  assert.equal(await opened(about, sealed), 'x'.repeat(20_000));
  await assert.rejects(opened({ ...about, paymentId: other.paymentId }, sealed));
});

test('the keys of payments are sealed anew where they stand, and open what they opened', async () => {
  const about = await fixture.pending();
  await tellOf(fixture, about, { meaning: 'declined', raw: 'refused' });
  const { sealing } = node.context.secrets;
  const fresh = { id: Buffer.alloc(8, 9), key: Buffer.alloc(32, 9) };
  const keys = { ...sealing, keys: [fresh, ...sealing.keys] };
  const { resealed, unopened } = await resealColumn(node.context.database, keys, sealedPaymentKeys);
  const [stored] = await node.rows<{ count: number }>('SELECT count(*) AS count FROM payment_keys');
  assert.deepEqual([resealed, unopened], [stored?.count, 0]);
  const [row] = await node.rows<{ sealed_key: Buffer }>(
    'SELECT sealed_key FROM payment_keys WHERE payment_id = $1',
    [about.paymentId],
  );
  const { raw_sealed: sealed } = await lastOutcome(about);
  assert.ok(row && sealed);
  const key = unseal({ ...sealing, keys: [fresh] }, `payment_keys ${about.paymentId}`, row.sealed_key);
  assert.equal(openWith(key, `payment_outcomes ${about.attemptId}`, sealed).toString(), 'refused');
});
