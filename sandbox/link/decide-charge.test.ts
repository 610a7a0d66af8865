import assert from 'node:assert/strict';
import { test } from 'node:test';
import { charge, openGate, startFrozen, startListener } from '../testing/frozen-sandbox.ts';

const cases: [string, string, number[]][] = [
  ['approve', 'charged', [1001]],
  ['refuse', 'declined', [2205]],
  ['expire', 'declined', [1002]],
  ['abandon', 'unknown', []],
];

test('buyer and provider can decide a waiting charge, and nothing else follows', async (t) => {
  const sandbox = await startFrozen(t);
  for (const [decision, state, codes] of cases) {
    const listener = await startListener(t);
    await openGate(sandbox, listener);
    const id = await charge(sandbox, '+4791234567');
    const reply = await sandbox.call('POST', `/control/payments/${id}/${decision}`);
    assert.equal(reply.status, 200);
    assert.equal((reply.json['payment'] as { state: string }).state, state);
    await sandbox.advance(60);
    assert.deepEqual(
      listener.reports().map((report) => report.resultCode),
      codes,
    );
  }
});

test('what is charged stays charged, and an unknown payment is not found', async (t) => {
  const sandbox = await startFrozen(t);
  await openGate(sandbox, await startListener(t));
  const id = await charge(sandbox, '+4791234567', { refId: 'mine' });
  await sandbox.advance(1);
  const reply = await sandbox.call('POST', `/control/payments/${id}/refuse`);
  assert.deepEqual([reply.status, reply.json['rule']], [409, 'undecided']);
  assert.equal((await sandbox.call('POST', '/control/payments/none/approve')).status, 404);

  const found = (await sandbox.call('GET', '/control/payments?reference=mine')).json['payments'];
  assert.deepEqual(
    (found as { id: string }[]).map((payment) => payment.id),
    [id],
  );
  const other = await sandbox.call('GET', '/control/payments?reference=other');
  assert.deepEqual(other.json, { payments: [] });
});
