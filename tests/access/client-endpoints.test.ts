import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '@leveret/server/api.js';
import { clientScopes } from '@leveret/server/publishers/client-settings.js';
import { revokeClientTokens } from '@leveret/server/publishers/revoke-client-tokens.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { clientCalls } from './client-calls.ts';
import { fetchToken } from './fetch-token.ts';
import { type Ids, makeOwned, nobodysIds } from './owned-ids.ts';
import { type Sent, send, withoutRequestId } from './send.ts';
import { connectStranger, type Stranger } from './stranger.ts';

type ClientRow = Extract<(typeof api)[number], { who: 'client' }>;

const rows = api.filter((row): row is ClientRow => row.who === 'client');

let fixture: Fixture;
let owner: DemoClient;
let stranger: Stranger;
let owned: Ids;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  owner = await connectDemoClient(fixture.url);
  stranger = await connectStranger(fixture);
  owned = await makeOwned(fixture, owner);
});
after(() => fixture.close());

function call(row: ClientRow, ids: Ids, authorization: string | undefined): Promise<Sent> {
  const made = clientCalls[row.endpoint.operationId]?.(ids);
  assert.ok(made, `${row.endpoint.operationId} has no call`);
  const headers = authorization === undefined ? {} : { authorization };
  return send(fixture.url + made.path, row.method, {
    headers,
    ...(made.body !== undefined && { body: made.body }),
  });
}

/** Two replies that nobody can tell apart, but for what every request has of its own. */
function assertAlike(one: Sent, other: Sent, what: string): void {
  assert.equal(one.status, other.status, what);
  assert.equal(withoutRequestId(one), withoutRequestId(other), what);
  const names = (sent: Sent) => [...sent.headers.keys()].sort();
  assert.deepEqual(names(one), names(other), what);
}

test('every operation of the table has a call here, and every call an operation', () => {
  const operations = rows.map((row) => row.endpoint.operationId);
  assert.deepEqual(Object.keys(clientCalls).sort(), operations.sort());
});

test('nothing is answered without a token', async () => {
  for (const row of rows) {
    const sent = await call(row, owned, undefined);
    assert.equal(sent.status, 401, row.endpoint.operationId);
    assert.deepEqual(Object.keys(JSON.parse(sent.text)), ['error', 'error_description']);
    assert.equal(sent.headers.get('www-authenticate'), 'Bearer realm="leveret"');
  }
});

test('nothing is answered for a token that is not ours, not whole, or not a bearer token', async () => {
  const [head = '', claims = '', signature = ''] = owner.token.split('.');
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const more = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), client_id: stranger.clientId };
  const broken = [
    'Bearer nonsense',
    `Bearer ${head}.${claims}.${signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`,
    `Bearer ${head}.${encode(more)}.${signature}`,
    `Bearer ${encode({ alg: 'none', typ: 'at+jwt' })}.${claims}.`,
    `Bearer ${owner.token}x`,
    `Bearer ${'a'.repeat(5000)}`,
    `Basic ${Buffer.from('no.leveret.demo:leveret-demo-secret').toString('base64')}`,
    `Token ${owner.token}`,
    owner.token,
  ];
  for (const row of rows) {
    for (const authorization of broken) {
      const sent = await call(row, owned, authorization);
      assert.equal(sent.status, 401, `${row.endpoint.operationId} ${authorization.slice(0, 60)}`);
      assert.equal(JSON.parse(sent.text).error, 'invalid_token');
    }
  }
});

test('a token in the address is no token', async () => {
  const row = rows.find((one) => one.endpoint.operationId === 'showOrder');
  const path = `/capi/v1/client/order/${owned.orderId}?access_token=${owner.token}`;
  assert.equal((await send(fixture.url + path, row?.method ?? 'GET')).status, 401);
});

test('nothing is answered for a token without the scope, though the client has it', async () => {
  for (const row of rows) {
    const others = clientScopes.filter((scope) => scope !== row.scope);
    const token = await fetchToken(fixture.url, stranger, others.join(' '));
    const sent = await call(row, owned, `Bearer ${token}`);
    assert.equal(sent.status, 403, row.endpoint.operationId);
    assert.equal(JSON.parse(sent.text).error, 'insufficient_scope');
    assert.match(sent.headers.get('www-authenticate') ?? '', /error="insufficient_scope"/);
  }
});

