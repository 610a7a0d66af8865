import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '@leveret/server/api.js';
import { deriveWebhookCredentials } from '@leveret/server/kit/webhook-credentials.js';
import { listDemoAccounts } from '@leveret/server/payments/merchants/find-method.js';
import { saveMethodSettings } from '@leveret/server/payments/merchants/save-method-settings.js';
import type { JsonValue } from '../../builders/demo-client.ts';
import { openCalls, pageCallsOf } from '../page-calls.ts';
import { type Sent, send } from '../send.ts';
import { type ForeignValue, foreignValuesOf, valueOf } from './foreign-values.ts';
import { type Cookies, logIn, openForm } from './log-in.ts';
import { openTown, ownersReader, type Town } from './open-town.ts';
import { changesBetween } from './state-of-others.ts';

let town: Town;
let values: ForeignValue[];
let strangersReader: Cookies;
let calls = 0;

before(async () => {
  town = await openTown();
  values = [
    ...foreignValuesOf(town.atRest),
    ...Object.entries(town.owned).map(([what, value]) => valueOf(what, value)),
  ];
  strangersReader = await logIn(town.fixture.url, town.strangersLink);
});
after(() => town.close());

/** Of the owner's words, a reply holds none that were not asked with. */
function assertTellsNothing(sent: Sent, asked: string): void {
  const told = `${sent.text} ${[...sent.headers.values()].join(' ')}`;
  const words = town.secrets.filter((secret) => !decodeURIComponent(asked).includes(secret));
  for (const word of words) assert.ok(!told.includes(word), `${asked} tells ${word}`);
}

async function unchanged(what: string, work: () => Promise<void>): Promise<void> {
  const before = await town.state.read();
  await work();
  assert.deepEqual(changesBetween(before, await town.state.read()), [], what);
}

type Pressed = { path: string; cookies?: Cookies; fields?: Record<string, string> };

/** A form of ours, sent as its page sends it. */
async function press({ path, cookies = '', fields = {} }: Pressed): Promise<Sent> {
  const url = `${town.fixture.url}${path}`;
  const form = await openForm(url, cookies);
  calls += 2;
  return send(url, 'POST', {
    headers: { cookie: form.cookies, origin: town.fixture.url },
    body: new URLSearchParams({ nonce: form.nonce, ...fields }).toString(),
  });
}

/** What a stranger may put into an address of ours beside what the row asks for. */
function addressesWith(value: string): string[] {
  const known = { orderId: 1, orderToken: value, linkToken: value, credential: 'any@example.com' };
  const paths = Object.values({ ...pageCallsOf(known), ...openCalls }).map(({ path }) => path);
  const client = `clientId=${town.stranger.clientId}`;
  const inQuery = ['/user/fulfillment', '/user/code', '/user/logout', '/user/welcome', '/capi/mcpay/start'];
  return [
    ...paths,
    `/user/fulfillment/back/${value}`,
    `/capi/mcpay/back/${value}`,
    ...inQuery.flatMap((path) => [
      `${path}?orderId=${value}&${client}`,
      `${path}?clientId=${value}`,
      `${path}?${client}&credential=${value}&returnUrl=${value}&errorUrl=${value}`,
    ]),
  ];
}

test('every page, with everything that names the owner’s in its address: no leak, no change', async (context) => {
  // The address of one attempt is a secret between us and its provider, and opens it.
  const named = values.filter(({ what }) => !/notice_token/.test(what));
  for (const { what, value } of named) {
    await unchanged(what, async () => {
      const addresses = addressesWith(encodeURIComponent(String(value)));
      const answers = addresses.map(async (path) => {
        for (const cookie of ['', strangersReader]) {
          calls += 1;
          const sent = await send(town.fixture.url + path, 'GET', { headers: { cookie } });
          assert.ok(sent.status < 500, `${path} ${sent.status}`);
          assertTellsNothing(sent, path);
        }
      });
      await Promise.all(answers);
    });
  }
  context.diagnostic(`${named.length} values, ${calls} visits: 0 leaks, 0 changes`);
});

test('forms of ours with the owner’s order, reader and code, as a client of another publisher', async () => {
  const client = `clientId=${town.stranger.clientId}`;
  const { orderId, openOrderId } = town.owned;
  const { code, orderToken, linkToken } = town.given;
  const ownersWords = { credential: ownersReader, code, paymentMethod: 'free' };
  const forms = [
    ...[orderId, openOrderId].map((id) => `/user/fulfillment?orderId=${id}&${client}`),
    `/user/fulfillment/${linkToken}?${client}`,
    `/l/${orderToken}?${client}`,
    `/l/${orderToken}/resend`,
    `/l/${orderToken}/give-up`,
    `/user/code?${client}`,
    `/user/code/new?${client}`,
    `/user/logout?${client}`,
  ];
  for (const path of forms) {
    await unchanged(path, async () => {
      for (const cookies of ['', strangersReader]) {
        const sent = await press({ path, cookies, fields: ownersWords });
        assert.ok(sent.status < 500, `${path} ${sent.status} ${sent.text}`);
        const session = sent.headers
          .getSetCookie()
          .filter((cookie) => /^(__Host-)?leveret=[\w-]+/.test(cookie));
        assert.deepEqual(session, [], `${path} started a session`);
      }
    });
  }
});

