import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Reply, startFrozen, type Tried } from '../testing/frozen-sandbox.ts';
import { openVippsClient, paymentBody, type VippsClient } from '../testing/vipps-client.ts';

type Unit = Parameters<typeof openVippsClient>[1];
type Rule = [rule: string, unit: Unit, changes: object, status: number, code?: string];

const payments = '/epayment/v1/payments';
const agreements = '/recurring/v3/agreements';
const illegal = 'illegal-agreement-update';
const phoneNumber = '4791234567';
const euros = { currency: 'EUR', value: 1 };
const push = { userFlow: 'PUSH_MESSAGE', customer: { phoneNumber } };

/** Source: the agent toolkit of Vipps MobilePay (github vippsas/agent-toolkit), ePayment, "Errors". */
const paymentRules: Rule[] = [
  ['an approved sales unit asks on a phone', 'demo', push, 201],
  ['one that is not approved does not', 'web', push, 403, '5080'],
  ['it pays in the browser', 'web', {}, 201],
  ['another currency than the sales unit has', 'demo', { amount: euros }, 400, '5040'],
  ['a cent, where there are euros', 'suomi', { amount: euros }, 201],
  ['less than a krone', 'demo', { amount: { currency: 'NOK', value: 99 } }, 400, '6010'],
  ['back to an app', 'demo', { returnUrl: 'myapp://home' }, 201],
  ['back to a web server without TLS', 'demo', { returnUrl: 'http://example.com' }, 400, '4090'],
  ['a number that is none', 'demo', { customer: { phoneNumber: '4790000407' } }, 400, '4070'],
  ['a number of nobody who may pay', 'demo', { customer: { phoneNumber: '4790000404' } }, 400, '7010'],
];

for (const [rule, unit, changes, status, code] of paymentRules) {
  test(`a payment: ${rule} is ${status}`, async (t) => {
    const { call } = await openVippsClient(await startFrozen(t), unit);
    const amount = { currency: unit === 'suomi' ? 'EUR' : 'NOK', value: 14_900 };
    const reply = await call(
      'POST',
      payments,
      { ...paymentBody('reference-1'), amount, ...changes },
      'key-1',
    );
    assert.equal(reply.status, status, reply.text);
    if (code !== undefined)
      assert.deepEqual(reply.json['extraDetails'], [{ name: 'ErrorCode', reason: code }]);
  });
}

const priced = (pricing: object) => ({ pricing: { type: 'LEGACY', currency: 'NOK', ...pricing } });
const varying = (suggestedMaxAmount: number) => priced({ type: 'VARIABLE', suggestedMaxAmount });
const every = (unit: string, count: number) => ({ interval: { unit, count } });
const first = (amount: number, description = 'First month') => ({
  initialCharge: { amount, description, transactionType: 'DIRECT_CAPTURE' },
});
const campaign = { type: 'PERIOD_CAMPAIGN', price: 100, period: { unit: 'MONTH', count: 1 } };
const lowPrice = { campaign };

/** Source: the same toolkit, Recurring; the specification of 2023; and the list of problems. */
const agreementRules: Rule[] = [
  ['every 31 days', 'demo', every('DAY', 31), 201],
  ['every 52 weeks', 'demo', every('WEEK', 52), 400, 'validation-error'],
  ['every 0 months', 'demo', every('MONTH', 0), 400, 'validation-error'],
  ['a first payment of a krone', 'demo', first(100), 201],
  ['a first payment below a krone', 'demo', first(99), 400, 'validation-error'],
  ['a first payment above the ceiling', 'demo', first(3_000_000), 201],
  ['a line of 46 letters', 'demo', first(100, 'x'.repeat(46)), 400, 'validation-error'],
  ['20,000 kroner', 'demo', priced({ amount: 2_000_000 }), 201],
  ['more than 20,000 kroner', 'demo', priced({ amount: 2_000_001 }), 400, 'validation-error'],
  ['more than 2,000 euros', 'suomi', priced({ amount: 200_001, currency: 'EUR' }), 400, 'validation-error'],
  ['at most 20,000 kroner', 'demo', varying(2_000_000), 201],
  ['at most more than that', 'demo', varying(2_000_001), 400, 'invalid-suggested-max-amount'],
  ['no most where it varies', 'demo', priced({ type: 'VARIABLE' }), 400, 'invalid-suggested-max-amount'],
  ['no price where it is fixed', 'demo', { pricing: { currency: 'NOK' } }, 400, 'validation-error'],
  [
    'a price where there is none',
    'demo',
    priced({ type: 'FLEXIBLE', amount: 100 }),
    400,
    'unsupported-feature',
  ],
  ['another currency', 'demo', priced({ amount: 100, currency: 'EUR' }), 400, 'validation-error'],
  ['a lower price at first', 'demo', lowPrice, 201],
  [
    'a lower price than none',
    'demo',
    { ...priced({ type: 'FLEXIBLE', amount: undefined }), ...lowPrice },
    400,
    'unsupported-feature',
  ],
  ['back to an app', 'demo', { merchantRedirectUrl: 'myapp://home' }, 201],
  ['managed in an app', 'demo', { merchantAgreementUrl: 'myapp://home' }, 400, 'validation-error'],
  ['a number of nobody', 'demo', { phoneNumber: '4790000404' }, 404, 'resource-not-found'],
];

for (const [rule, unit, changes, status, code] of agreementRules) {
  test(`an agreement: ${rule} is ${status}`, async (t) => {
    const { call } = await openVippsClient(await startFrozen(t), unit);
    const reply = await call('POST', agreements, { ...draft, ...changes }, 'key-1');
    assert.equal(reply.status, status, reply.text);
    if (code !== undefined) assert.equal(kindOf(reply), code);
  });
}

