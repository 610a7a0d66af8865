import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../../publishers/publisher.ts';
import { openTestFixture, type TestCredential, type TestFixture } from '../../testing/accounts.ts';
import { createTestBrowser, serveRows, type TestServer } from '../../testing/browser.ts';
import { findSession } from '../find-session.ts';
import { giveUpLink } from './give-up-link.ts';
import { logInByLink } from './log-in-by-link.ts';
import { logOut, openLogOut } from './log-out.ts';
import { openLink } from './open-link.ts';
import { resendLink } from './resend-link.ts';
import { serveStyleSheet } from './serve-style-sheet.ts';
import { showWelcome } from './show-welcome.ts';

const rows = [
  { method: 'GET', path: '/l/:token', who: 'browser', endpoint: openLink },
  { method: 'POST', path: '/l/:token', who: 'browser', endpoint: logInByLink },
  { method: 'POST', path: '/l/:token/resend', who: 'browser', endpoint: resendLink },
  { method: 'POST', path: '/l/:token/give-up', who: 'browser', endpoint: giveUpLink },
  { method: 'GET', path: '/user/welcome', who: 'browser', endpoint: showWelcome },
  { method: 'GET', path: '/user/logout', who: 'browser', endpoint: openLogOut },
  { method: 'POST', path: '/user/logout', who: 'browser', endpoint: logOut },
  { method: 'GET', path: '/user/assets/style.css', who: 'browser', endpoint: serveStyleSheet },
] as const;

let fixture: TestFixture;
let app: TestServer;
let client: Client;
let ola: TestCredential;
before(async () => {
  fixture = await openTestFixture();
  app = await serveRows(fixture, rows);
});
after(async () => {
  await app.close();
  await fixture.close();
});
beforeEach(async () => {
  const returnAddresses = [{ url: 'https://avis.example', match: 'origin' as const }];
  client = await fixture.addClient({ name: 'Demoposten', locale: 'nb' }, { returnAddresses });
  ola = fixture.credential(client, 'ola.nordmann@example.no');
});

const returnUrl = 'https://avis.example/les?sak=1';
const errorUrl = 'https://avis.example/feil?error=old';

async function newPath(wanted: Parameters<TestFixture['addLink']>[2] = {}): Promise<string> {
  return `/l/${(await fixture.addLink(client, ola, wanted)).token}`;
}

test('opening a link, by whom and however often, changes nothing', async () => {
  const path = await newPath({ returnUrl });
  const robot = createTestBrowser(app);
  const before = await fixture.rows('SELECT * FROM login_links ORDER BY link_id');
  for (let opened = 0; opened < 5; opened += 1) await robot.open(path);
  await robot.open(path, {}, 'HEAD');
  await robot.open(path, { 'user-agent': 'facebookexternalhit/1.1' });
  assert.deepEqual(await fixture.rows('SELECT * FROM login_links ORDER BY link_id'), before);
  assert.deepEqual([...robot.cookies.keys()], ['__Host-leveret-browser']);
  const page = await robot.open(path);
  assert.match(page.html, /Demoposten/);
  assert.match(page.html, /o\*\*\*@example\.no/);
  assert.doesNotMatch(page.html, /nordmann/);
});

test('the button logs in and leads to the return address, without a token in it', async () => {
  const path = await newPath({ returnUrl });
  const reader = createTestBrowser(app);
  const page = await reader.open(path);
  assert.match(String(page.headers['content-security-policy']), /form-action 'self' https:(;|$)/);
  assert.equal(page.headers['referrer-policy'], 'no-referrer');
  assert.equal(page.headers['cache-control'], 'no-store');
  const back = await reader.post(path);
  assert.equal(back.status, 303);
  assert.equal(back.location, returnUrl);
  assert.match(
    back.setCookies[0] ?? '',
    /^__Host-leveret=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=15552000$/,
  );
  const session = await findSession(fixture.database, reader.cookies.get('__Host-leveret'));
  assert.equal(session?.strength, 'code');
});

