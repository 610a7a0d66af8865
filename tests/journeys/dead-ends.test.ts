import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '@leveret/server/api.js';
import { createPublisher } from '@leveret/server/publishers/create-publisher.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { numberAt, textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { linksTo } from '../builders/ledgers.ts';
import { until } from '../builders/until.ts';

const homeUrl = 'https://demoposten.example/konto';
const orderLines = [{ productSpecType: 'product', product: 'GUIDE' }];
const phone = { lastName: 'Nordmann', phoneNumbers: ['+4790000001'] };

let fixture: Fixture;
let client: DemoClient;
before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
  await client.patch('/capi/v1/client/publisher', { homeUrl });
});
after(() => fixture.close());

type Opened = {
  path: string;
  method?: 'POST';
  form?: Record<string, string>;
  headers?: Record<string, string>;
};

async function open({ path, method, headers = {} }: Opened) {
  const reply = await fetch(new URL(path, fixture.url), {
    redirect: 'manual',
    headers: { accept: 'text/html', 'accept-language': 'en', ...headers },
    ...(method && { method, body: new URLSearchParams() }),
  });
  return { status: reply.status, html: await reply.text() };
}

async function register(order: object = {}): Promise<{ orderId: number; page: string }> {
  const { body } = await client.post('/capi/v1/client/order', { payer: phone, orderLines, ...order });
  return { orderId: numberAt(body, 'orderId'), page: textAt(body, 'fulfillmentUrl') };
}

let readers = 0;

function nextReader(): string {
  readers += 1;
  return `reader-${readers}@example.com`;
}

/** The address of the login link that a reader gets by what is done. */
async function linkTo(email: string, send: (email: string) => Promise<unknown>): Promise<string> {
  await send(email);
  return until('the link', async () => {
    const texts = (await linksTo(fixture, email)).map((message) => JSON.stringify(message));
    return /\/l\/[\w-]+/.exec(texts.join())?.[0];
  });
}

async function ordersPage(end = ''): Promise<Opened> {
  return { path: `${(await register()).page}${end}` };
}

const demo = 'clientId=no.leveret.demo';
const unlisted = 'returnUrl=https%3A%2F%2Felsewhere.example%2F';
const foreign = { origin: 'https://elsewhere.example' };
const post = (path: string, headers = {}): Opened => ({ path, method: 'POST', headers });

type End = {
  operation: string;
  name: string;
  opens: Opened | (() => Promise<Opened>);
  status: number;
  /** The address tells the publisher, also at a host of several. */
  isKnown: boolean;
};

const end = (
  operation: string,
  name: string,
  status: number,
  opens: End['opens'],
  isKnown: 'known' | 'nobody knows whose' = 'nobody knows whose',
): End => ({ operation, name, opens, status, isKnown: isKnown === 'known' });

