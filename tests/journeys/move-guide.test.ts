import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { api } from '@leveret/server/api.js';
import { clientSettings } from '@leveret/server/publishers/client-settings.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { freeOrder, kari, prepaidOrder, register } from '../builders/orders.ts';

const guide = await readFile(new URL('../../../docs/guides/move-to-leveret.md', import.meta.url), 'utf8');

let fixture: Fixture;
let site: DemoClient;
before(async () => {
  fixture = await buildFixture();
  site = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

test('every call that the guide names is in the table, and every setting is one', () => {
  const rows = new Set<string>(api.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`));
  const calls = guide.match(/(GET|POST|PUT|PATCH|DELETE) \/capi[^`\s?]*/g) ?? [];
  assert.ok(calls.length >= 7, String(calls.length));
  for (const call of calls) assert.ok(rows.has(call.replace('/default', '/{merchantId}')), call);
  for (const name of ['bareIdOpens', 'bareIdCompletes', 'linkLifetimeUnit'])
    assert.ok(Object.hasOwn(clientSettings, name), name);
});

const id = { client_id: 'no.leveret.demo', client_secret: 'leveret-demo-secret' };
const grant = { grant_type: 'client_credentials' };
const basic = { authorization: `Basic ${btoa(`${id.client_id}:${id.client_secret}`)}` };
const query = String(new URLSearchParams({ ...grant, ...id }));
const ways: [string, string, RequestInit][] = [
  ['Basic', '', { headers: basic, body: new URLSearchParams(grant) }],
  ['the form', '', { body: new URLSearchParams({ ...grant, ...id }) }],
  ['the query', `?${query}`, {}],
];
for (const [way, asked, init] of ways) {
  test(`a token is given by ${way}, at /user and at /login`, async () => {
    for (const base of ['/user', '/login']) {
      const reply = await fetch(`${fixture.url}${base}/oauth/token${asked}`, { method: 'POST', ...init });
      assert.equal(reply.status, 200, base);
    }
  });
}

test('errors have a code and a page, but those of a token, which are OAuth’s', async () => {
  const { status, body } = await site.post('/capi/v1/client/order', { payer: kari });
  assert.equal(status, 400);
  for (const name of ['code', 'fields', 'exceptionType', 'errorMessage']) assert.ok(name in body, name);
  assert.equal((await fetch(textAt(body, 'type'))).status, 200);
  const refused = await (await fetch(`${fixture.url}/capi/v1/client/orders`)).json();
  assert.deepEqual(Object.keys(refused as object), ['error', 'error_description']);
});

test('the same paid transaction with the same content answers the order that it paid', async () => {
  const order = prepaidOrder();
  assert.equal(await register(site, order), await register(site, order));
});

test('a list refuses what it does not know, passes over what the original sends, and answers by each word', async () => {
  const orderId = await register(site, freeOrder({ externalOrderId: 'moved-1' }));
  const status = async (asked: string) => (await site.get(`/capi/v1/client/orders?${asked}`)).status;
  assert.equal(await status('foo=1'), 400);
  assert.equal(await status('testing=true&access_token=abc'), 200);
  for (const asked of ['externalOrderId=moved-1', 'credential=kari@example.com', 'state=registered']) {
    const { body } = await site.get(`/capi/v1/client/orders?${asked}`);
    assert.match(JSON.stringify(body), new RegExp(`"orderId":${orderId}\\b`), asked);
  }
});

const empty: [Record<string, unknown>, number][] = [
  [{ externalOrderId: '' }, 200],
  [{ payer: { ...kari, phoneNumbers: [''] } }, 200],
  ...['paymentMethod', 'prepaid', 'orderAmount'].map((name): [object & Record<string, unknown>, number] => [
    { [name]: '' },
    400,
  ]),
];
for (const [change, status] of empty) {
  test(`an order with ${JSON.stringify(change)} is answered with ${status}`, async () => {
    assert.equal((await site.post('/capi/v1/client/order', freeOrder(change))).status, status);
  });
}

for (const field of ['domain', 'ip', 'accessAzureAd', 'accessAidFamily', 'accessDomain']) {
  test(`an access check by ${field} is not supported yet`, async () => {
    assert.ok(guide.includes(`\`${field}\``), 'and the guide says so');
    const asked = { product: 'DEMO', credential: 'kari@example.com', [field]: field.startsWith('a') || 'x' };
    const { body } = await site.post('/capi/v1/client/access', asked);
    assert.equal(body['code'], 'not_supported_yet');
  });
}

for (const [paymentMethod, info] of [
  ['smsPay', 'paymentInfoSmsPay'],
  ['nexi', 'paymentInfoNexi'],
] as const) {
  test(`${paymentMethod} can only be prepaid`, async () => {
    const order = freeOrder({ paymentMethod });
    assert.equal((await site.post('/capi/v1/client/order', order)).status, 400);
    const payment = { transactionId: `paid-${paymentMethod}`, amount: 99, currency: 'NOK' };
    await register(site, { ...order, prepaid: true, [info]: payment });
  });
}