test('over https every cookie is bound to the host', async () => {
  const secure = await serveRows(fixture, rows, 'https://leveret.example');
  const path = await newPath();
  const reader = createTestBrowser(secure);
  const page = await reader.open(path);
  assert.match(
    page.setCookies[0] ?? '',
    /^__Host-leveret-browser=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
  );
  const back = await reader.post(path, { headers: { origin: 'https://leveret.example' } });
  assert.equal(back.location, '/user/welcome');
  assert.match(back.setCookies[0] ?? '', /^__Host-leveret=[\w-]{43};.*; Secure; Max-Age/);
  assert.equal((await reader.open('/user/welcome')).status, 200);
  await secure.close();
});

test('without a return address the reader sees what was bought', async () => {
  const orderId = await fixture.addOrder(client, { state: 'completed' });
  await fixture.rows(
    `INSERT INTO grants (publisher_id, order_id, line_number, kind, product_code, email_key, starts_at,
      ends_at)
     VALUES ($1, $2, 1, 'bought', 'GUIDE', $3, leveret_now(), leveret_now() + interval '1 year')`,
    [client.publisher.publisherId, orderId, ola.key],
  );
  const reader = createTestBrowser(app);
  assert.equal((await reader.open('/user/welcome')).status, 403);
  const path = await newPath({ orderId });
  assert.match((await reader.open(path)).html, /The guide/);
  const welcome = await reader.open((await reader.post(path)).location ?? '');
  assert.match(welcome.html, /The guide/);
  assert.match(welcome.html, /Demoposten/);
});

test('a return address that has left the list since is not followed', async () => {
  const path = await newPath({ returnUrl: 'https://former.example/' });
  const reader = createTestBrowser(app);
  await reader.open(path);
  assert.equal((await reader.post(path)).location, '/user/welcome');
});

test('a form from elsewhere, or without the cookie of the page, spends nothing', async () => {
  const path = await newPath();
  const reader = createTestBrowser(app);
  await reader.open(path);
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:8081' },
  ];
  for (const headers of foreign) assert.equal((await reader.post(path, { headers })).status, 403);
  assert.equal((await reader.post(path, { fields: { nonce: 'x' } })).status, 403);
  assert.equal((await createTestBrowser(app).post(path, { fields: { nonce: 'A'.repeat(22) } })).status, 403);
  const [link] = await fixture.rows('SELECT spent_at FROM login_links WHERE publisher_id = $1', [
    client.publisher.publisherId,
  ]);
  assert.deepEqual(link, { spent_at: null });
  const stale = createTestBrowser(app);
  assert.equal((await stale.post(path)).status, 403);
  assert.equal((await stale.post(path)).status, 303, 'the page was shown again, with a cookie');
  const orderId = await fixture.addOrder(client, { state: 'stopped' });
  const stopped = await newPath({ errorUrl, orderId });
  assert.equal((await createTestBrowser(app).post(stopped)).status, 303, 'to the error address');
});

test('the same browser may press again within a minute, another is offered a new link', async () => {
  const path = await newPath({ returnUrl });
  const [first, other] = [createTestBrowser(app), createTestBrowser(app)];
  await Promise.all([first.open(path), other.open(path)]);
  assert.equal((await first.post(path)).status, 303);
  const session = first.cookies.get('__Host-leveret');
  assert.match((await first.open(path)).html, /action="\/l\/[\w-]{22}"/);
  assert.equal((await first.post(path)).location, returnUrl);
  assert.equal(first.cookies.get('__Host-leveret'), session);
  assert.match((await other.open(path)).html, new RegExp(`action="${path}/resend"`));
  const late = await other.post(path);
  assert.equal(late.status, 200);
  assert.match(late.html, new RegExp(`action="${path}/resend"`));
  assert.equal(other.cookies.get('__Host-leveret'), undefined);
  await fixture.advance(61);
  assert.match((await first.open(path)).html, new RegExp(`action="${path}/resend"`));
});

test('a link that is over sends a new one to the same credential, and answers alike at the limit', async () => {
  const path = await newPath({ lifetimeSeconds: 60 });
  await fixture.advance(61);
  const reader = createTestBrowser(app);
  assert.match((await reader.open(path)).html, /utløpt/);
  const before = await fixture.countEvents('login link issued');
  const pages = [];
  for (let asked = 0; asked < 4; asked += 1) pages.push(await reader.post(`${path}/resend`));
  assert.equal(await fixture.countEvents('login link issued'), before + 3);
  for (const page of pages) assert.equal(page.html, pages[0]?.html);
  assert.match(pages[0]?.html ?? '', /o\*\*\*@example\.no/);
  const fresh = await fixture.newestLink(client, ola);
  await reader.open(`/l/${fresh.token}`);
  assert.equal((await reader.post(`/l/${fresh.token}`)).status, 303);
});