test("another publisher's id answers byte for byte like an id that nobody has", async () => {
  for (const row of rows) {
    const { operationId } = row.endpoint;
    if (makesSomethingNew.has(operationId)) continue;
    const foreign = await call(row, owned, `Bearer ${stranger.client.token}`);
    const unknown = await call(row, nobodysIds, `Bearer ${stranger.client.token}`);
    assertAlike(foreign, unknown, operationId);
    assert.equal(foreign.status, expectedOf(operationId), operationId);
    for (const secret of [owned.externalOrderId, owned.credential, 'owner@', 'Nordmann', owned.clientId]) {
      assert.ok(!foreign.text.includes(secret), `${operationId} answered ${foreign.text}`);
    }
  }
});

/** These name no id; what they answer holds a new secret or id each time. */
const makesSomethingNew = new Set([
  ...['createWebhook', 'rotateCallbackSigningKey', 'saveMerchant', 'registerCustomer'],
  'saveConsentText',
]);

/** Lists are empty for a stranger, checks say no, settings are its own, and what names an id does not know it. */
function expectedOf(operationId: string): number {
  if (operationId === 'registerOrder' || operationId === 'checkCouponPrice') return 400;
  if (operationId === 'replayCallbacks') return 202;
  if (operationId === 'showPublisher' || operationId === 'changePublisher') return 200;
  return /^(list(?!Coupons|OrderWithdrawals|Addresses|ExternalReferences|Consents|CategoryCodesOfType)|check|search)/.test(
    operationId,
  )
    ? 200
    : 404;
}

test('what a stranger tried has changed nothing, and the owner may do it', async () => {
  const shown = await owner.get(`/capi/v1/client/order/${owned.openOrderId}`);
  assert.equal(shown.body['state'], 'registered');
  assert.ok(!JSON.stringify(shown.body).includes('stranger@example.com'));
  const authorization = `Bearer ${owner.token}`;
  // Making what is owned was work by hand too.
  await newActs();
  for (const row of rows.toSorted((one, other) => orderOf(one) - orderOf(other))) {
    const sent = await call(row, owned, authorization);
    const { operationId } = row.endpoint;
    // The completed order was paid by nobody, so that there is nothing to capture or refund; and the order that
    // was registered for the user is open, so that the user is not erased.
    const expected = /^(refundOrder|captureOrder|eraseUser)$/.test(operationId) ? [409] : [200, 201, 202];
    assert.ok(expected.includes(sent.status), `${operationId} ${sent.status} ${sent.text}`);
    assert.deepEqual(await newActs(), sent.status < 300 ? actOf(row) : [], operationId);
  }
});

/** What the row of a call says is kept of it. */
function actOf({ act, endpoint, scope }: ClientRow): string[][] {
  if (act === undefined || 'none' in act) return [];
  return [[endpoint.operationId, act.on, scope]];
}

/** The owner's acts since this was asked before. */
async function newActs(): Promise<unknown[][]> {
  const { body } = await owner.get('/capi/v1/client/acts?byKind=client&limit=200');
  const acts = body['acts'] as {
    actId: number;
    operation: string;
    subject: { kind: string };
    scope: string;
  }[];
  const fresh = acts.filter(({ actId }) => actId > lastAct);
  lastAct = acts[0]?.actId ?? 0;
  return fresh.map(({ operation, subject, scope }) => [operation, subject.kind, scope]);
}
let lastAct = 0;

/** What takes something away comes last: an order is assigned, then cancelled, then refused. */
function orderOf(row: ClientRow): number {
  const ofAssigned = ['assignUser', 'sendOrderLink', 'correctCredential'];
  const last = [
    ...ofAssigned,
    'cancelOrder',
    'receiveWithdrawal',
    'completeOrder',
    'deleteWebhook',
    'deleteMerchant',
    'eraseCustomer',
    'eraseUser',
  ];
  return last.indexOf(row.endpoint.operationId);
}

test('a revoked token is worth nothing on any endpoint', async () => {
  const { context } = fixture.app;
  await revokeClientTokens(context, stranger.publisherId, stranger.clientId);
  for (const row of rows) {
    const sent = await call(row, nobodysIds, `Bearer ${stranger.client.token}`);
    assert.equal(sent.status, 401, row.endpoint.operationId);
  }
});
