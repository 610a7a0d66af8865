import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { transactionIdOf } from '../../orders/payment-result.ts';
import { openTestNode, smsOrder, type TestNode } from '../../testing/node.ts';
import { openTestMethod } from '../../testing/payment-method.ts';
import { methods } from '../methods/list.ts';
import type { Prepayment } from './begin-prepayment.ts';
import { addressWithOutcome } from './return-prepayment.ts';

const { method } = openTestMethod();
methods.nexi = [{ ...method, start: async () => ({ kind: 'not sent', code: 'unused' }) }];

let node: TestNode;
const started: Prepayment[] = [];
before(async () => {
  node = await openTestNode();
  await node.put('/capi/v1/client/payment-methods/test-pay/default', {
    settings: { baseUrl: 'http://127.0.0.1:9/pay', shop: 'shop', key: 'key' },
  });
  node.context.startPrepayment = async (prepayment) => {
    started.push(prepayment);
    return { kind: 'started', redirectTo: 'https://provider.example/pay/1' };
  };
});
after(() => node.close());

const returnUrl = 'http://localhost:3000/shop?page=1';
const good = {
  clientId: 'no.leveret.demo',
  paymentMethod: 'nexi',
  amount: '149.00',
  currency: 'NOK',
  returnUrl,
  state: 'a-state',
};

async function begin(changes: Record<string, string> = {}, origin = 'http://localhost:3000') {
  const reply = await node.app.http.app.inject({
    method: 'POST',
    url: '/capi/mcpay/start',
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ...good, ...changes }).toString(),
  });
  const location = reply.headers['location'] ?? '';
  return { status: reply.statusCode, location, told: resultIn(location) };
}

/** What the script reads behind the `#`. */
function resultIn(location: string): Record<string, unknown> {
  const [, encoded] = location.split('#leveretpay=');
  return encoded === undefined ? {} : JSON.parse(Buffer.from(encoded, 'base64url').toString());
}

test('a page sends its buyer to the provider, with the amount in minor units', async () => {
  const reply = await begin();
  assert.deepEqual([reply.status, reply.location], [303, 'https://provider.example/pay/1']);
  const [prepayment] = started;
  assert.equal(prepayment?.amountMinor, 14_900);
  assert.equal(prepayment?.returnUrl, returnUrl);
  assert.equal(prepayment?.client.clientId, 'no.leveret.demo');
});

const unknown: [string, Record<string, string>, string?][] = [
  ['an unknown client', { clientId: 'no.body' }],
  ['a page that is not on the list', { returnUrl: 'https://elsewhere.example/' }],
  ['no address', { returnUrl: '' }],
  ['a page of another origin', {}, 'https://elsewhere.example'],
];

for (const [name, changes, origin] of unknown) {
  test(`${name} is sent nowhere`, async () => {
    const reply = await begin(changes, origin);
    assert.deepEqual([reply.status, reply.location], [400, '']);
  });
}

const wrong: [Record<string, string>, string][] = [
  [{ amount: '0' }, 'amount_is_invalid'],
  [{ amount: '-1' }, 'amount_is_invalid'],
  [{ amount: '1.999' }, 'amount_is_invalid'],
  [{ currency: 'XXX' }, 'currency_differs'],
  [{ paymentMethod: 'invoice' }, 'method_cannot_be_prepaid'],
  [{ paymentMethod: 'vippsRecurring' }, 'method_must_recur'],
  [{ recurring: 'true' }, 'method_cannot_recur'],
  [{ paymentMethod: 'smsPay' }, 'payment_method_is_not_configured'],
  [{ paymentMethod: 'gold' }, 'input_is_invalid'],
  [{ amount: '' }, 'input_is_invalid'],
  [{ Amount: '1' }, 'input_is_invalid'],
  [{ curency: 'SEK' }, 'input_is_invalid'],
  [{ merchantId: ' ' }, 'input_is_invalid'],
  [{ merchantID: 'x' }, 'input_is_invalid'],
  [{ recurring: 'yes' }, 'input_is_invalid'],
];

for (const [changes, code] of wrong) {
  test(`the page is told ${code} for ${JSON.stringify(changes)}`, async () => {
    const reply = await begin(changes);
    assert.equal(reply.status, 303);
    assert.ok(reply.location.startsWith(`${returnUrl}#`));
    assert.deepEqual(reply.told, { state: 'a-state', status: 'error', code });
  });
}

test('where nothing can be started the page is told so', async () => {
  const { startPrepayment } = node.context;
  node.context.startPrepayment = async () => ({
    kind: 'refused',
    code: 'payment_method_is_not_configured',
  });
  assert.equal((await begin()).told['code'], 'payment_method_is_not_configured');
  node.context.startPrepayment = startPrepayment;
});

test('what we signed registers no order where the payment itself is not known', async () => {
  const address = await addressWithOutcome(
    node.context.secrets.paymentResults,
    { returnUrl, state: 's' },
    {
      kind: 'paid',
      result: {
        transactionId: transactionIdOf('p1'),
        clientId: 'no.leveret.demo',
        paymentMethod: 'nexi',
        amountMinor: 14_900,
        currency: 'NOK',
        recurring: false,
        isCaptured: true,
        paidAt: node.context.clock.now(),
      },
    },
  );
  const told = resultIn(address);
  assert.equal(told['status'], 'success');
  const order = told['order'] as object;
  assert.deepEqual(Object.keys(order), ['paymentMethod', 'prepaid', 'recurring', 'paymentInfoNexi']);
  const reply = await node.post('/capi/v1/client/order', { ...smsOrder(), ...order });
  assert.deepEqual([reply.status, reply.body['code']], [400, 'payment_result_is_unknown']);
  const [fault] = reply.body['fields'] as { field: string }[];
  assert.equal(fault?.field, 'paymentInfoNexi.transactionId');
  assert.deepEqual(await node.rows('SELECT order_id FROM orders'), []);
});

test('the script is served at our path and at the original’s, and no other version', async () => {
  const get = (url: string) => node.app.http.app.inject({ method: 'GET', url });
  const own = await get('/pay/v/1/leveretpay.js');
  assert.match(String(own.headers['content-type']), /^text\/javascript/);
  for (const version of ['v/1', 'v/1.0', 'v/1.1', 'public/1.0.0', 'public/1.1.12', 'beta']) {
    const original = await get(`/mcpay/lib/${version}/mediaconnectpay.js`);
    assert.equal(original.body, own.body, version);
  }
  for (const version of ['2', '1.2', '1.1.', '1.1.0.0', '01'])
    assert.equal((await get(`/pay/v/${version}/leveretpay.js`)).statusCode, 404, version);
  assert.equal((await get('/mcpay/lib/beta/other.js')).statusCode, 404);
});