test('giving up leads to the error address with its reason', async () => {
  const live = await newPath({ errorUrl });
  const reader = createTestBrowser(app);
  const page = await reader.open(live);
  assert.match(page.html, /href="https:\/\/avis\.example\/feil\?error=cancelled"/);
  const errorOf = async (path: string) =>
    (await (path.endsWith('/give-up') ? reader.post(path) : reader.open(path))).location;
  const withError = (error: string) => `https://avis.example/feil?error=${error}`;
  assert.equal(await errorOf(`${live}/give-up`), withError('cancelled'));
  await reader.post(live);
  assert.equal(await errorOf(`${live}/give-up`), withError('link_expired'));
  const without = await newPath();
  assert.equal(await errorOf(`${without}/give-up`), without);
  const orderId = await fixture.addOrder(client, { state: 'stopped', stoppedReason: 'expired' });
  const stopped = await newPath({ errorUrl, orderId });
  for (const path of [stopped, `${stopped}/give-up`]) {
    assert.equal(await errorOf(path), withError('order_stopped'));
  }
  assert.equal((await reader.post(stopped)).location, withError('order_stopped'));
  assert.match((await reader.open(await newPath({ orderId }))).html, /Tiden/);
  await fixture.rows("UPDATE accounts SET state = 'closed' WHERE publisher_id = $1", [
    client.publisher.publisherId,
  ]);
  const closed = await newPath({ errorUrl });
  assert.equal(await errorOf(closed), withError('account_closed'));
  assert.equal((await reader.post(`${closed}/resend`)).location, withError('account_closed'));
  assert.equal((await reader.open(await newPath())).status, 403);
});

test('a token that was not made here meets a page that names nobody', async () => {
  const reader = createTestBrowser(app);
  const unknown = '/l/AAAAAAAAAAAAAAAAAAAAAA';
  for (const page of [
    await reader.open(unknown),
    await reader.open('/l/x'),
    await reader.post(`${unknown}/give-up`),
  ]) {
    assert.equal(page.status, 404);
    assert.doesNotMatch(page.html, /Demoposten/);
  }
});

test('pages speak the language of publisher and browser', async () => {
  const path = await newPath();
  const { open } = createTestBrowser(app);
  assert.match((await open(path)).html, /lang="nb"/);
  assert.match((await open(path, { 'accept-language': 'sv-SE,sv' })).html, /lang="sv"/);
  assert.match((await open(path, { 'accept-language': 'en,nb;q=0.2' })).html, /lang="nb"/);
});

test('logging out takes a button, ends the session, and goes back only to a listed address', async () => {
  const path = await newPath();
  const reader = createTestBrowser(app);
  await reader.open(path);
  await reader.post(path);
  const session = reader.cookies.get('__Host-leveret');
  const out = `/user/logout?${new URLSearchParams({ clientId: client.clientId, returnUrl }).toString()}`;
  assert.equal((await reader.open('/user/logout?returnUrl=https://evil.example/')).status, 400);
  assert.equal((await reader.open(out)).status, 200);
  assert.equal((await reader.post(out, { headers: { 'sec-fetch-site': 'cross-site' } })).status, 403);
  assert.ok(await findSession(fixture.database, session));
  const back = await reader.post(out);
  assert.equal(back.location, returnUrl);
  assert.equal(reader.cookies.has('__Host-leveret'), false);
  assert.equal(await findSession(fixture.database, session), undefined);
  assert.equal((await reader.open(out)).location, returnUrl);
});

test('the style sheet is cached for good under its hash only', async () => {
  const reader = createTestBrowser(app);
  const page = await reader.open(await newPath());
  const address = /href="(\/user\/assets\/style\.css\?v=\w+)"/.exec(page.html)?.[1] ?? '';
  const sheet = await reader.open(address);
  assert.equal(sheet.headers['content-type'], 'text/css; charset=utf-8');
  assert.match(String(sheet.headers['cache-control']), /immutable/);
  assert.equal((await reader.open('/user/assets/style.css?v=old')).headers['cache-control'], 'no-cache');
});