/** Every page that tells of an error, by the operation that shows it; of limits see `hostile/visit-limits`. */
const ends: End[] = [
  end('none', 'an address where nothing is', 404, { path: '/nothing' }),
  end('none', 'the same with a client', 404, { path: `/nothing?${demo}` }, 'known'),
  end('showGuide', 'no such guide', 404, { path: '/docs/guides/nothing' }),
  end('showHowTo', 'no such page', 404, { path: '/docs/how-to/nothing' }),
  end('showDecision', 'no such decision', 404, { path: '/docs/decisions/nothing' }),
  end('showProviderFacts', 'no such provider', 404, { path: '/docs/providers/nothing' }),
  end('showErrorCode', 'no such code', 404, { path: '/docs/errors/nothing' }),
  end('visitOrder', 'a misspelt parameter', 400, () => ordersPage('?returnUlr=x'), 'known'),
  end('visitOrder', 'a parameter twice', 400, () => ordersPage('?giveUp=1&giveUp=2')),
  end('visitOrder', 'an unknown order', 404, { path: '/user/fulfillment/nothing' }),
  end('visitOrder', 'a refused way back', 400, () => ordersPage(`?${unlisted}`), 'known'),
  end(
    'visitOrder',
    'fetched ahead',
    503,
    async () => ({ ...(await ordersPage()), headers: { 'sec-purpose': 'prefetch' } }),
    'known',
  ),
  end('visitOrder', 'a method that is not here', 409, refusedMethod, 'known'),
  end(
    'payOrder',
    'a misspelt parameter',
    400,
    async () => post((await ordersPage('?giveup=1')).path),
    'known',
  ),
  end('payOrder', 'an unknown order', 404, post('/user/fulfillment/nothing')),
  end(
    'payOrder',
    'a form from elsewhere',
    403,
    async () => post((await ordersPage()).path, foreign),
    'known',
  ),
  end('visitOrderById', 'a misspelt parameter', 400, { path: '/user/fulfillment?order_id=1' }),
  end('visitOrderById', 'an unknown order', 404, { path: '/user/fulfillment?orderId=999999' }),
  end('visitOrderById', 'with a client', 404, { path: `/user/fulfillment?orderId=999999&${demo}` }, 'known'),
  end('visitOrderById', 'no way back', 400, byNumber, 'known'),
  end('payOrderById', 'an unknown order', 404, post('/user/fulfillment?orderId=999999')),
  end('returnFromProvider', 'an unknown try', 404, { path: '/user/fulfillment/back/nothing' }),
  end('openLink', 'an unknown link', 404, { path: '/l/nothing' }),
  end('openLink', 'a link of a stopped order', 200, linkOfStopped, 'known'),
  end('openLink', 'an ended link', 403, endedLink, 'known'),
  end('logInByLink', 'a form from elsewhere', 403, post('/l/nothing', foreign)),
  end('resendLink', 'a form from elsewhere', 403, post('/l/nothing/resend', foreign)),
  end('giveUpLink', 'an unknown link', 404, post('/l/nothing/give-up')),
  end('openCodePage', 'no client', 400, { path: '/user/code' }),
  end('openCodePage', 'a misspelt parameter', 400, { path: '/user/code?clientid=x' }),
  end('logInByCode', 'no client', 400, post('/user/code')),
  end('logInByCode', 'a form from elsewhere', 403, post(`/user/code?${demo}`, foreign), 'known'),
  end('askForCode', 'no client', 400, post('/user/code/new')),
  end('askForCode', 'a form from elsewhere', 403, post(`/user/code/new?${demo}`, foreign), 'known'),
  end('showWelcome', 'nobody is logged in', 403, { path: '/user/welcome' }),
  end('showAgreement', 'an unknown agreement', 404, { path: '/user/agreement/nothing' }),
  end('openAgreement', 'an unknown agreement', 404, post('/user/agreement/nothing')),
  end('sendAgreementCode', 'an unknown agreement', 404, post('/user/agreement/nothing/code')),
  end('endAgreement', 'an unknown agreement', 404, post('/user/agreement/nothing/stop')),
  end('openWithdrawal', 'a misspelt parameter', 400, { path: '/user/withdraw?clientid=x' }),
  end('stateWithdrawal', 'a form from elsewhere', 403, post(`/user/withdraw?${demo}`, foreign), 'known'),
  end('stateWithdrawal', 'nothing typed', 400, post(`/user/withdraw?${demo}`), 'known'),
  end('openProvenWithdrawal', 'an unknown order', 404, { path: '/user/withdraw/nothing' }),
  end('stateProvenWithdrawal', 'an unknown order', 404, post('/user/withdraw/nothing')),
  end('openLogin', 'no client', 400, { path: '/user/login' }),
  end('openLogin', 'a refused way back', 400, { path: `/user/login?${demo}&${unlisted}` }, 'known'),
  end('logInForSite', 'no client', 400, post('/user/login')),
  end('logInForSite', 'a form from elsewhere', 403, post(`/user/login?${demo}`, foreign), 'known'),
  end('openCreateUser', 'no client', 400, { path: '/user/createUser' }),
  end('openCreateUser', 'a refused way back', 400, { path: `/user/createUser?${demo}&${unlisted}` }, 'known'),
  end('createUser', 'no client', 400, post('/user/createUser')),
  end('createUser', 'a form from elsewhere', 403, post(`/user/createUser?${demo}`, foreign), 'known'),
  end('openRegister', 'no client', 400, { path: '/user/register' }),
  end('openRegister', 'a refused way back', 400, { path: `/user/register?${demo}&${unlisted}` }, 'known'),
  end('registerReader', 'no client', 400, post('/user/register')),
  end('registerReader', 'a form from elsewhere', 403, post(`/user/register?${demo}`, foreign), 'known'),
  end('checkLogin', 'no client', 400, { path: `/user/loginCheck?${unlisted}` }),
  end('checkLogin', 'a refused way back', 400, { path: `/user/loginCheck?${demo}&${unlisted}` }, 'known'),
  end('openLogOut', 'logged out', 200, { path: `/user/logout?${demo}` }, 'known'),
  end('openLogOut', 'a refused way back', 400, { path: `/user/logout?${demo}&${unlisted}` }, 'known'),
  end('logOut', 'a form from elsewhere', 403, post(`/user/logout?${demo}`, foreign), 'known'),
  end('logOutEverywhere', 'a form from elsewhere', 403, post('/user/logout/everywhere', foreign)),
  end('beginPrepayment', 'an unknown page', 400, post('/capi/mcpay/start')),
  end('returnToPage', 'an unknown payment', 404, { path: '/capi/mcpay/back/nothing' }),
];