test('a campaign is shown with the agreement', async (t) => {
  const { call } = await openVippsClient(await startFrozen(t));
  const { json } = await call('POST', agreements, { ...draft, ...lowPrice }, 'key-1');
  const path = `${agreements}/${String(json['agreementId'])}`;
  const { campaign: shown, created } = (await call('GET', path)).json;
  const { end, ...rest } = shown as typeof campaign & { end: string };
  assert.deepEqual(rest, campaign);
  const days = (Date.parse(end) - Date.parse(String(created))) / 86_400_000;
  assert.ok(days >= 28 && days <= 31, end);
});

test('money moves in the currency of the payment', async (t) => {
  const sandbox = await startFrozen(t);
  const { call, pay } = await openVippsClient(sandbox);
  await pay('reference-1');
  await sandbox.call('POST', '/control/payments/reference-1/approve');
  for (const [at, act] of ['capture', 'refund'].entries()) {
    const body = { modificationAmount: { currency: 'EUR', value: 100 } };
    const reply = await call('POST', `${payments}/reference-1/${act}`, body, `key-${at}`);
    assert.deepEqual(reply.json['extraDetails'], [{ name: 'ErrorCode', reason: '5040' }], act);
  }
});

test('an agreement is stopped once it is active, and only once', async (t) => {
  const sandbox = await startFrozen(t);
  const { call } = await openVippsClient(sandbox);
  const { json } = await call('POST', agreements, draft, 'draft-1');
  const path = `${agreements}/${String(json['agreementId'])}`;
  const stop = (key: string) => call('PATCH', path, { status: 'STOPPED' }, key);
  assert.deepEqual([(await stop('stop-1')).status, kindOf(await stop('stop-1'))], [400, illegal]);
  await sandbox.call('POST', `/control/payments/${String(json['agreementId'])}/approve`);
  assert.equal((await stop('stop-1')).status, 400, 'a refusal stays with its key');
  assert.equal((await stop('stop-2')).status, 204);
  const again = await stop('stop-3');
  assert.deepEqual([again.status, kindOf(again)], [400, illegal]);
});

test('an agreement that is over changes no more, and is charged no more', async (t) => {
  const sandbox = await startFrozen(t);
  const client = await openVippsClient(sandbox);
  const id = await activate(sandbox, client);
  const { call } = client;
  const path = `${agreements}/${id}`;
  assert.equal((await call('PATCH', path, { status: 'STOPPED' }, 'stop-1')).status, 204);
  const changed = await call('PATCH', path, { productName: 'Another' }, 'change-1');
  assert.deepEqual([changed.status, kindOf(changed)], [400, illegal]);
  assert.equal(kindOf(await chargeOn(sandbox, client, id, 'late', 100, 3)), 'charge-creation-failed');
});

test("an interval's charges together cost at most five times the price", async (t) => {
  const sandbox = await startFrozen(t);
  const client = await openVippsClient(sandbox);
  const id = await activate(sandbox, client);
  assert.equal((await chargeOn(sandbox, client, id, 'a', 40_000, 2)).status, 201);
  const more = await chargeOn(sandbox, client, id, 'b', 34_501, 3);
  assert.deepEqual([more.status, kindOf(more)], [400, 'charge-amount-too-high']);
  assert.equal((await chargeOn(sandbox, client, id, 'c', 34_500, 3)).status, 201);
  assert.equal((await chargeOn(sandbox, client, id, 'd', 74_500, 40)).status, 201, 'in another interval');
  const again = await chargeOn(sandbox, client, id, 'a', 100, 80);
  assert.deepEqual([again.status, kindOf(again)], [409, 'conflict']);
});

test('a sales unit neither sees nor hears of what is of another', async (t) => {
  const sandbox = await startFrozen(t);
  const demo = await openVippsClient(sandbox);
  const web = await openVippsClient(sandbox, 'web');
  const heard = await web.listen(t);
  await demo.pay('reference-1');
  const id = await activate(sandbox, demo);
  await sandbox.advance(1);
  assert.deepEqual(heard.names(), []);
  assert.equal((await web.call('GET', `${payments}/reference-1`)).status, 404);
  assert.equal((await web.call('GET', `${agreements}/${id}`)).status, 404);
  assert.equal((await web.call('GET', agreements)).text, '[]');
});

const draft = {
  ...priced({ amount: 14_900 }),
  ...every('MONTH', 1),
  productName: 'Bygdeavisa',
  merchantAgreementUrl: 'https://example.com/me',
  merchantRedirectUrl: 'https://example.com/return',
};

async function activate(sandbox: Tried, { call }: VippsClient): Promise<string> {
  const id = String((await call('POST', agreements, draft, 'draft-1')).json['agreementId']);
  assert.equal((await sandbox.call('POST', `/control/payments/${id}/approve`)).status, 200);
  return id;
}

async function chargeOn(
  sandbox: Tried,
  { call }: VippsClient,
  id: string,
  orderId: string,
  amount: number,
  inDays: number,
): Promise<Reply> {
  const { now } = (await sandbox.advance(1)).json;
  const due = new Date(Date.parse(String(now)) + inDays * 86_400_000).toISOString().slice(0, 10);
  const terms = { description: 'Renewal', transactionType: 'DIRECT_CAPTURE', retryDays: 2 };
  return call(
    'POST',
    `${agreements}/${id}/charges`,
    { ...terms, amount, due, orderId },
    `${orderId}-${inDays}`,
  );
}

/** The identifier in the problem's type. */
function kindOf(reply: Reply): string | undefined {
  return String(reply.json['type']).split('#')[1];
}