test('the owner’s order is not sent to an address of another publisher’s list', async () => {
  await unchanged('returnUrl', async () => {
    const query = `returnUrl=https://strangers.example/&clientId=${town.stranger.clientId}`;
    const sent = await send(`${town.fixture.url}/user/fulfillment/${town.given.orderToken}?${query}`, 'GET');
    assert.ok([400, 404].includes(sent.status), String(sent.status));
    assert.equal(sent.headers.get('location'), null);
  });
});

/** Every account that the demo publisher has, at the stranger too, with its own notice addresses. */
async function giveAccounts(): Promise<string[]> {
  const { context } = town.fixture.app;
  const { publisherId } = town.stranger;
  const credentialsFor = (purpose: string) =>
    deriveWebhookCredentials(Buffer.alloc(32, 1), `stranger ${purpose}`);
  for (const { method, merchantId = '', settingsFor } of listDemoAccounts()) {
    const settings = settingsFor({ sandboxUrl: town.fixture.sandboxUrl, credentialsFor });
    await saveMethodSettings(context, { publisherId, merchantId, method }, settings);
  }
  await context.methods.refresh();
  const { body } = await town.stranger.client.get('/capi/v1/client/payment-methods');
  return noticeUrlsIn(body);
}

function noticeUrlsIn(value: JsonValue): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'noticeUrl' && typeof inner === 'string' ? [inner] : noticeUrlsIn(inner),
  );
}

/** One body that holds a reference wherever a provider puts one. */
function noticeAbout(reference: string): object {
  return {
    ...{ refId: reference, id: reference, reference, orderId: reference, order_id: reference },
    ...{ resultCode: 1001, name: 'AUTHORIZED', state: 'AUTHORIZED', success: true, pspReference: reference },
    ...{ transactionId: reference, agreementId: reference, chargeId: reference, ResultCode: 'Ok' },
    ...{ paymentOrder: { id: `/psp/paymentorders/${reference}`, payeeReference: reference } },
    ...{ payment: { id: reference }, transaction: { id: reference } },
  };
}

test('a provider’s notice to another publisher’s account about the owner’s payment', async (context) => {
  const addresses = await giveAccounts();
  assert.ok(addresses.length >= 3, JSON.stringify(addresses));
  const credentials = deriveWebhookCredentials(Buffer.alloc(32, 1), 'stranger charges');
  const authorization = `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
  const references = values;
  await unchanged('notices', async () => {
    for (const address of addresses) {
      for (const { value } of references) {
        const body = noticeAbout(String(value));
        const sent = await send(address, 'POST', { headers: { authorization }, body });
        assert.ok(sent.status < 500, `${address} ${sent.status}`);
        assertTellsNothing(sent, `${address} ${value}`);
      }
    }
  });
  context.diagnostic(`${addresses.length} notice addresses, ${references.length} references: 0 changes`);
});

test('a reader’s session at one publisher is none at another’s pages', async () => {
  const reader = await logIn(town.fixture.url, town.given.linkToken);
  const client = `clientId=${town.stranger.clientId}`;
  const visit = (path: string) => send(town.fixture.url + path, 'GET', { headers: { cookie: reader } });
  assert.equal((await visit('/user/welcome')).status, 200);
  assert.match((await visit('/user/logout?clientId=no.leveret.demo')).text, /<form/);
  const strangers = await visit(`/user/logout?${client}`);
  assert.doesNotMatch(strangers.text, /<form/, 'nobody is logged in there');
  await press({ path: `/user/logout?${client}`, cookies: reader });
  assert.equal((await visit('/user/welcome')).status, 200, 'still logged in at the own publisher');
  await press({ path: '/user/logout?clientId=no.leveret.demo', cookies: reader });
  assert.equal((await visit('/user/welcome')).status, 403);
});

test('every page of the table has been visited here', () => {
  const visited = new Set(
    Object.keys({
      ...pageCallsOf({ orderId: 1, orderToken: '', linkToken: '', credential: '' }),
      ...openCalls,
    }),
  );
  const rows = api.filter((row) => row.who === 'browser' || row.who === 'anyone');
  for (const { endpoint } of rows) assert.ok(visited.has(endpoint.operationId), endpoint.operationId);
});