/** Operations that tell a reader of no error of theirs, and why. */
const without: Record<string, string> = {
  showFront: 'it is where a way leads',
  listGuides: 'it always answers',
  showCompatibility: 'it always answers',
  serveStyleSheet: 'a file',
  serveFrameScript: 'a file',
  serveSnippetLoader: 'a part of a page',
  servePayScript: 'a file',
  serveMediaconnectPayScript: 'a file',
  serveFavicon: 'a file',
  serveRobots: 'a file',
  showMetrics: 'figures for operators',
};

async function refusedMethod(): Promise<Opened> {
  const { page } = await register({ paymentMethod: 'sms' });
  return { path: page };
}

async function byNumber(): Promise<Opened> {
  return { path: `/user/fulfillment?orderId=${(await register()).orderId}` };
}

async function linkOfStopped(): Promise<Opened> {
  const { orderId } = await register();
  const path = await linkTo(nextReader(), (credential) =>
    client.post(`/capi/v1/client/order/${orderId}/user`, { credential, isSendMessage: true }),
  );
  await client.post(`/capi/v1/client/order/${orderId}/cancel`, {});
  return { path };
}

async function endedLink(): Promise<Opened> {
  const email = nextReader();
  const { orderId } = await register({ paymentMethod: 'free' });
  const path = await linkTo(email, (credential) =>
    client.post('/capi/v1/client/order/fulfillment', { orderId, credential }),
  );
  const corrected = { credential: `corrected-${email}` };
  const { status } = await client.post(`/capi/v1/client/order/${orderId}/credential`, corrected);
  assert.equal(status, 200);
  return { path };
}

async function openEnd({ opens }: End) {
  return open(typeof opens === 'function' ? await opens() : opens);
}

test('every page that tells of an error leads on to the publisher', async (t) => {
  for (const row of ends) {
    await t.test(`${row.operation}: ${row.name}`, async () => {
      const { status, html } = await openEnd(row);
      assert.equal(status, row.status);
      assert.match(html, /<h1>/);
      assert.ok(html.includes(`href="${homeUrl}"`), html);
    });
  }
});

test('every page of the API has a row above, or a reason', () => {
  const operations = api.filter(({ who }) => who === 'browser').map(({ endpoint }) => endpoint.operationId);
  const named = new Set([...ends.map(({ operation }) => operation), ...Object.keys(without)]);
  assert.deepEqual(
    operations.filter((operation) => !named.has(operation)),
    [],
  );
});

test('at a host of several publishers only what the address tells is named; else a sentence leads on', async (t) => {
  const { database, publishers } = fixture.app.context;
  const other = { name: 'Naboavisa', timeZone: 'Europe/Oslo', country: 'NO', currency: 'NOK', locale: 'nb' };
  await database.transaction('another publisher', (transaction) =>
    createPublisher(transaction, other as Parameters<typeof createPublisher>[1]),
  );
  await publishers.refresh();
  for (const row of ends) {
    await t.test(`${row.operation}: ${row.name}`, async () => {
      const { status, html } = await openEnd(row);
      assert.equal(status, row.status);
      assert.equal(html.includes(`href="${homeUrl}"`), row.isKnown, html);
      if (!row.isKnown) assert.match(html, /[Gg]o back/);
    });
  }
});
