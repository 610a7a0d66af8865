import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '@leveret/server/api.js';
import { chargeCredentials } from '@leveret/server/commands/seed-sandbox.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { chargesOf } from '../builders/ledgers.ts';
import { complete, register, smsOrder } from '../builders/orders.ts';
import { until } from '../builders/until.ts';
import { type Sent, send } from './send.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

type Credentials = { token: string; username: string; password: string };

/** Every notice of this kind comes to the address of one attempt, which only its provider was told. */
const ofAttempts = ['receiveNoticeOfAttempt'];

/** It comes to the address of one e-mail, and is tried with those in `journeys/bounced-links.test.ts`. */
const ofEmails = ['receiveEmailReport'];

const paths: Record<string, string> = {
  receiveNotice: '/capi/notices/link-mobility-sms',
  receiveLinkMessageReport: '/capi/notices/link-mobility-messages',
};

function credentialsOf(): Record<string, Credentials> {
  const { messageCredentials, secrets } = fixture.app.context;
  return { receiveNotice: chargeCredentials({ secrets }), receiveLinkMessageReport: messageCredentials };
}

function report(operation: string, credentials: Credentials, reference: string): Promise<Sent> {
  const authorization = `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
  const body = { refId: reference, id: 'any', resultCode: 1001 };
  const headers = { authorization };
  return send(`${fixture.url}${paths[operation]}/${credentials.token}`, 'POST', { headers, body });
}

/** What somebody may try who knows one part and not the other. */
function forgedCredentials(operation: string): Credentials[] {
  const own = credentialsOf()[operation];
  const [other] = Object.entries(credentialsOf()).flatMap(([name, credentials]) =>
    name === operation ? [] : [credentials],
  );
  assert.ok(own && other);
  return [
    { ...own, token: `${own.token.slice(0, -1)}~` },
    { ...own, token: other.token },
    { ...own, password: `${own.password.slice(0, -1)}~` },
    { ...own, password: '' },
    { ...own, username: 'somebody' },
    { ...own, username: other.username, password: other.password },
    { ...other, token: other.token },
  ];
}

test('every endpoint of a provider is tried here', () => {
  const operations = api.filter((row) => row.who === 'provider').map((row) => row.endpoint.operationId);
  const tried = [...Object.keys(paths), ...ofAttempts, ...ofAttempts, ...ofEmails];
  assert.deepEqual(operations.sort(), tried.sort());
});

test('a report that money came counts only with the whole address and the credentials', async () => {
  const mobile = '+4790000030';
  const orderId = await register(client, smsOrder(mobile));
  await complete(client, orderId);
  const charge = await until('the charge', async () => (await chargesOf(fixture, mobile))[0]);
  const stateNow = async () => (await client.get(`/capi/v1/client/order/${orderId}`)).body['state'];
  for (const credentials of forgedCredentials('receiveNotice')) {
    const sent = await report('receiveNotice', credentials, charge.reference);
    assert.ok([200, 401].includes(sent.status), `${sent.status} ${sent.text}`);
    assert.equal(await stateNow(), 'paying');
  }
  const own = credentialsOf()['receiveNotice'];
  assert.ok(own);
  assert.equal((await report('receiveNotice', own, charge.reference)).status, 200);
  assert.equal(await stateNow(), 'completed');
});

test('a report about somebody else’s reference is taken and changes nothing', async () => {
  for (const [operation, credentials] of Object.entries(credentialsOf())) {
    const sent = await report(operation, credentials, 'a reference that nobody has');
    assert.equal(sent.status, 200, operation);
  }
});

test('a report about a message is refused without the whole address and the right credentials', async () => {
  for (const credentials of forgedCredentials('receiveLinkMessageReport')) {
    assert.equal((await report('receiveLinkMessageReport', credentials, 'any')).status, 401);
  }
});

test('a notice at an address that no attempt has is taken and changes nothing', async () => {
  for (const path of ['no-such-token', 'no-such-token/push']) {
    for (const adapter of ['swedbank-pay-card', 'link-mobility-sms', 'nobody']) {
      const sent = await send(`${fixture.url}/capi/notices/${adapter}/attempts/${path}`, 'POST', {
        body: {},
      });
      assert.deepEqual([sent.status, sent.text], [200, '{"received":true}']);
    }
  }
});
