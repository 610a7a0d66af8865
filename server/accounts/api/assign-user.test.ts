import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../../publishers/publisher.ts';
import { openTestFixture, type TestFixture } from '../../testing/accounts.ts';
import { serveRows, type TestServer } from '../../testing/browser.ts';
import { spendLink } from '../spend-link.ts';
import { assignUser } from './assign-user.ts';
import { checkCredential } from './check-credential.ts';

let fixture: TestFixture;
let app: TestServer;
let client: Client;
before(async () => {
  fixture = await openTestFixture();
  const who = { method: 'POST', who: 'client', scope: 'users:assign', act: { none: 'a test' } } as const;
  app = await serveRows(fixture, [
    { ...who, path: '/capi/v1/client/order/:orderId/user', endpoint: assignUser },
    { ...who, path: '/capi/v1/client/credential/check', endpoint: checkCredential },
  ]);
});
after(async () => {
  await app.close();
  await fixture.close();
});
beforeEach(async () => {
  const returnAddresses = [{ url: 'https://avis.example/', match: 'exact' as const }];
  client = await fixture.addClient(
    { country: 'NO', settings: { linkLifetimeHours: 48 } },
    { returnAddresses },
  );
});

async function post(path: string, body: object, headers: Record<string, string> = {}) {
  const reply = await app.inject({
    method: 'POST',
    url: `/capi/v1/client/${path}`,
    headers: { authorization: `Bearer ${client.clientId}`, ...headers },
    payload: body,
  });
  return { status: reply.statusCode, headers: reply.headers, body: reply.json<Record<string, unknown>>() };
}

const assign = async (body: object, headers: Record<string, string> = {}, order?: number) =>
  post(`order/${order ?? (await fixture.addOrder(client))}/user`, body, headers);

async function newestLinkRow() {
  const [row] = await fixture.rows<Record<string, unknown>>(
    `SELECT client_id, return_url, error_url, extract(epoch FROM expires_at - created_at)::integer AS seconds
     FROM login_links WHERE publisher_id = $1 ORDER BY link_id DESC LIMIT 1`,
    [client.publisher.publisherId],
  );
  return row;
}

test('an order is tied to a user, and the answer has the fields of the original', async () => {
  const orderId = await fixture.addOrder(client);
  const { status, body } = await assign({ credential: '900 00 001', isSendMessage: 'false' }, {}, orderId);
  assert.equal(status, 200);
  assert.match(String(body['uniqueUserId']), /^[0-9a-f]{32}$/);
  const { uniqueUserId } = body;
  assert.deepEqual(body, { orderId, uniqueUserId, isNewUser: true, isPasswordSet: false, warnings: [] });
  const again = await assign({ credential: '+4790000001' }, {}, orderId);
  assert.deepEqual([again.body['uniqueUserId'], again.body['isNewUser']], [uniqueUserId, false]);
  const other = await assign({ credential: 'kari@example.no' }, {}, orderId);
  assert.deepEqual([other.status, other.body['code']], [409, 'already_assigned']);
  assert.equal(await newestLinkRow(), undefined);
});

test('a repeated key gets the first answer', async () => {
  const orderId = await fixture.addOrder(client);
  const key = { 'idempotency-key': 'k1' };
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => assign({ credential: 'ola@example.no' }, key, orderId)),
  );
  for (const reply of replies) assert.equal(reply.body['isNewUser'], true);
  assert.equal(replies.filter((reply) => reply.headers['idempotency-replayed'] === 'true').length, 7);
  assert.equal((await assign({ credential: 'kari@example.no' }, key, orderId)).status, 422);
});

test('a message goes out as asked, or as the publisher has set it', async () => {
  const credential = 'ola@example.no';
  await assign({ credential, isSendMessage: true });
  const nowhere = { client_id: client.clientId, return_url: null, error_url: null };
  assert.deepEqual(await newestLinkRow(), { ...nowhere, seconds: 48 * 3600 });
  const [returnUrl, errorUrl] = ['https://avis.example/', 'https://avis.example/'];
  await assign({ credential, isSendMessage: true, linkLifetime: 2, returnUrl, errorUrl });
  const asked = { client_id: client.clientId, return_url: returnUrl, error_url: errorUrl };
  assert.deepEqual(await newestLinkRow(), { ...asked, seconds: 7200 });
});

