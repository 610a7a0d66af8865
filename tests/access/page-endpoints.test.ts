import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '@leveret/server/api.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { linkIn, linksTo } from '../builders/ledgers.ts';
import { complete, freeOrder, register } from '../builders/orders.ts';
import { until } from '../builders/until.ts';
import { openCalls, pageCallsOf, typed } from './page-calls.ts';
import { type Sent, send, withoutRequestId } from './send.ts';

let fixture: Fixture;
let client: DemoClient;
let orderId: number;
let linkToken: string;
let orderToken: string;

const email = 'solveig.hemmelig@example.com';
const personal = ['solveig', 'Solveig', 'Hemmelig', '48765432', 'Lukkeveien'];
const payer = {
  firstName: 'Solveig',
  lastName: 'Hemmelig',
  street: 'Lukkeveien',
  emails: [email],
  phoneNumbers: ['48765432'],
};

before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
  orderId = await register(client, freeOrder({ payer }));
  await complete(client, orderId, { credential: email });
  const [message] = await until('the message', async () => {
    const messages = await linksTo(fixture, email);
    return messages.length > 0 && messages;
  });
  assert.ok(message);
  linkToken = linkIn(message).split('/').at(-1) ?? '';
  const registered = await client.post('/capi/v1/client/order', freeOrder({ payer }));
  orderToken = textAt(registered.body, 'fulfillmentUrl').split('/').at(-1) ?? '';
});
after(() => fixture.close());

const demo = 'clientId=no.leveret.demo';

/** A cookie as it is named over https, and over http in a sandbox. */
const bothNames = (name: string, value: string) => `__Host-${name}=${value}; ${name}=${value}`;

const browserRows = api.filter((row) => row.who === 'browser');

function visit(operationId: string, method: string, headers: Record<string, string> = {}): Promise<Sent> {
  const made =
    pageCallsOf({ orderId, orderToken, linkToken, credential: email })[operationId] ?? openCalls[operationId];
  assert.ok(made, `${operationId} has no call`);
  return send(fixture.url + made.path, method, {
    headers,
    ...(made.form !== undefined && { body: made.form }),
  });
}

test('every page and every open endpoint is tried here', () => {
  const page = pageCallsOf({ orderId, orderToken, linkToken, credential: email });
  const known = [...Object.keys(page), ...Object.keys(openCalls)].sort();
  const rows = api.filter((row) => row.who === 'browser' || row.who === 'anyone');
  assert.deepEqual(rows.map((row) => row.endpoint.operationId).sort(), known);
});

test('no page shows a passer-by who bought, and none starts a session', async () => {
  for (const { endpoint, method } of api.filter((row) => row.who === 'browser' || row.who === 'anyone')) {
    const { operationId } = endpoint;
    const sent = await visit(operationId, method);
    assert.ok(sent.status < 500, `${operationId} ${sent.status}`);
    for (const word of personal) assert.ok(!sent.text.includes(word), `${operationId} shows ${word}`);
    const cookies = sent.headers
      .getSetCookie()
      .filter((cookie) => !/^(__Host-)?leveret-browser=/.test(cookie));
    assert.deepEqual(cookies, [], operationId);
    for (const word of personal) assert.ok(!(sent.headers.get('location') ?? '').includes(word), operationId);
  }
});

/** What is the same for everyone, and may be kept by browsers. */
const files = new Set([
  'serveStyleSheet',
  'serveFavicon',
  'serveFrameScript',
  'servePayScript',
  'serveMediaconnectPayScript',
]);

test('every page forbids to be framed, kept and mended by scripts', async () => {
  for (const { endpoint, method } of browserRows) {
    const sent = await visit(endpoint.operationId, method);
    const policy = sent.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/, endpoint.operationId);
    assert.match(policy, /frame-ancestors 'none'/, endpoint.operationId);
    assert.equal(sent.headers.get('referrer-policy'), 'no-referrer', endpoint.operationId);
    assert.equal(sent.headers.get('x-content-type-options'), 'nosniff', endpoint.operationId);
    if (!files.has(endpoint.operationId))
      assert.equal(sent.headers.get('cache-control'), 'no-store', endpoint.operationId);
  }
});

test('a form that another site sends changes nothing', async () => {
  const before = (await linksTo(fixture, email)).length;
  const headers = { origin: 'https://evil.example', cookie: bothNames('leveret-browser', typed.nonce) };
  for (const operationId of [
    'logInByLink',
    'resendLink',
    'logInByCode',
    'askForCode',
    'logInForSite',
    'logOut',
    'logOutEverywhere',
  ]) {
    const sent = await visit(operationId, 'POST', headers);
    assert.equal(sent.status, 403, operationId);
    assert.deepEqual(sent.headers.getSetCookie(), [], operationId);
  }
  assert.equal((await linksTo(fixture, email)).length, before);
});

test('an address that was nearly guessed is as unknown as any other', async () => {
  const near = (token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
  const pairs = [
    [`/l/${near(linkToken)}`, '/l/AAAAAAAAAAAAAAAAAAAAAA'],
    [`/l/${orderToken}`, `/l/${'A'.repeat(200)}`],
    [`/user/fulfillment/${near(orderToken)}`, '/user/fulfillment/AAAAAAAAAAAAAAAAAAAAAA'],
    [`/user/fulfillment/${linkToken}`, '/user/fulfillment/x'],
    ['/user/fulfillment?orderId=8999999999', '/user/fulfillment?orderId=nonsense'],
    [`/user/fulfillment?orderId=${orderId}&clientId=nobody`, '/user/fulfillment?orderId=8999999999'],
  ];
  for (const [one = '', other = ''] of pairs) {
    const [first, second] = [await send(fixture.url + one, 'GET'), await send(fixture.url + other, 'GET')];
    assert.equal(first.status, 404, one);
    assert.equal(second.status, 404, other);
    assert.equal(withoutRequestId(first), withoutRequestId(second), one);
  }
});

test('a session that was made up opens nothing', async () => {
  for (const value of ['A'.repeat(43), '1', '../../etc', '%00', 'null']) {
    const sent = await visit('showWelcome', 'GET', { cookie: bothNames('leveret', value) });
    assert.equal(sent.status, 403, value);
  }
});

test('nobody is sent to an address that is not on the list', async () => {
  const evil = [
    'https://evil.example/',
    '//evil.example',
    'javascript:alert(1)',
    'http://127.0.0.1.evil.example/',
  ];
  for (const address of evil) {
    const query = `returnUrl=${encodeURIComponent(address)}&errorUrl=${encodeURIComponent(address)}`;
    const pages = ['/user/logout', '/user/login', '/user/createUser', '/user/register', '/user/loginCheck'];
    const paths = [
      ...pages.map((page) => `${page}?${demo}&${query}`),
      `/user/fulfillment/${orderToken}?${query}`,
    ];
    for (const path of paths) {
      const sent = await send(fixture.url + path, 'GET');
      assert.equal(sent.status, 400, path);
      assert.equal(sent.headers.get('location'), null, path);
    }
  }
});
