import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Sent, send } from '../access/send.ts';
import { captureLog } from '../builders/capture-log.ts';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { linkIn, linksTo } from '../builders/ledgers.ts';
import { complete, demoLine, register } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

/** Words that stand nowhere but in what was sent, one for each kind of thing that a log may not tell. */
const canaries = {
  name: 'Kanarifuglsen',
  email: 'kanarifugl.mail',
  mobile: '48712359',
  street: 'Kanaristredet',
  birthNumber: '01019012345',
  card: '4111111111111111',
  transaction: 'kanari-transaction',
  address: 'kanari-address',
  text: 'kanari-text',
  evidence: 'kanari-evidence',
  key: 'kanari-key',
  token: 'kanariTokenkanariToken',
  secret: 'kanari-secret',
  cookie: 'kanariCookiekanariCook',
  agent: 'kanari-agent',
};

let fixture: Fixture;
let client: DemoClient;
const { log, lines } = captureLog();
const printed: string[] = [];
const secrets: string[] = [];

before(async () => {
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    console[method] = (...words: unknown[]) => void printed.push(words.map(String).join(' '));
  }
  fixture = await buildFixture({ realTime: false, log });
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

type Fields = Record<string, unknown>;

const email = `${canaries.email}@example.com`;
const party = {
  firstName: canaries.name,
  middleName: canaries.text,
  lastName: canaries.name,
  companyName: canaries.name,
  street: canaries.street,
  postalPlace: canaries.street,
  personsSocialSecurityNumber: canaries.birthNumber,
  emails: [email],
  phoneNumbers: [canaries.mobile],
  invoiceEmailAddress: email,
  language: canaries.text,
  categories: [{ addressCategory: canaries.text, freeValue: canaries.text }],
};

function canaryOrder(changes: Fields = {}): Fields {
  const line = {
    ...demoLine,
    description: canaries.text,
    promotionCode: canaries.text,
    voucherCode: canaries.text,
    articleDetail: { articleRef: canaries.text, articleDesc: canaries.card },
    receiver: party,
    recruiter: party,
  };
  return {
    paymentMethod: 'other',
    prepaid: true,
    externalOrderId: canaries.card,
    customerReference: canaries.card,
    campaignParameters: canaries.text,
    seller: canaries.name,
    acceptedTerms: { version: canaries.text, url: canaries.address },
    paymentInfoOther: { transactionId: canaries.transaction, signature: canaries.secret },
    payer: party,
    orderLines: [line],
    ...changes,
  };
}

const options = (path: string): Fields => ({
  callbackUrl: `${fixture.sandboxUrl}/${path}/${canaries.address}?token=${canaries.secret}`,
  returnUrl: `${fixture.sandboxUrl}/publisher/return?token=${canaries.secret}`,
  errorUrl: `${fixture.sandboxUrl}/publisher/return?token=${canaries.secret}`,
});

/** A request as a careless client makes it, with a canary wherever one can stand. */
function careless(method: string, path: string, body?: object | string): Promise<Sent> {
  const headers = {
    authorization: `Bearer ${client.token}`,
    'idempotency-key': canaries.key,
    'user-agent': canaries.agent,
    cookie: `leveret=${canaries.cookie}; __Host-leveret=${canaries.cookie}`,
    referer: `https://example.com/${canaries.address}`,
    'x-forwarded-for': canaries.agent,
  };
  return send(fixture.url + path, method, { headers, ...(body !== undefined && { body }) });
}

async function buy(): Promise<number> {
  const orderId = await register(client, canaryOrder());
  await complete(client, orderId, { ...options('publisher/callback'), credential: email });
  await client.post(`/capi/v1/client/order/${orderId}/user`, { credential: email, isSendMessage: true });
  await client.post(`/capi/v1/client/order/${orderId}/link`, options('publisher/callback'));
  await client.post('/capi/v1/client/access', { product: 'DEMO', credential: email });
  await client.post('/capi/v1/client/credential/check', { credential: email });
  await client.get(`/capi/v1/client/orders?credential=${email}&externalOrderId=${canaries.card}`);
  await client.get(`/capi/v1/client/order/${orderId}`);
  return orderId;
}

function digitsIn(text: string): string[] {
  return text.match(/\b\d{6}\b/g) ?? [];
}

async function logIn(orderId: number): Promise<void> {
  const [message] = await until('the message', async () => {
    const messages = await linksTo(fixture, email);
    return messages.length > 0 && messages;
  });
  assert.ok(message);
  const link = linkIn(message);
  secrets.push(
    link.split('/').at(-1) ?? '',
    ...digitsIn(message.text).filter((digits) => digits !== String(orderId)),
  );
  const page = await send(link, 'GET');
  const [cookie = ''] = page.headers.getSetCookie();
  const nonce = cookie.split(';')[0]?.split('=')[1] ?? '';
  const spent = await send(link, 'POST', {
    headers: { cookie: cookie.split(';')[0] ?? '' },
    body: new URLSearchParams({ nonce }).toString(),
  });
  const session = spent.headers.getSetCookie().map((one) => one.split(';')[0]?.split('=')[1] ?? '');
  secrets.push(nonce, ...session.filter((value) => value.length > 10));
  assert.equal(spent.status, 303, spent.text);
  const code = { nonce: canaries.cookie, credential: email, code: canaries.card };
  await careless('POST', '/user/code?clientId=no.leveret.demo', new URLSearchParams(code).toString());
}

/** Failures of every kind: a provider's, a receiver's, a mail server's, the caller's own. */
async function fail(): Promise<void> {
  for (const provider of ['link']) {
    const fault = { provider, kind: 'error-500', times: 3 };
    await send(`${fixture.sandboxUrl}/control/faults`, 'POST', { body: fault });
  }
  const sms = await register(client, canaryOrder({ paymentMethod: 'sms', prepaid: false, orderAmount: 99 }));
  await complete(client, sms, { ...options('nowhere'), credential: canaries.mobile });
  const bounced = await register(client, canaryOrder({ paymentInfoOther: undefined }));
  await complete(client, bounced, {
    ...options('nowhere'),
    credential: `bounce+${canaries.email}@example.com`,
  });
  await client.post(`/capi/v1/client/order/${bounced}/credential`, { credential: `new.${email}` });
  await fixture.advance(3600);
  await careless(
    'POST',
    '/capi/v1/client/order',
    canaryOrder({ orderLines: [{ ...demoLine, quantity: canaries.card }] }),
  );
  await careless('POST', '/capi/v1/client/order', canaryOrder({ uniqueUserId: canaries.token }));
  await careless('POST', '/capi/v1/client/webhooks', { url: `http://10.0.0.1/${canaries.address}` });
  await careless('GET', `/capi/v1/client/orders?cursor=${canaries.token}&access_token=${canaries.secret}`);
  await careless('GET', `/l/${canaries.token}`);
  await careless('GET', `/user/fulfillment/${canaries.token}?returnUrl=https://${canaries.address}/`);
  await careless('POST', `/capi/notices/link-mobility-sms/${canaries.token}`, {
    refId: canaries.transaction,
  });
  const wrong = {
    grant_type: 'client_credentials',
    client_id: canaries.name,
    client_secret: canaries.secret,
  };
  await careless(
    'POST',
    `/user/oauth/token?client_secret=${canaries.secret}`,
    new URLSearchParams(wrong).toString(),
  );
}

/** Makes the node itself fail on a request with canaries: PostgreSQL quotes the whole row in its error. */
async function breakTheNode(): Promise<void> {
  const { database } = fixture.app.context;
  const alter = (what: string) =>
    database.query({ name: `test ${what}`, text: `ALTER TABLE order_parties ${what}` });
  await alter('ADD CONSTRAINT nobody CHECK (line_number < 0) NOT VALID');
  const failed = await careless(
    'POST',
    '/capi/v1/client/order',
    canaryOrder({ paymentInfoOther: undefined }),
  );
  await alter('DROP CONSTRAINT nobody');
  assert.equal(failed.status, 500);
}

test('what clients and readers send stands in no log line, no event, no job and no figure', async () => {
  const orderId = await buy();
  const webhook = await client.post('/capi/v1/client/webhooks', {
    url: `${fixture.sandboxUrl}/publisher/${canaries.address}?token=${canaries.secret}`,
  });
  secrets.push(textAt(webhook.body, 'secret'), client.token, client.token.split('.')[2] ?? '');
  secrets.push('leveret-demo-secret');
  await logIn(orderId);
  await fail();
  client = await connectDemoClient(fixture.url);
  await breakTheNode();

  const failure = lines.find((line) => line.includes('a request failed')) ?? '';
  assert.match(failure, /"constraint":"nobody"/, 'the failure is in the log, with what broke');
  const stored = await storedTexts();
  assert.ok(stored.length > 10);
  const metrics = await send(`${fixture.url}/metrics`, 'GET');
  const places = { log: lines, printed, stored, metrics: [metrics.text] };
  for (const [place, texts] of Object.entries(places)) {
    for (const word of [...Object.values(canaries), ...secrets]) {
      const found = texts.find((text) => text.includes(word));
      assert.equal(found, undefined, `${word} stands in ${place}`);
    }
  }
});

/** What is kept of events and work, which may hold ids only. */
async function storedTexts(): Promise<string[]> {
  const texts = await Promise.all(
    ['events', 'jobs', 'dead_jobs'].map((table) =>
      fixture.app.context.database.query<{ text: string }>({
        name: `test.read.${table}`,
        text: `SELECT row_to_json(${table})::text AS text FROM ${table}`,
      }),
    ),
  );
  return texts.flat().map((row) => row.text);
}
