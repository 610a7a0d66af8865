import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { send } from '../access/send.ts';
import { openBrowser } from '../builders/browser.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { messagesTo } from '../builders/ledgers.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let browser: Browser;
let site: Server;
/** One site under two hosts: the first has the host of the node, the second is another site to browsers. */
let near: string;
let far: string;
before(async () => {
  browser = await openBrowser();
  fixture = await buildFixture();
  site = createServer((request, reply) => {
    reply.setHeader('content-type', 'text/html');
    const check = `${fixture.url}/user/loginCheck?clientId=no.leveret.demo`;
    reply.end(`<title>Site</title><p>${request.url ?? ''}</p><script src="${check}"></script>`);
  });
  await new Promise<void>((listening) => {
    site.listen(0, '0.0.0.0', listening);
  });
  const { port } = site.address() as AddressInfo;
  near = `http://localhost:${port}`;
  far = `http://127.0.0.1:${port}`;
});
after(async () => {
  site.closeAllConnections();
  site.close();
  await browser.close();
  await fixture.close();
});

const demo = 'no.leveret.demo';

function pageAt(path: string, more: Record<string, string> = {}): string {
  const query = { clientId: demo, returnUrl: `${near}/les`, errorUrl: `${near}/nei`, ...more };
  return `${fixture.url}${path}?${new URLSearchParams(query).toString()}`;
}

/** The code of a message, counted from the first. */
async function codeTo(email: string, message = 1): Promise<string> {
  const text = await until('a code', async () => (await messagesTo(fixture, email))[message - 1]?.text);
  return /\b\d{6}\b/.exec(text)?.[0] ?? assert.fail(text);
}

const english = (more: object = {}): Promise<BrowserContext> => browser.newContext({ locale: 'en', ...more });

async function logIn(page: Page, email: string, message = 1): Promise<void> {
  await page.getByLabel('E-mail address or mobile number').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page.getByLabel('Code').fill(await codeTo(email, message));
  await page.getByRole('button', { name: 'Log in' }).click();
}

const toldTo = (page: Page) => page.evaluate(() => (window as { leveretLogin?: unknown }).leveretLogin);

