import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startShop } from '@leveret/shop/start-shop.js';
import { freePort } from '../builders/free-port.ts';
import { articleAt, demo, isOpen, logInByCode, openTown, type Town, whoIsIn } from './open-town.ts';

let town: Town;
before(async () => {
  town = await openTown();
});
after(() => town.close());

/** A page of the shop, without a browser's cookies. */
async function seen(path: string, init: RequestInit = {}) {
  const reply = await fetch(town.shop.url + path, { redirect: 'manual', ...init });
  const { status, headers } = reply;
  return {
    status,
    html: await reply.text(),
    location: headers.get('location'),
    cookie: headers.get('set-cookie'),
  };
}

async function authorizationFor(path: string) {
  const { location, cookie } = await seen(path);
  const [pair = ''] = (cookie ?? assert.fail('no cookie')).split(';');
  return { address: new URL(location ?? assert.fail('no redirect')), cookie: pair };
}

test('a login goes out with PKCE, and with a state that its browser alone brings back', async () => {
  const { address, cookie } = await authorizationFor('/articles/harbour');
  const { searchParams: asked } = address;
  assert.deepEqual(
    [asked.get('prompt'), asked.get('response_type'), asked.get('code_challenge_method')],
    ['none', 'code', 'S256'],
  );
  const reply = await fetch(address, { redirect: 'manual' });
  const back = new URL(reply.headers.get('location') ?? assert.fail('no redirect'));
  assert.equal(back.searchParams.get('error'), 'login_required');
  const path = back.pathname + back.search;

  const elsewhere = await seen(path);
  assert.equal(elsewhere.status, 400);
  assert.match(elsewhere.html, /let your browser keep our cookies/);
  assert.match(elsewhere.html, /href="\/login\?to=/, 'there is a way on');

  const foreign = new URL(back);
  foreign.searchParams.set('iss', 'https://evil.example');
  const mixed = await seen(foreign.pathname + foreign.search, { headers: { cookie } });
  assert.equal(mixed.status, 400);

  const own = await seen(path, { headers: { cookie } });
  assert.deepEqual([own.status, own.location], [303, '/articles/harbour?asked=1']);
  const again = await seen(path, { headers: { cookie } });
  assert.equal(again.status, 400, 'a state is good once');
  assert.match(again.html, /did not begin in this browser, or it is finished already/);
});

test('a tampered state and a used code are told, with a way on; who is logged in stays so', async () => {
  const { fixture, shop, open } = town;
  const page = await open();
  const backs: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(`${shop.url}/back?code=`)) backs.push(request.url());
  });
  await page.goto(`${shop.url}/login?to=/articles/harbour`);
  await logInByCode(page, fixture, 'omvei@example.no');
  await page.waitForURL(articleAt(shop));
  const [used = assert.fail('nobody came back')] = backs;

  await page.goto(used);
  await page.getByText('did not begin in this browser, or it is finished already').waitFor();
  assert.equal(await whoIsIn(page), 'omvei@example.no');
  assert.equal(await page.getByRole('link', { name: 'Log in again' }).count(), 0);

  const { address, cookie } = await authorizationFor('/login?to=/articles/lights');
  const stolen = new URL(used);
  stolen.searchParams.set('state', address.searchParams.get('state') ?? '');
  const refused = await seen(stolen.pathname + stolen.search, { headers: { cookie } });
  assert.equal(refused.status, 400);
  assert.match(refused.html, /took too long, or its address was used before/);
  assert.match(refused.html, /href="\/login\?to=%2Farticles%2Flights"/);
  await page.context().close();
});

test('a login link that is over leads to a page that says so, and on to the article', async () => {
  for (const [error, sentence] of [
    ['link_expired', /The link in the message is over/],
    ['order_stopped', /The order came to nothing/],
    ['<script>', /The login did not succeed/],
  ] as const) {
    const address = `/sorry?to=%2Farticles%2Fharbour&error=${encodeURIComponent(error)}`;
    const { status, html } = await seen(address);
    assert.equal(status, 400);
    assert.match(html, sentence);
    assert.match(html, /<a href="\/articles\/harbour">To the article/);
  }
});

test('a login leads to pages of the shop only', async () => {
  for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    const { html } = await seen(`/sorry?to=${encodeURIComponent(to)}`);
    assert.match(html, /<a href="\/">To the front page/, to);
    assert.doesNotMatch(html, /evil|javascript:/, to);
  }
});

test('forms of other sites, unknown pages and unknown orders are refused', async () => {
  const body = new URLSearchParams({ article: 'harbour', what: 'day', address: 'a@example.no' });
  for (const origin of ['http://evil.example', 'null'])
    assert.equal((await seen('/buy', { method: 'POST', body, headers: { origin } })).status, 403);
  const { url: origin } = town.shop;
  assert.equal(
    (await seen('/buy', { method: 'POST', body, headers: { origin } })).status,
    400,
    'without a key',
  );
  for (const path of ['/nothing', '/articles/nothing', '/articles/harbour/more', '/login/more', '/bought/x'])
    assert.equal((await seen(path)).status, 404, path);
  assert.equal((await seen('/callback/x')).status, 410);
  assert.equal((await seen('/', { method: 'DELETE' })).status, 404);
  assert.equal((await seen('/', { method: 'HEAD' })).status, 200);
});

test('under another host readers are led to the shop’s own', async () => {
  const other = town.shop.url.replace('localhost', '127.0.0.1');
  const reply = await fetch(`${other}/articles/ferry?a=1`, { redirect: 'manual' });
  assert.equal(reply.status, 303);
  assert.equal(reply.headers.get('location'), `${town.shop.url}/articles/ferry?a=1`);
});

test('a cookie that means nothing is left alone, and nothing of a session is in a cookie', async () => {
  const { status, cookie } = await seen('/', { headers: { cookie: 'demoposten=stale; other=1' } });
  assert.deepEqual([status, cookie], [200, null]);
  const begun = await seen('/articles/harbour');
  assert.match(begun.cookie ?? '', /^demoposten=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('a browser that keeps no cookies is shown the article’s price all the same', async () => {
  const page = await town.open();
  await page.goto(`${articleAt(town.shop)}?asked=1`);
  assert.equal(await isOpen(page), false);
  await page.context().close();
});

test('without Leveret the free article is there, and a locked one says that something does not answer', async (t) => {
  const lonely = await startShop({ port: 0, leveretUrl: `http://localhost:${await freePort()}`, ...demo });
  t.after(() => lonely.close());
  const statusOf = async (path: string) => (await fetch(lonely.url + path)).status;
  assert.deepEqual([await statusOf('/'), await statusOf('/articles/ferry')], [200, 200]);
  assert.equal(await statusOf('/articles/harbour?asked=1'), 503);
});
