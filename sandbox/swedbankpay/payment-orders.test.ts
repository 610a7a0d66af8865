import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFrozen, type Tried } from '../testing/frozen-sandbox.ts';
import {
  callSwedbank,
  order,
  purchase,
  rels,
  show,
  swedbankHeaders,
} from '../testing/swedbank-pay-client.ts';

async function violated(sandbox: Tried): Promise<number> {
  const { violations } = (await sandbox.call('GET', '/control/violations')).json;
  return (violations as unknown[]).length;
}

function move(payeeReference: string, amount: number): object {
  return { transaction: { description: 'Moved', amount, vatAmount: 0, payeeReference } };
}

test('what can be done varies with the state', async (t) => {
  const sandbox = await startFrozen(t);
  const { guid } = await order(sandbox);
  assert.deepEqual(await rels(sandbox, guid), ['abort', 'redirect-checkout']);
  await sandbox.call('POST', `/control/payments/${guid}/approve`);
  assert.deepEqual(await rels(sandbox, guid), ['capture', 'cancel']);
  await callSwedbank(sandbox, 'POST', `/${guid}/captures`, move('c1', 1000));
  assert.deepEqual(await rels(sandbox, guid), ['capture', 'cancel', 'reversal']);
  await callSwedbank(sandbox, 'POST', `/${guid}/captures`, move('c2', 500));
  assert.deepEqual(await rels(sandbox, guid), ['reversal']);
  await callSwedbank(sandbox, 'POST', `/${guid}/reversals`, move('r1', 1500));
  const { paymentOrder, operations } = await show(sandbox, guid);
  assert.deepEqual([paymentOrder.status, operations], ['Reversed', []]);
});

test('five failures in a row lock an order; a success between begins anew', async (t) => {
  const sandbox = await startFrozen(t);
  const { guid } = await order(sandbox);
  await sandbox.call('POST', `/control/payments/${guid}/approve`);
  const fail = async (times: number) => {
    for (let done = 0; done < times; done += 1) {
      const reply = await callSwedbank(sandbox, 'POST', `/${guid}/captures`, move(`over${done}`, 1501));
      assert.equal(reply.status, 400);
    }
  };
  await fail(4);
  assert.equal((await callSwedbank(sandbox, 'POST', `/${guid}/captures`, move('c1', 100))).status, 200);
  await fail(5);
  assert.equal((await callSwedbank(sandbox, 'POST', `/${guid}/captures`, move('c2', 100))).status, 403);
  assert.deepEqual(await rels(sandbox, guid), ['cancel']);
});

test('the tenth try of the day is over the limit', async (t) => {
  const sandbox = await startFrozen(t);
  const { guid } = await order(sandbox, { amount: 952_100 });
  for (let tries = 0; tries < 10; tries += 1) await sandbox.call('POST', `/control/payments/${guid}/approve`);
  const tried = (await show(sandbox, guid)).paymentOrder.failedAttempts.failedAttemptList;
  assert.deepEqual(
    tried.map((one) => one.problem.type.split('/').at(-1)),
    [...Array.from({ length: 9 }, () => 'carddeclined'), 'velocitycheck'],
  );
});

test('a reference is taken once, for whatever it was', async (t) => {
  const sandbox = await startFrozen(t);
  const { guid } = await order(sandbox);
  assert.equal((await callSwedbank(sandbox, 'POST', '', purchase('ref1'))).status, 400);
  await sandbox.call('POST', `/control/payments/${guid}/approve`);
  assert.equal((await callSwedbank(sandbox, 'POST', `/${guid}/captures`, move('ref1', 100))).status, 400);
  assert.equal((await callSwedbank(sandbox, 'POST', `/${guid}/captures`, move('c1', 100))).status, 200);
  assert.equal((await callSwedbank(sandbox, 'POST', `/${guid}/captures`, move('c1', 100))).status, 400);
  assert.equal(await violated(sandbox), 0);
});

test('a wrong token, a foreign payee and an unknown order are refused, and break no contract', async (t) => {
  const sandbox = await startFrozen(t);
  const path = '/swedbankpay/psp/paymentorders';
  const wrong = { ...swedbankHeaders, authorization: 'Bearer wrong' };
  assert.equal((await sandbox.call('POST', path, purchase('a1'), wrong)).status, 401);
  const payeeInfo = { payeeId: 'another', payeeName: 'Another', payeeReference: 'a2' };
  assert.equal((await callSwedbank(sandbox, 'POST', '', purchase('a2', { payeeInfo }))).status, 403);
  assert.equal((await callSwedbank(sandbox, 'GET', '/00000000-0000-0000-0000-000000000000')).status, 404);
  assert.equal(await violated(sandbox), 0);
});

const broken: [string, object, Record<string, string>?][] = [
  ['a version that is not said', purchase('a1'), { 'content-type': 'application/json' }],
  ['an older version', purchase('a1'), { 'content-type': 'application/json;version=2.0' }],
  ['a long description', purchase('a1', { description: 'a'.repeat(41) })],
  ['a reference with a hyphen', purchase('a-1')],
  ['a reference that is too long', purchase('a'.repeat(31))],
  ['an amount that is not whole', purchase('a1', { amount: 14.5 })],
  ['a field that nobody knows', purchase('a1', { surprise: true })],
  ['no place to come back to', purchase('a1', { urls: { hostUrls: ['http://localhost'] } })],
];
for (const [name, body, headers] of broken) {
  test(`the contract is broken: ${name}`, async (t) => {
    const sandbox = await startFrozen(t);
    const path = '/swedbankpay/psp/paymentorders';
    const reply = await sandbox.call('POST', path, body, { ...swedbankHeaders, ...headers });
    assert.equal(reply.status, 400);
    assert.match(String(reply.json['type']), /inputerror$/);
    assert.equal(await violated(sandbox), 1);
    assert.deepEqual((await sandbox.ledger()).charges, []);
  });
}
