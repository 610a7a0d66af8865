import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFrozen, type Tried } from '../../testing/frozen-sandbox.ts';
import { openVippsClient } from '../../testing/vipps-client.ts';
import { afterSeconds } from './delivery-plan.ts';

async function underFault(sandbox: Tried, kind: string): Promise<void> {
  const fault = { provider: 'vipps', kind, times: 1 };
  assert.equal((await sandbox.call('POST', '/control/faults', fault)).status, 200);
}

const approve = (sandbox: Tried) => sandbox.call('POST', '/control/payments/reference-1/approve');

test('events come in order, and one that is not taken holds up those that follow', async (t) => {
  const sandbox = await startFrozen(t);
  const client = await openVippsClient(sandbox);
  const listening = await client.listen(t);
  listening.answers.push(500, 500);
  await client.pay('reference-1');
  assert.deepEqual(listening.names(), []);
  await sandbox.advance(1);
  await approve(sandbox);
  assert.deepEqual(listening.names(), ['CREATED']);
  await sandbox.advance(10);
  assert.deepEqual(listening.names(), ['CREATED', 'CREATED', 'CREATED', 'AUTHORIZED']);
  const { reports } = await sandbox.ledger();
  assert.deepEqual(
    reports.map((report) => [report.attempt, report.answered]),
    [
      [1, 500],
      [2, 500],
      [3, 200],
      [1, 200],
    ],
  );
});

const faults: [string, string[], string[]][] = [
  ['duplicate', ['CREATED', 'AUTHORIZED', 'AUTHORIZED'], ['CREATED', 'AUTHORIZED', 'AUTHORIZED']],
  ['lost', ['CREATED'], ['CREATED']],
  ['late', ['CREATED'], ['CREATED', 'AUTHORIZED']],
  ['reordered', ['CREATED', 'AUTHORIZED', 'CREATED'], ['CREATED', 'AUTHORIZED', 'CREATED']],
  ['wrong-signature', ['CREATED', 'AUTHORIZED', 'AUTHORIZED'], ['CREATED', 'AUTHORIZED', 'AUTHORIZED']],
];

for (const [kind, soon, atLast] of faults) {
  test(`${kind} changes how a notice comes, not the money`, async (t) => {
    const sandbox = await startFrozen(t);
    const client = await openVippsClient(sandbox);
    const listening = await client.listen(t);
    await client.pay('reference-1');
    await sandbox.advance(1);
    await underFault(sandbox, kind);
    await approve(sandbox);
    assert.deepEqual(listening.names(), soon);
    await sandbox.advance(3 * 3600);
    assert.deepEqual(listening.names(), atLast);
    assert.equal((await sandbox.ledger()).charges[0]?.state, 'reserved');
  });
}

test('early: the notice comes before the answer', async (t) => {
  const sandbox = await startFrozen(t);
  const client = await openVippsClient(sandbox);
  const listening = await client.listen(t);
  await underFault(sandbox, 'early');
  await client.pay('reference-1');
  assert.deepEqual(listening.names(), ['CREATED']);
});

test('reordered: what happened last overtakes what still waits', async (t) => {
  const sandbox = await startFrozen(t);
  const client = await openVippsClient(sandbox);
  const listening = await client.listen(t);
  await client.pay('reference-1');
  await underFault(sandbox, 'reordered');
  await approve(sandbox);
  assert.deepEqual(listening.names(), ['AUTHORIZED', 'CREATED']);
});

test('a registration is listed, refused where it cannot be reached, and deleted for good', async (t) => {
  const sandbox = await startFrozen(t);
  const client = await openVippsClient(sandbox);
  const listening = await client.listen(t);
  const path = '/webhooks/v1/webhooks';
  const events = ['epayments.payment.created.v1'];
  for (const body of [
    { url: 'http://example.com/hook', events },
    { url: 'https://example.com/hook', events: [] },
    { url: 'https://example.com/hook', events: ['epayments.payment.invented.v1'] },
  ]) {
    assert.equal((await client.call('POST', path, body)).status, 400);
  }
  const { json } = await client.call('GET', path);
  const [webhook] = json['webhooks'] as { id: string }[];
  assert.equal((await client.call('DELETE', `${path}/${webhook?.id}`)).status, 204);
  assert.equal((await client.call('DELETE', `${path}/${webhook?.id}`)).status, 404);
  await client.pay('reference-1');
  await sandbox.advance(60);
  assert.deepEqual(listening.names(), []);
});

test('tries go on for seven days, ever more slowly', () => {
  const gaps = [1, 4, 5, 6, 7, 28, 29, 35].map((attempt) => afterSeconds(attempt, 0));
  assert.deepEqual(gaps, [2, 2, 60, 120, 3600, 3600, 86_400, 86_400]);
  assert.equal(afterSeconds(30, 6.5 * 86_400_000), undefined);
});
