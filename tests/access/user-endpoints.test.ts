import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { api } from '@leveret/server/api.js';
import { revokeClientTokens } from '@leveret/server/publishers/revoke-client-tokens.js';
import { readerToken, type TokenSite } from '@leveret/server/testing/reader-token.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { clientCalls } from './client-calls.ts';
import { nobodysIds } from './owned-ids.ts';
import { type Sent, send } from './send.ts';
import { connectStranger, type Stranger } from './stranger.ts';
import { prepareForReaders, userCalls } from './user-calls.ts';

const rows = api.filter((row) => row.who === 'user');
const redirectUri = 'http://localhost:3000/back';
const demo = { clientId: 'no.leveret.demo', secret: 'leveret-demo-secret', redirectUri };
const email = 'owner@example.com';

let fixture: Fixture;
let owner: DemoClient;
let stranger: Stranger;
let orderId: number;
/** One that the reader has registered. */
let ownId: number;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  owner = await connectDemoClient(fixture.url);
  stranger = await connectStranger(fixture);
  for (const client of [owner, stranger.client]) await prepareForReaders(client);
  orderId = await buy(owner, 'Nordmann');
  await buy(stranger.client, 'Svensson', 'ANDRE').catch(() => undefined);
  const registered = await call('registerOwnOrder', await tokenFor(demo));
  ownId = JSON.parse(registered.text).orderId;
  assert.ok(ownId, registered.text);
});
after(() => fixture.close());

async function buy(client: DemoClient, lastName: string, product = 'DEMO'): Promise<number> {
  const line = { productSpecType: 'product', product: 'GUIDE' };
  const lent = { allowAccessProduct: product, allowAccessSeconds: 3600 };
  const payer = { firstName: 'Kari', lastName, emails: [email] };
  const order = { paymentMethod: 'free', payer, orderLines: [{ ...line, ...lent }] };
  const made = await client.post('/capi/v1/client/order', order);
  const id = Number(made.body['orderId']);
  assert.ok(id, JSON.stringify(made.body));
  await client.post('/capi/v1/client/order/fulfillment', { orderId: id, credential: email });
  await client.post(`/capi/v1/client/order/${id}/user`, { credential: email, isSendMessage: false });
  return id;
}

const tokenFor = (site: TokenSite, credential = email, scope?: string) =>
  readerToken(fixture.app, site, credential, scope);

async function call(operationId: string, token: string | undefined, body?: object): Promise<Sent> {
  const made = userCalls[operationId]?.({ orderId: ownId, externalOrderId: 'none' });
  const row = rows.find(({ endpoint }) => endpoint.operationId === operationId);
  assert.ok(made && row, operationId);
  const key = row.method === 'POST' && { 'idempotency-key': randomUUID() };
  const headers = { ...key, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const sent = body ?? made.body;
  return send(fixture.url + made.path, row.method, { headers, ...(sent && { body: sent }) });
}

test('every operation of a reader has a call here, and every call an operation', () => {
  const operations = rows.map((row) => row.endpoint.operationId);
  assert.deepEqual(Object.keys(userCalls).sort(), operations.sort());
});

test('nothing is answered without a token, or for one that is not whole', async () => {
  const token = await tokenFor(demo);
  const [head = '', claims = '', signature = ''] = token.split('.');
  const more = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), sub: '0'.repeat(32) };
  const forged = Buffer.from(JSON.stringify(more)).toString('base64url');
  for (const given of [undefined, 'nonsense', `${token}x`, `${head}.${forged}.${signature}`]) {
    for (const { endpoint } of rows) {
      const sent = await call(endpoint.operationId, given);
      assert.deepEqual([sent.status, JSON.parse(sent.text).error], [401, 'invalid_token'], given ?? 'none');
    }
  }
});

test("a client's token opens nothing of a reader's, and a reader's nothing of a client's", async () => {
  for (const { endpoint } of rows) {
    const sent = await call(endpoint.operationId, owner.token);
    assert.deepEqual([sent.status, JSON.parse(sent.text).error], [403, 'insufficient_scope']);
  }
  const token = await tokenFor(demo);
  for (const row of api.filter(({ who }) => who === 'client')) {
    const made = clientCalls[row.endpoint.operationId]?.({ ...nobodysIds, orderId });
    const headers = { authorization: `Bearer ${token}` };
    const given = { headers, ...(made?.body && { body: made.body }) };
    const sent = await send(fixture.url + (made?.path ?? row.path), row.method, given);
    assert.deepEqual([sent.status, JSON.parse(sent.text).error], [403, 'insufficient_scope'], row.path);
  }
});

test('the reader is told who they are, and what they may read', async () => {
  const token = await tokenFor(demo);
  const profile = JSON.parse((await call('showProfile', token)).text);
  assert.match(profile.uniqueId, /^[0-9a-f]{32}$/);
  assert.ok(Number.isInteger(profile.userId) && Number.isInteger(profile.customerNumber));
  assert.deepEqual(profile.emails, [email]);
  assert.deepEqual([profile.name.firstName, profile.name.lastName], ['Kari', 'Nordmann']);
  assert.deepEqual(profile.credential, {
    credential: email,
    credentialType: 'A',
    verificationLevel: 'verificationCode',
  });
  const access = JSON.parse((await call('checkOwnAccess', token)).text);
  assert.deepEqual([access.access, access.reason], [true, 'temporary_access']);
  const { products } = JSON.parse((await call('listOwnProducts', token)).text);
  const [lent] = products.filter(({ productId }: { productId: string }) => productId === 'DEMO');
  assert.equal(lent.accessType, 'B');
  assert.equal(lent.endTime - lent.startTime, 3_600_000);
});

