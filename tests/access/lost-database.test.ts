import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '@leveret/server/api.js';
import { createLog } from '@leveret/server/kit/log.js';
import { readerToken } from '@leveret/server/testing/reader-token.js';
import pg from 'pg';
import { type DatabaseProxy, openDatabaseProxy } from '../builders/database-proxy.ts';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { freeOrder, register } from '../builders/orders.ts';
import { until } from '../builders/until.ts';
import { clientCalls } from './client-calls.ts';
import { nobodysIds } from './owned-ids.ts';
import { openCalls, pageCallsOf } from './page-calls.ts';
import { type Sent, send } from './send.ts';
import { userCalls } from './user-calls.ts';

let fixture: Fixture;
let proxy: DatabaseProxy;
let client: DemoClient;
let orderId: number;
let orderToken: string;
let readersToken: string;

before(async () => {
  fixture = await buildFixture({
    log: createLog({ level: 'silent' }),
    async through(databaseUrl) {
      proxy = await openDatabaseProxy(databaseUrl);
      return proxy.url;
    },
  });
  client = await connectDemoClient(fixture.url);
  orderId = await register(client, freeOrder());
  const site = {
    clientId: 'no.leveret.demo',
    secret: 'leveret-demo-secret',
    redirectUri: 'http://localhost/',
  };
  readersToken = await readerToken(fixture.app, site, 'kari@example.com');
  const registered = await client.post('/capi/v1/client/order', freeOrder());
  orderToken = textAt(registered.body, 'fulfillmentUrl').split('/').at(-1) ?? '';
});
after(async () => {
  await fixture.close();
  await proxy.close();
});

type Answered = { what: string; sent: Sent };

/** What answers from memory or files alone. */
const needsNoDatabase = new Set([
  ...['showHealth', 'showErrorCode', 'serveStyleSheet', 'servePayScript', 'serveMediaconnectPayScript'],
  ...['serveFrameScript', 'serveSnippetLoader', 'showFront', 'serveFavicon', 'serveRobots', 'listGuides'],
  ...['showGuide', 'showHowTo', 'showDecision', 'showProviderFacts', 'showCompatibility'],
  'openapi',
  'openid-configuration',
]);

/** Nodes keep publishers, accounts and catalogues in memory for a moment. */
const fromMemory = new Set([
  ...['showPublisher', 'listPaymentMethods', 'listProducts', 'checkProducts', 'listProductsOfType'],
  ...['listCoupons', 'checkCouponPrice'],
  ...['listCategoryTypes', 'listCategoryCodes', 'listCategoryCodesOfType'],
]);

const providerPaths: Record<string, string> = {
  '/capi/notices/:account/:gateToken': '/capi/notices/link-mobility-sms/a-token-that-nobody-has',
  '/capi/notices/:adapter/attempts/:noticeToken':
    '/capi/notices/swedbank-pay-card/attempts/AAAAAAAAAAAAAAAAAAAAAAAA',
  '/capi/notices/:adapter/attempts/:noticeToken/:topic':
    '/capi/notices/kustom-checkout/attempts/AAAAAAAAAAAAAAAAAAAAAAAA/push',
  '/capi/notices/link-mobility-messages/:gateToken':
    '/capi/notices/link-mobility-messages/a-token-that-nobody-has',
  '/capi/notices/email/:token': '/capi/notices/email/a-token-that-nobody-has',
};