test('each option is checked, and all broken rules are named', async () => {
  const body = {
    credential: 'X:1',
    returnUrl: 'https://evil.example/',
    errorUrl: 'https://avis.example/other',
    linkLifetime: 0,
  };
  const { status, body: problem } = await assign(body);
  assert.equal(status, 400);
  const fields = problem['fields'] as { field: string; rule: string }[];
  assert.deepEqual(
    fields.map(({ field, rule }) => [field, rule]),
    [
      ['credential', 'credential_is_invalid'],
      ['returnUrl', 'return_url_is_not_allowed'],
      ['errorUrl', 'return_url_is_not_allowed'],
      ['linkLifetime', 'link_lifetime_is_out_of_range'],
    ],
  );
  assert.equal((await assign({ credential: 'AID:123' })).body['code'], 'credential_kind_not_supported');
  assert.equal((await assign({})).status, 400);
});

test('another client of the publisher lends its name and list, one of another publisher is unknown', async () => {
  const shop = `${client.clientId}.shop`;
  const lent = 'https://shop.example/';
  await fixture.rows(
    `INSERT INTO clients (client_id, publisher_id, name, scopes, return_addresses) VALUES ($1, $2, 'shop', '{}', $3)`,
    [shop, client.publisher.publisherId, JSON.stringify([{ url: lent, match: 'exact' }])],
  );
  await fixture.publishers.refresh();
  const options = { credential: 'ola@example.no', isSendMessage: true, returnUrl: lent };
  assert.equal((await assign(options)).status, 400);
  assert.equal((await assign({ ...options, overrideClientId: shop })).status, 200);
  assert.deepEqual(await newestLinkRow(), {
    client_id: shop,
    return_url: lent,
    error_url: null,
    seconds: 48 * 3600,
  });
  const foreign = await fixture.addClient();
  for (const overrideClientId of [foreign.clientId, 'nobody']) {
    const { status, body } = await assign({ ...options, overrideClientId });
    const [field] = body['fields'] as { field: string }[];
    assert.deepEqual([status, body['code'], field?.field], [400, 'client_is_unknown', 'overrideClientId']);
  }
});

test('an order of another publisher is an unknown one', async () => {
  const foreign = await fixture.addOrder(await fixture.addClient());
  const [one, other] = [
    await assign({ credential: 'ola@example.no' }, {}, foreign),
    await assign({ credential: 'ola@example.no' }, {}, 1),
  ];
  for (const reply of [one, other]) assert.deepEqual([reply.status, reply.body['code']], [404, 'not_found']);
  assert.equal(one.body['detail'], other.body['detail']);
});

test('an account exists for a client once its credential is proven', async () => {
  const credential = 'ola@example.no';
  const check = async () => (await post('credential/check', { credential })).body;
  const absent = { credentialExists: false, isPasswordSet: false };
  assert.deepEqual(await check(), absent);
  await assign({ credential, isSendMessage: true });
  assert.deepEqual(await check(), absent, 'a pending account shows nothing');
  const { token } = await fixture.newestLink(client, fixture.credential(client, credential));
  await spendLink(fixture, token, { nonce: 'n', formerSessionId: undefined });
  assert.deepEqual(await check(), { credentialExists: true, isPasswordSet: false });
  await fixture.rows("UPDATE accounts SET password_hash = 'a hash' WHERE publisher_id = $1", [
    client.publisher.publisherId,
  ]);
  assert.deepEqual(await check(), { credentialExists: true, isPasswordSet: true });
  client = await fixture.addClient({ country: 'NO' });
  assert.deepEqual(await check(), absent, 'at another publisher');
  assert.equal((await post('credential/check', { credential: 'X' })).body['code'], 'credential_is_invalid');
});

test('credentials cannot be gone through fast', async () => {
  const replies = [];
  for (let asked = 0; asked < 12; asked += 1) {
    replies.push(await post('credential/check', { credential: `r${asked}@example.no` }));
  }
  assert.deepEqual(
    replies.map((reply) => reply.status),
    [...Array.from({ length: 10 }, () => 200), 429, 429],
  );
  assert.match(String(replies[11]?.headers['retry-after']), /^[1-9]\d*$/);
});
