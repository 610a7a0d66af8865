import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bookedCharge,
  charge,
  chargeMessage,
  gateLogin,
  type Listener,
  openGate,
  startFrozen,
  startListener,
  type Tried,
} from '../testing/frozen-sandbox.ts';

const number = '+4791234567';
const hours = 3600;

async function underFault(sandbox: Tried, kind: string, more: object = {}): Promise<void> {
  const fault = { provider: 'link', kind, rate: 1, seed: 7, ...more };
  assert.equal((await sandbox.call('POST', '/control/faults', fault)).status, 200);
}

const codes = (listener: Listener) => listener.reports().map((report) => report.resultCode);
const logins = (listener: Listener) => listener.received.map((one) => one.headers.authorization);

const reportFaults: [string, string, number[], number[]][] = [
  ['duplicate', number, [1001, 1001], [1001, 1001]],
  ['lost', number, [], []],
  ['late', number, [], [1001]],
  ['reordered', number, [1001], [1001, 1000]],
  ['reordered', '+4790000051', [1001], [1001, 1008]],
];

test('faults of reports change when and how often they come, not the money', async (t) => {
  const sandbox = await startFrozen(t);
  for (const [kind, destination, soon, atLast] of reportFaults) {
    await sandbox.call('DELETE', '/control');
    const listener = await startListener(t);
    await openGate(sandbox, listener);
    await underFault(sandbox, kind);
    const id = await charge(sandbox, destination);
    await sandbox.advance(1);
    assert.deepEqual(codes(listener), soon, kind);
    await sandbox.advance(3 * hours);
    assert.deepEqual(codes(listener), atLast, kind);
    assert.equal((await bookedCharge(sandbox, id))?.state, 'charged', kind);
  }
});

test('early: the report comes before the answer', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  await openGate(sandbox, listener);
  await underFault(sandbox, 'early');
  const id = await charge(sandbox, number);
  assert.deepEqual(codes(listener), [1001]);
  assert.equal((await bookedCharge(sandbox, id))?.state, 'charged');
});

test('wrong-signature: a stranger claims success with a wrong password, once; the true report follows', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  listener.answers.push(401);
  await openGate(sandbox, listener);
  await underFault(sandbox, 'wrong-signature');
  await charge(sandbox, '+4790000010');
  await sandbox.advance(3 * hours);
  assert.deepEqual(codes(listener), [1001, 2201]);
  const right = `Basic ${btoa(`${gateLogin.username}:${gateLogin.password}`)}`;
  assert.deepEqual(
    logins(listener).map((login) => login === right),
    [false, true],
  );
});

test('error-500 and timeout-before do nothing, timeout-after-success charges without a word', async (t) => {
  const sandbox = await startFrozen(t);
  await openGate(sandbox, await startListener(t));
  const send = () => sandbox.call('POST', '/link/sms/send', chargeMessage(number));

  await underFault(sandbox, 'error-500', { times: 1 });
  assert.equal((await send()).status, 500);
  await underFault(sandbox, 'timeout-before', { times: 1, milliseconds: 0 });
  await assert.rejects(send());
  assert.equal((await sandbox.ledger()).charges.length, 0);

  await underFault(sandbox, 'timeout-after-success', { times: 1, milliseconds: 0 });
  await assert.rejects(send());
  await sandbox.advance(1);
  const { charges } = await sandbox.ledger();
  assert.deepEqual(
    charges.map((one) => one.state),
    ['charged'],
  );
  assert.equal((await send()).status, 200);
});

test('the same seed hits the same requests', async (t) => {
  const sandbox = await startFrozen(t);
  await openGate(sandbox, await startListener(t));
  const run = async (seed: number) => {
    await underFault(sandbox, 'error-500', { rate: 0.5, seed });
    const statuses: number[] = [];
    for (let sent = 0; sent < 20; sent += 1) {
      statuses.push((await sandbox.call('POST', '/link/sms/send', chargeMessage(number))).status);
    }
    return statuses.join(' ');
  };
  const first = await run(1);
  assert.equal(await run(1), first);
  assert.notEqual(await run(2), first);
  assert.match(first, /200/);
  assert.match(first, /500/);
});