/** Every row of the table, and what the OAuth server and the reference answer, all at once. */
async function callEverything(): Promise<Answered[]> {
  const known = { orderId, orderToken, linkToken: 'AAAAAAAAAAAAAAAAAAAAAA', credential: 'kari@example.com' };
  const pages = { ...pageCallsOf(known), ...openCalls };
  const ids = { ...nobodysIds, orderId, openOrderId: orderId };
  const authorization = `Bearer ${client.token}`;
  const calls = api.map(async (row): Promise<Answered> => {
    const { method } = row;
    const what = row.endpoint.operationId;
    if (row.who === 'user') {
      const { path, body } = userCalls[what]?.({ orderId, externalOrderId: 'none' }) ?? { path: '/none' };
      const given = { headers: { authorization: `Bearer ${readersToken}` }, ...(body && { body }) };
      return { what, sent: await send(fixture.url + path, method, given) };
    }
    if (row.who === 'client') {
      const { path, body } = clientCalls[what]?.(ids) ?? { path: '/none' };
      const given = { headers: { authorization }, ...(body && { body }) };
      return { what, sent: await send(fixture.url + path, method, given) };
    }
    const path = pages[what]?.path ?? providerPaths[row.path];
    assert.ok(path, `${what} has no call`);
    const headers = { accept: 'text/html', 'accept-language': 'sv-SE,sv;q=0.9' };
    const form = pages[what]?.form;
    const body = row.who === 'provider' ? { refId: 'any', id: 'any', resultCode: 1001 } : form;
    return {
      what,
      sent: await send(fixture.url + path, method, { headers, ...(body !== undefined && { body }) }),
    };
  });
  return Promise.all([...calls, ...oauthCalls()]);
}

function oauthCalls(): Promise<Answered>[] {
  const get = async (what: string, path: string) => ({ what, sent: await send(fixture.url + path, 'GET') });
  return [
    askForToken().then((sent) => ({ what: 'token', sent })),
    get('jwks', '/user/oauth/jwks'),
    get('openid-configuration', '/user/.well-known/openid-configuration'),
    get('openapi', '/openapi.json'),
  ];
}

const deadlockDetected = '40P01';

/** An id that no memory holds, so that the database has to be asked. */
const askForToken = (clientId = 'somebody.else') =>
  send(`${fixture.url}/user/oauth/token`, 'POST', {
    body: `grant_type=client_credentials&client_id=${clientId}&client_secret=leveret-demo-secret`,
  });

/** Answers how many were told to come back. */
function judge(answers: readonly Answered[], weather: string): number {
  let told = 0;
  for (const { what, sent } of answers) {
    const about = `${weather}: ${what} ${sent.status} ${sent.text.slice(0, 300)}`;
    assert.ok(sent.status < 500 || sent.status === 503, about);
    if (sent.status !== 503) continue;
    told += 1;
    assert.match(sent.headers.get('retry-after') ?? '', /^[1-9]\d*$/, about);
    assert.ok(!needsNoDatabase.has(what), about);
  }
  return told;
}

/** Every client's operation but those that refuse, or answer, before they come to the database. */
function assertAllTold(answers: readonly Answered[], weather: string): void {
  judge(answers, weather);
  const clients = new Set(
    api.filter((row) => row.who === 'client' || row.who === 'user').map((row) => row.endpoint.operationId),
  );
  const others = answers.filter(({ what, sent }) => clients.has(what) && sent.status !== 503);
  const unexpected = others.map(({ what }) => what).filter((what) => !fromMemory.has(what));
  assert.deepEqual(unexpected, [], weather);
}

async function recovers(): Promise<void> {
  await proxy.set('open');
  await until('the node to be ready', async () => (await send(`${fixture.url}/ready`, 'GET')).status === 200);
}

for (const weather of [
  'refused',
  'cut',
  { state: '57P03', says: 'the database system is in recovery mode' },
  { state: '53300', says: 'sorry, too many clients already' },
  { state: '28P01', says: 'password authentication failed' },
  { state: '55000', says: 'database is not currently accepting connections' },
] as const) {
  const name = typeof weather === 'string' ? weather : weather.says;
  test(`503 from everything while the database is away: ${name}`, async () => {
    await proxy.set(weather);
    assertAllTold(await callEverything(), name);
    await recovers();
  });
}

test('503 from everything that waits for a database that says nothing', { timeout: 120_000 }, async () => {
  await proxy.set('hanging');
  assertAllTold(await callEverything(), 'hanging');
  await proxy.set('cut');
  await recovers();
});

