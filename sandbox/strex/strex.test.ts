import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Listener, startFrozen, startListener, type Tried } from '../testing/frozen-sandbox.ts';

const key = { 'x-apikey': 'strex-demo-key' };
const transactions = '/strex/api/strex/transactions';
const reader = '+4791234567';

function body(changes: object = {}): Record<string, unknown> {
  return {
    transactionId: 'one',
    shortNumber: '2270',
    recipient: reader,
    merchantId: 'mer_demo',
    price: 99,
    serviceCode: '16004',
    invoiceText: 'Demo, one month',
    smsConfirmation: true,
    ...changes,
  };
}

const charge = (sandbox: Tried, changes: object = {}) =>
  sandbox.call('POST', transactions, body(changes), key);
const statusOf = async (sandbox: Tried, id = 'one') =>
  (await sandbox.call('GET', `${transactions}/${id}`, undefined, key)).json['statusCode'];
const codesOf = (listener: Listener) =>
  listener.heard.map((one) => (JSON.parse(one.body) as { statusCode: string }).statusCode);

const refusals: [string, object, boolean][] = [
  ['no price', { price: undefined }, true],
  ['a third of an øre', { price: 99.001 }, true],
  ['another country', { recipient: '+46701234567' }, true],
  ['neither message nor password', { smsConfirmation: undefined }, true],
  ['message and password', { oneTimePassword: '1234' }, true],
  ['an id like a reversal', { transactionId: '-one' }, true],
  ['a field nobody knows', { Price: 99 }, true],
  ['an unknown merchant', { merchantId: 'mer_nobody' }, false],
];

test('what breaks a rule is refused, and what breaks the contract is counted', async (t) => {
  const sandbox = await startFrozen(t);
  let counted = 0;
  for (const [what, changes, isViolation] of refusals) {
    assert.equal((await charge(sandbox, changes)).status, 400, what);
    counted += Number(isViolation);
    const violations = (await sandbox.call('GET', '/control/violations')).json['violations'] as unknown[];
    assert.equal(violations.length, counted, what);
  }
  assert.equal((await sandbox.call('POST', transactions, body())).status, 401);
  assert.deepEqual((await sandbox.ledger()).charges, []);
  await sandbox.call('DELETE', '/control');
  assert.deepEqual((await sandbox.call('GET', '/control/violations')).json, { violations: [] });
});

test('an id is taken once, and an unknown one is not found', async (t) => {
  const sandbox = await startFrozen(t);
  assert.equal((await charge(sandbox)).status, 201);
  const again = await charge(sandbox, { price: 1 });
  assert.deepEqual([again.status, again.json['message']], [400, 'DuplicateTransaction']);
  assert.equal((await sandbox.ledger()).charges[0]?.amountMinor, 9900);
  assert.equal((await sandbox.call('GET', `${transactions}/two`, undefined, key)).status, 404);
});

const reportFaults: [string, string[], string[]][] = [
  ['duplicate', ['Ok', 'Ok'], ['Ok', 'Ok']],
  ['lost', [], []],
  ['late', [], ['Ok']],
  ['reordered', ['Ok'], ['Ok', 'Sent']],
  ['wrong-signature', ['Ok', 'Ok'], ['Ok', 'Ok']],
];

test('faults change when and how often reports come, not the money', async (t) => {
  const sandbox = await startFrozen(t);
  for (const [kind, soon, atLast] of reportFaults) {
    await sandbox.call('DELETE', '/control');
    const listener = await startListener(t);
    await sandbox.call('POST', '/control/faults', { provider: 'strex', kind, times: 1 });
    await charge(sandbox, { deliveryReportUrl: listener.url });
    await sandbox.advance(1);
    assert.deepEqual(codesOf(listener), soon, kind);
    assert.equal(await statusOf(sandbox), 'Ok', kind);
    await sandbox.advance(3 * 3600);
    assert.deepEqual(codesOf(listener), atLast, kind);
    assert.equal((await sandbox.ledger()).charges[0]?.state, 'charged', kind);
  }
});

test('early: the report comes before the answer', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  await sandbox.call('POST', '/control/faults', { provider: 'strex', kind: 'early' });
  await charge(sandbox, { deliveryReportUrl: listener.url });
  assert.deepEqual(codesOf(listener), ['Ok']);
  assert.equal(await statusOf(sandbox), 'Ok');
});

test('a report without 200 is tried again 19 times in two days, another 2xx included', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  listener.answers.push(...Array.from({ length: 30 }, (_, at) => (at === 3 ? 204 : 500)));
  await charge(sandbox, { deliveryReportUrl: listener.url });
  await sandbox.advance(49 * 3600);
  assert.equal(listener.heard.length, 20);
  assert.equal((await sandbox.ledger()).reports.length, 20);
});

test('a one-time password is good for its transaction, until it is old', async (t) => {
  const sandbox = await startFrozen(t);
  const send = (transactionId: string) =>
    sandbox.call(
      'POST',
      '/strex/api/strex/one-time-passwords',
      { transactionId, merchantId: 'mer_demo', recipient: reader, recurring: false },
      key,
    );
  const pay = (transactionId: string, oneTimePassword: string) =>
    charge(sandbox, { transactionId, smsConfirmation: undefined, oneTimePassword });
  for (const id of ['right', 'wrong', 'old']) assert.equal((await send(id)).status, 201);
  assert.match((await sandbox.call('GET', '/control/messages')).text, /Your code is 1234/);
  await pay('right', '1234');
  await pay('wrong', '4321');
  await pay('unsent', '1234');
  await sandbox.advance(600);
  await pay('old', '1234');
  await sandbox.advance(1);
  const states = await Promise.all(['right', 'wrong', 'unsent', 'old'].map((id) => statusOf(sandbox, id)));
  assert.deepEqual(states, ['Ok', 'Failed', 'Failed', 'Failed']);
});

test('the message leads to a page on which the reader decides, once', async (t) => {
  const sandbox = await startFrozen(t);
  await charge(sandbox, { recipient: '+4790000140' });
  const { text } = await sandbox.call('GET', '/control/messages');
  const [path = ''] = /\/pay\/strex\/one/.exec(text) ?? [];
  const page = await sandbox.call('GET', path);
  assert.match(page.text, /NOK 99\.00/);
  assert.match(page.text, /Reply OK/);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const pressed = await sandbox.call('POST', `${path}/approve`, '', form);
  assert.deepEqual([pressed.status, pressed.headers.get('location')], [303, '/phone/4790000140']);
  assert.match((await sandbox.call('GET', path)).text, /Paid/);
  assert.equal((await sandbox.call('POST', `${path}/refuse`, '', form)).status, 409);
  assert.equal((await sandbox.ledger()).charges[0]?.state, 'charged');
});

test('a sandbox that is started again goes on where it was', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'leveret-strex-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const dataFile = join(folder, 'sandbox.jsonl');
  const before = await startFrozen(t, { dataFile });
  await charge(before);
  await before.close();
  const sandbox = await startFrozen(t, { dataFile });
  assert.equal(await statusOf(sandbox), 'Queued');
  await sandbox.advance(1);
  assert.equal(await statusOf(sandbox), 'Ok');
  assert.equal((await sandbox.call('DELETE', `${transactions}/one`, undefined, key)).status, 201);
  await sandbox.advance(2);
  assert.equal((await sandbox.ledger()).refunds[0]?.amountMinor, 9900);
});