test('whose account an order is tied to does not see who paid for it', async () => {
  const gift = {
    paymentMethod: 'free',
    payer: { lastName: 'Giver', emails: ['giver@example.com'] },
    orderLines: [{ productSpecType: 'product', product: 'GUIDE' }],
  };
  const { body } = await owner.post('/capi/v1/client/order', gift);
  const credential = 'given@example.com';
  await owner.post(`/capi/v1/client/order/${Number(body['orderId'])}/user`, {
    credential,
    isSendMessage: false,
  });
  const { text } = await call('showProfile', await tokenFor(demo, credential));
  assert.ok(!text.includes('Giver') && !text.includes('giver@'), text);
  assert.equal(JSON.parse(text).customerNumber, null);
});

test("a reader of one publisher reads nothing of the same person's at another", async () => {
  const site = { clientId: stranger.clientId, secret: stranger.secret, redirectUri };
  const [here, there] = [await tokenFor(demo), await tokenFor(site)];
  const [mine, theirs] = [await call('showProfile', here), await call('showProfile', there)];
  assert.notEqual(JSON.parse(mine.text).uniqueId, JSON.parse(theirs.text).uniqueId);
  assert.ok(!theirs.text.includes('Nordmann'), theirs.text);
  assert.equal(JSON.parse((await call('checkOwnAccess', there)).text).access, false);
  assert.deepEqual(JSON.parse((await call('listOwnProducts', there)).text), { products: [] });
  const foreign = { uniqueId: JSON.parse(mine.text).uniqueId };
  const asked = await call('checkOwnAccess', there, { product: 'DEMO', ...foreign });
  assert.deepEqual([asked.status, JSON.parse(asked.text).fields[0].field], [400, 'uniqueId']);
});

test('a question that names somebody else, or is not understood, gets no answer', async () => {
  const token = await tokenFor(demo);
  const own = JSON.parse((await call('showProfile', token)).text).uniqueId;
  const good = await call('checkOwnAccess', token, { product: 'DEMO', uniqueId: own.toUpperCase() });
  assert.equal(JSON.parse(good.text).access, true);
  for (const [field, body] of [
    ['uniqueId', { uniqueId: '0'.repeat(32) }],
    ['credential', { credential: 'other@example.com' }],
    ['product', { product: '' }],
    ['product', { issue: '1' }],
    ['ip', { ip: '10.0.0.1' }],
    ['prodcut', { prodcut: 'DEMO' }],
  ] as const) {
    const sent = await call('checkOwnAccess', token, body);
    assert.deepEqual([sent.status, JSON.parse(sent.text).fields[0].field], [400, field], sent.text);
  }
});

test('scopes: original sites do all with any token, strict ones what they asked for', async () => {
  for (const { endpoint } of rows) {
    assert.equal((await call(endpoint.operationId, await tokenFor(demo, email, 'openid'))).status, 200);
  }
  const { database, publishers } = fixture.app.context;
  const strict = await connectStranger(fixture);
  await prepareForReaders(strict.client);
  const site = { clientId: strict.clientId, secret: strict.secret, redirectUri };
  const [without, reading, writing] = [
    await tokenFor(site, email, 'openid email'),
    await tokenFor(site, email, 'read'),
    await tokenFor(site, email, 'write'),
  ];
  const registered = JSON.parse((await call('registerOwnOrder', writing)).text);
  await database.transaction('make it strict', (transaction) =>
    transaction.query({
      name: 'test strict',
      text: `UPDATE clients SET profile = 'strict' WHERE client_id = '${strict.clientId}'`,
    }),
  );
  await publishers.refresh();
  const demosId = ownId;
  ownId = registered.orderId;
  for (const { endpoint, scope } of rows) {
    for (const [token, has] of [
      [without, []],
      [reading, ['read']],
      [writing, ['write']],
    ] as const) {
      const sent = await call(endpoint.operationId, token);
      const isRefused = !has.some((one) => one === scope);
      const expected = isRefused ? [403, 'insufficient_scope'] : [200, undefined];
      assert.deepEqual([sent.status, JSON.parse(sent.text).error], expected, endpoint.operationId);
    }
  }
  ownId = demosId;
});

test('a login link that is not new reads everything, and changes nothing', async () => {
  const linked = await readerToken(fixture.app, demo, email, 'read write', 'link');
  for (const { endpoint, method } of rows) {
    const isChange = method === 'POST' && endpoint.changes === true;
    const sent = await call(endpoint.operationId, linked);
    const expected = isChange ? [403, 'fresh_login_required'] : [200, undefined];
    assert.deepEqual([sent.status, JSON.parse(sent.text).code], expected, endpoint.operationId);
  }
});

test('a reader whose account is closed is nobody from then on', async () => {
  const { context } = fixture.app;
  const token = await tokenFor(demo, 'leaver@example.com');
  assert.equal((await call('showProfile', token)).status, 200);
  await context.database.query({
    name: 'test close account',
    text: `UPDATE accounts SET state = 'closed' FROM credentials
      WHERE credentials.account_id = accounts.account_id AND credential = 'leaver@example.com'`,
  });
  for (const { endpoint } of rows) assert.equal((await call(endpoint.operationId, token)).status, 401);
});

test("ending a client's tokens ends those of its readers", async () => {
  const site = { clientId: stranger.clientId, secret: stranger.secret, redirectUri };
  const token = await tokenFor(site);
  assert.equal((await call('showProfile', token)).status, 200);
  await revokeClientTokens(fixture.app.context, stranger.publisherId, stranger.clientId);
  assert.equal((await call('showProfile', token)).status, 401);
});