for (const javaScriptEnabled of [true, false]) {
  const name = javaScriptEnabled ? 'with scripts' : 'without scripts';
  test(`a reader logs in for a site ${name}, and the site learns that somebody is there`, async () => {
    const context = await english({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(pageAt('/user/login'));
    await logIn(page, `kari.${javaScriptEnabled}@example.no`);
    await page.waitForURL(`${near}/les`);
    await page.goto(pageAt('/user/loginCheck'));
    assert.equal(page.url(), `${near}/les`);
    if (javaScriptEnabled) {
      assert.deepEqual(await toldTo(page), { status: 'loggedIn' });
      // To a browser this is another site, whose pages our cookies are kept from.
      await page.goto(`${far}/les`);
      assert.deepEqual(await toldTo(page), { status: 'unknown', reason: 'no_cookie' });
    }
    await context.close();
  });
}

test('a site has the code sent at once, and the way back is open', async () => {
  const email = 'straks@example.no';
  const page = await (await english()).newPage();
  await page.goto(`${near}/artikkel`);
  const address = pageAt('/user/createUser', { credential: email, credentialSubmit: 'true' });
  const follow = () =>
    page.evaluate((to) => {
      location.href = to;
    }, address);
  await follow();
  await page.getByLabel('Code').waitFor();
  const code = await codeTo(email);
  await page.goBack();
  // Where the page was whole before its form went, the browser keeps it, and sends nothing again.
  if (page.url() === address) await page.goBack();
  assert.equal(page.url(), `${near}/artikkel`);
  await follow();
  await page.getByLabel('Code').fill(code);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${near}/les`);
  assert.equal((await messagesTo(fixture, email)).length, 1, 'the first code was good still');
  await page.context().close();
});

test('two tabs finish with one code, the second after the first', async () => {
  const email = 'faner@example.no';
  const context = await english();
  const tabs = [await context.newPage(), await context.newPage()];
  for (const [index, tab] of tabs.entries()) {
    await tab.goto(pageAt('/user/login', { returnUrl: `${near}/fane/${index}` }));
    await tab.getByLabel('E-mail address or mobile number').fill(email);
    await tab.getByRole('button', { name: 'Send me a code' }).click();
    await tab.getByLabel('Code').fill(await codeTo(email));
  }
  for (const [index, tab] of tabs.entries()) {
    await tab.getByRole('button', { name: 'Log in' }).click();
    await tab.waitForURL(`${near}/fane/${index}`);
  }
  await context.close();
});

/** As a site sends a reader to be told who they are. */
function authorization(more: Record<string, string> = {}): string {
  const query = { client_id: demo, redirect_uri: `${near}/tilbake`, response_type: 'code', state: 's1' };
  return `${fixture.url}/user/oauth/authorize?${new URLSearchParams({ ...query, scope: 'openid', ...more }).toString()}`;
}

async function whoCame(page: Page): Promise<Record<string, unknown>> {
  const code = new URL(page.url()).searchParams.get('code') ?? assert.fail(page.url());
  const form = { grant_type: 'authorization_code', code, redirect_uri: `${near}/tilbake` };
  const reply = await fetch(`${fixture.url}/user/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${demo}:leveret-demo-secret`)}` },
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await reply.json()) as { access_token: string };
  const profile = await fetch(`${fixture.url}/capi/v1/customer/profile`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { ...((await profile.json()) as object), token };
}

test('an authorization leads through the page, and the site learns who came, until the reader logs out', async () => {
  const email = 'hvem@example.no';
  const page = await (await english()).newPage();
  await page.goto(authorization({ prompt: 'none' }));
  assert.match(page.url(), /error=login_required/);
  await page.goto(authorization());
  assert.equal(new URL(page.url()).pathname, '/user/login');
  await logIn(page, email);
  await page.waitForURL(/tilbake/);
  const { emails, token } = await whoCame(page);
  assert.deepEqual(emails, [email]);
  await page.goto(authorization({ prompt: 'none' }));
  assert.match(page.url(), /[?&]code=/);
  await page.goto(authorization({ prompt: 'login' }));
  await page.getByText('log in once more').waitFor();
  await logIn(page, email, 2);
  await page.waitForURL(/tilbake\?code=/);
  await page.goto(pageAt('/user/logout'));
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(`${near}/les`);
  const access = await fetch(`${fixture.url}/capi/v1/customer/profile`, {
    headers: { authorization: `Bearer ${String(token)}` },
  });
  assert.equal(access.status, 401, 'what the site was given has ended');
  await page.goto(authorization({ prompt: 'none' }));
  assert.match(page.url(), /error=login_required/);
  await page.context().close();
});

test('sites of three ages find the same pages below /user, below /login and below nothing', async () => {
  const pages = ['login', 'createUser', 'register', 'loginCheck', 'logout', 'fulfillment', 'oauth/authorize'];
  const query = `?clientId=${demo}&returnUrl=${encodeURIComponent(near)}&errorUrl=${encodeURIComponent(near)}`;
  const plain = ({ status, headers, text }: Awaited<ReturnType<typeof send>>) =>
    [status, headers.get('location'), text.replaceAll(/req_[\w-]+|name="nonce" value="[^"]+"/g, '')] as const;
  for (const page of pages) {
    const expected = plain(await send(`${fixture.url}/user/${page}${query}`, 'GET'));
    for (const path of [`/login/${page}`, `/${page}`]) {
      assert.deepEqual(plain(await send(`${fixture.url}${path}${query}`, 'GET')), expected, path);
    }
  }
  const expected = plain(await send(`${fixture.url}/user/fulfillment${query}`, 'GET'));
  for (const path of ['/user/order', '/login/order', '/order'])
    assert.deepEqual(plain(await send(`${fixture.url}${path}${query}`, 'GET')), expected, path);
  assert.equal((await send(`${fixture.url}/loginpage`, 'GET')).status, 404);
  assert.equal((await send(`${fixture.url}/orders`, 'GET')).status, 404);
});
