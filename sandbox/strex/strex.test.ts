import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startFrozen, type Tried } from '../testing/frozen-sandbox.ts';

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
const failure = (detailedStatusCode: string) => ({ statusCode: 'Failed', detailedStatusCode });
const testInProd = { properties: { TestInProd: true } };

const refusals: [string, object, boolean][] = [
  ['no price', { price: undefined }, true],
  ['a third of an øre', { price: 99.001 }, true],
  ['another country', { recipient: '+46701234567' }, true],
  ['neither message nor password', { smsConfirmation: undefined }, true],
  ['message and password', { oneTimePassword: '1234' }, true],
  ['an id like a reversal', { transactionId: '-one' }, true],
  ['a field nobody knows', { Price: 99 }, true],
  ['an address for reports', { deliveryReportUrl: 'https://example.com' }, true],
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

const ends: [what: string, changes: object, seconds: number, end: object][] = [
  ['paid, with nothing said of billing', {}, 1, { statusCode: 'Ok', detailedStatusCode: 'Delivered' }],
  [
    'without an answer',
    { recipient: '+4790000140' },
    299,
    { statusCode: 'Queued', detailedStatusCode: 'None' },
  ],
  ['never answered', { recipient: '+4790000140' }, 300, failure('TimeoutError')],
  ['never answered in a minute', { recipient: '+4790000140', timeout: 1 }, 60, failure('TimeoutError')],
  ['billed and not delivered', { recipient: '+4790000060' }, 1, { ...failure('Undelivered'), billed: true }],
  ['taken for a loop', { recipient: '+4799190030' }, 1, failure('Stopped')],
  ['as the guide spells it', { recipient: '+4799190016' }, 1, failure('InvalidOTP')],
  ['as the SDKs spell it', { recipient: '+4799190033' }, 1, failure('InvalidOtp')],
  ['as the SDKs spell it', { recipient: '+4799190034' }, 1, failure('CardPspError')],
  ['a number for tests', { recipient: '+4700000020', ...testInProd }, 1, failure('SubscriberBarred')],
  [
    'another of those',
    { recipient: '+4700000077', ...testInProd },
    1,
    { statusCode: 'Ok', detailedStatusCode: 'Delivered' },
  ],
  ['one of those, not meant as a test', { recipient: '+4700000001' }, 1, failure('UnknownSubscriber')],
];

for (const [what, changes, seconds, end] of ends) {
  test(`${what}: a transaction reads ${JSON.stringify(end)} after ${seconds} s`, async (t) => {
    const sandbox = await startFrozen(t);
    assert.equal((await charge(sandbox, changes)).status, 201);
    await sandbox.advance(seconds);
    const { json } = await sandbox.call('GET', `${transactions}/one`, undefined, key);
    const { statusCode, detailedStatusCode, billed } = json;
    const read = { statusCode, detailedStatusCode, ...('billed' in json && { billed }) };
    assert.deepEqual(read, end);
  });
}

test('where the guide says that nothing was billed nothing is booked, else nobody knows', async (t) => {
  const sandbox = await startFrozen(t);
  for (const [at, state] of Object.entries({ '29': 'declined', '05': 'unknown', '35': 'unknown' })) {
    await charge(sandbox, { transactionId: `nr-${at}`, recipient: `+47991900${at}` });
    await sandbox.advance(1);
    const { charges } = await sandbox.ledger();
    assert.equal(charges.find((one) => one.id === `nr-${at}`)?.state, state, at);
  }
});

test('the requests of the guide are taken, and a transaction has the fields of its example', async (t) => {
  const sandbox = await startFrozen(t);
  const example = {
    transactionId: '8502b85f-fac2-47cc-8e55-a20ab8680427',
    shortNumber: '2002',
    recipient: '+4798079008',
    merchantId: 'mer_demo',
    price: 1,
    serviceCode: '14002',
    invoiceText: 'Donation test',
    content: 'SMS_TEXT_TO_ENDUSER',
    smsConfirmation: true,
  };
  const made = await sandbox.call('POST', transactions, example, key);
  assert.deepEqual(
    [made.status, made.headers.get('location')?.split('/').at(-1)],
    [201, example.transactionId],
  );
  await sandbox.advance(1);
  const { json } = await sandbox.call('GET', `${transactions}/${example.transactionId}`, undefined, key);
  const fields = `created detailedStatusCode invoiceText lastModified merchantId price recipient serviceCode
    shortNumber statusCode transactionId`;
  assert.deepEqual(Object.keys(json).sort(), fields.split(/\s+/));
});

test('nobody is told of a transaction, and faults of telling are none of Strex', async (t) => {
  const sandbox = await startFrozen(t);
  await charge(sandbox);
  await sandbox.advance(3600);
  assert.deepEqual((await sandbox.ledger()).reports, []);
  const fault = await sandbox.call('POST', '/control/faults', { provider: 'strex', kind: 'duplicate' });
  assert.deepEqual([fault.status, fault.json['field']], [400, 'kind']);
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
  await sandbox.advance(121);
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