async function withAdmin<Result>(work: (admin: pg.Client) => Promise<Result>): Promise<Result> {
  const admin = new pg.Client({ connectionString: fixture.databaseUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

const endSessions = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;

async function endSessionsUntil(admin: pg.Client, over: AbortSignal): Promise<void> {
  while (!over.aborted) await admin.query(endSessions);
}

test('no 500 while sessions are ended in the middle of their work', async () => {
  await withAdmin(async (admin) => {
    const over = new AbortController();
    const ending = endSessionsUntil(admin, over.signal);
    let told = 0;
    for (let round = 0; round < 8; round += 1) told += judge(await callEverything(), 'terminated');
    over.abort();
    await ending;
    assert.ok(told > 20, `only ${told} were told`);
  });
  await recovers();
});

test('503 while the database only reads, as after a fail-over', async () => {
  await withAdmin(async (admin) => {
    const name = (await admin.query<{ name: string }>('SELECT current_database() AS name')).rows[0]?.name;
    await admin.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await admin.query(endSessions);
    const answers = await callEverything();
    judge(answers, 'read-only');
    const registered = answers.find(({ what }) => what === 'completeOrder');
    assert.equal(registered?.sent.status, 503);
    await admin.query('SET default_transaction_read_only = off');
    await admin.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`);
  });
  // Sessions that only read are not kept, so nobody has to end them.
  await until('an order to be registered', async () => {
    const reply = await client.post('/capi/v1/client/order', freeOrder());
    return reply.status === 200;
  });
});

/** Work of the node that has locked one table and wants another may stand in the way: then once more. */
async function lockAll(admin: pg.Client, names: string): Promise<void> {
  await until('every table to be locked', async () => {
    try {
      await admin.query('BEGIN');
      await admin.query(`LOCK TABLE ${names} IN ACCESS EXCLUSIVE MODE`);
      return true;
    } catch (error) {
      await admin.query('ROLLBACK');
      if (error instanceof pg.DatabaseError && error.code === deadlockDetected) return undefined;
      throw error;
    }
  });
}

test('503 while every table is locked', { timeout: 120_000 }, async () => {
  await withAdmin(async (admin) => {
    const { rows } = await admin.query<{ names: string }>(
      `SELECT string_agg(format('%I', tablename), ', ') AS names FROM pg_tables WHERE schemaname = 'public'`,
    );
    await lockAll(admin, rows[0]?.names ?? '');
    judge(await callEverything(), 'locked');
    await admin.query('ROLLBACK');
  });
  await recovers();
});

test('503 from what takes longer than a statement may', { timeout: 120_000 }, async () => {
  await withAdmin(async (admin) => {
    const { rows } = await admin.query<{ text: string }>(
      `SELECT pg_get_functiondef('leveret_now'::regproc) AS text`,
    );
    await admin.query(`CREATE OR REPLACE FUNCTION leveret_now() RETURNS timestamptz LANGUAGE sql STABLE
      AS 'SELECT now() FROM pg_sleep(60)'`);
    let answers: Answered[] = [];
    try {
      answers = await callEverything();
    } finally {
      await admin.query(rows[0]?.text ?? '');
    }
    const told = judge(answers, 'slow');
    assert.ok(told > 10, `only ${told} were told`);
    const checked = answers.find(({ what }) => what === 'checkAccess');
    assert.equal(checked?.sent.status, 503);
  });
  await recovers();
});

test('a reader gets a page in the language of the browser, a token client the words of OAuth', async () => {
  await proxy.set('refused');
  const headers = { accept: 'text/html', 'accept-language': 'sv-SE,sv;q=0.9' };
  const page = await send(`${fixture.url}/user/fulfillment/${orderToken}`, 'GET', { headers });
  assert.equal(page.status, 503);
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  assert.match(page.text, /<html lang="sv"/);
  const token = await askForToken();
  assert.equal(token.status, 503);
  assert.equal(JSON.parse(token.text).error, 'temporarily_unavailable');
  assert.equal(token.headers.get('retry-after'), '2');
  await recovers();
});

test('a token endpoint that could not answer has counted nobody’s failure', async () => {
  await proxy.set('refused');
  for (let time = 0; time < 30; time += 1) assert.equal((await askForToken()).status, 503);
  await recovers();
  const sent = await askForToken('no.leveret.demo');
  assert.equal(sent.status, 200, sent.text);
});
