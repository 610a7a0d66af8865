import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFrozen } from '../testing/frozen-sandbox.ts';
import { callSwedbank, order, purchase, rels, show } from '../testing/swedbank-pay-client.ts';

type Body = { paymentorder: Record<string, unknown> & { payeeInfo: object; urls: object } };

const payee = (payeeId: string, payeeReference: string) => ({ payeeId, payeeReference });
const plain = '5cabf558-5283-482f-b252-4d58e06f6f3c';
const settling = '5cabf558-5283-482f-b252-4d58e06f6f3d';
const urls = { hostUrls: ['https://example.com'], completeUrl: 'https://example.com/done' };
const cancelUrl = 'https://example.com/cancelled';
const noInstrument = { instrument: undefined };

/** Source: github SwedbankPay/developer.swedbankpay.com, checkout v3, request 3.1 and instrument mode. */
const rules: [rule: string, changes: object, status: number][] = [
  ['all that is needed', { urls: { ...urls, cancelUrl } }, 200],
  ['no address for a buyer who gives up', { urls }, 400],
  ['the product name of version 3.0', { productName: 'Checkout3' }, 400],
  ['no name of the payee', { payeeInfo: payee('5cabf558-5283-482f-b252-4d58e06f6f3b', 'ref1') }, 200],
  ['one instrument without an agreement', { payeeInfo: payee(plain, 'ref1') }, 403],
  ['all instruments without an agreement', { ...noInstrument, payeeInfo: payee(plain, 'ref1') }, 200],
  ['letters for who settles itself', { payeeInfo: payee(settling, 'ref1') }, 400],
  ['twelve digits for who settles itself', { payeeInfo: payee(settling, '123456789012') }, 200],
];

for (const [rule, changes, status] of rules) {
  test(`a payment order: ${rule} is ${status}`, async (t) => {
    const sandbox = await startFrozen(t);
    const reply = await callSwedbank(sandbox, 'POST', '', purchase('ref1', changes));
    assert.equal(reply.status, status, reply.text);
  });
}

/** What verifies a card: neither an amount nor an instrument. */
function verification(changes: object = {}): Body {
  const body = purchase('ref1', { urls: { ...urls, cancelUrl } }) as Body;
  const { instrument: _, amount: __, vatAmount: ___, ...about } = body.paymentorder;
  return { paymentorder: { ...about, operation: 'Verify', generateUnscheduledToken: true, ...changes } };
}

test('a card that is verified is kept, nothing is taken, and it is charged later', async (t) => {
  const sandbox = await startFrozen(t);
  assert.equal((await callSwedbank(sandbox, 'POST', '', verification({ amount: 100 }))).status, 400);
  const made = await callSwedbank(sandbox, 'POST', '', verification());
  const { id, amount } = made.json['paymentOrder'] as { id: string; amount: number };
  assert.deepEqual([made.status, amount], [200, 0]);
  const guid = id.split('/').at(-1) ?? '';
  await sandbox.call('POST', `/control/payments/${guid}/approve`);
  const shown = await show(sandbox, guid);
  assert.equal(shown.paymentOrder.status, 'Paid');
  assert.doesNotMatch(JSON.stringify(shown), /transactionType/);
  assert.deepEqual(await rels(sandbox, guid), []);
  const [{ state, amountMinor, capturedMinor } = assert.fail()] = (await sandbox.ledger()).charges;
  assert.deepEqual([state, amountMinor, capturedMinor], ['charged', 0, 0]);
  const token = /"token":"([^"]+)"/.exec(JSON.stringify(shown))?.[1];
  for (const [address, status] of [
    [undefined, 400],
    ['https://example.com/callback', 200],
  ] as const) {
    const reply = await callSwedbank(sandbox, 'POST', '', unscheduled(token, address));
    assert.equal(reply.status, status, reply.text);
  }
});

test('a payment that is given up goes to its own address', async (t) => {
  const sandbox = await startFrozen(t);
  const { page } = await order(sandbox, { urls: { ...urls, cancelUrl } });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const reply = await sandbox.call('POST', `${page}/cancel`, '', form);
  assert.deepEqual([reply.status, reply.headers.get('location')], [303, cancelUrl]);
});

function unscheduled(unscheduledToken: string | undefined, callbackUrl: string | undefined): object {
  const body = purchase(`later${callbackUrl === undefined ? 1 : 2}`) as Body;
  const { instrument: _, ...about } = body.paymentorder;
  const operation = 'UnscheduledPurchase';
  return { paymentorder: { ...about, operation, unscheduledToken, urls: { callbackUrl } } };
}
