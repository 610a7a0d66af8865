import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { swedbankPayDemo } from '@leveret/server/payments/methods/swedbank-pay/demo.js';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../builders/browser.ts';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { demoPlace } from '../builders/demo-place.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { chargesOf, messagesTo } from '../builders/ledgers.ts';
import { registerToPay, smsOrder } from '../builders/orders.ts';
import { until } from '../builders/until.ts';
import { type BuyerBrowser, openBuyerBrowser, type Page } from '../buyers/browser.ts';
import { readPlace } from '../buyers/read-place.ts';

let fixture: Fixture;
let client: DemoClient;
let browser: Browser;
before(async () => {
  browser = await openBrowser();
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
});
after(async () => {
  await browser.close();
  await fixture.close();
});

const order = (mobile: string, changes = {}) =>
  registerToPay(client, smsOrder(mobile, { merchantId: 'strex', ...changes }));
const openTab = () => openBuyerBrowser({ publicUrl: fixture.url, addresses: [fixture.url] });
const rightCode = '1234';

/** Types a code on the page, and loads the page that waits for the outcome until it is there. */
async function type(tab: BuyerBrowser, page: Page, code: string): Promise<Page> {
  const place = readPlace(page);
  assert.ok(place.at === 'code', page.html);
  return outcome(tab, await tab.submit(place.pay.action, { nonce: place.pay.nonce, code }));
}

async function outcome(tab: BuyerBrowser, waiting: Page): Promise<Page> {
  const [, next] = /http-equiv="refresh" content="\d+;url=([^"]+)"/.exec(waiting.html) ?? [];
  assert.ok(next !== undefined, waiting.html);
  const address = new URL(next.replaceAll('&amp;', '&'), waiting.url).href;
  return until('an outcome', async () => {
    const page = await tab.open(address);
    return readPlace(page).at === 'waiting' ? undefined : page;
  });
}

async function booked(mobile: string): Promise<[charges: string[], messages: number]> {
  const charges = await chargesOf(fixture, mobile);
  return [charges.map(({ state }) => state), (await messagesTo(fixture, mobile)).length];
}

for (const javaScriptEnabled of [true, false]) {
  const name = javaScriptEnabled ? 'with scripts' : 'without scripts';
  test(`a wrong code leads to the next one, with the field at hand, ${name}`, async () => {
    const mobile = javaScriptEnabled ? '+4790012001' : '+4790012002';
    const { orderId, address } = await order(mobile);
    const context = await browser.newContext({ javaScriptEnabled, locale: 'en' });
    const page = await context.newPage();
    await page.goto(address);
    await page.fill('#code', '9999');
    await page.press('#code', 'Enter');
    await page.waitForSelector('#notice');
    const said = 'That is not the right code. You have 4 tries left. A new code is on its way.';
    assert.ok((await page.textContent('#notice'))?.includes(said), await page.content());
    assert.equal(await page.locator('#code:focus').getAttribute('aria-describedby'), 'notice');
    assert.equal(await page.getAttribute('#code', 'aria-invalid'), 'true');
    assert.match(await page.title(), /^Error/);
    await page.reload();
    assert.ok((await page.textContent('#notice'))?.includes(said), 'as often as it is opened');
    await page.fill('#code', rightCode);
    await page.press('#code', 'Enter');
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    const { body } = await client.get(`/capi/v1/client/order/${orderId}`);
    assert.equal(body['state'], 'completed');
    const charges = await chargesOf(fixture, mobile);
    assert.equal(charges.length, 2);
    assert.equal(charges.filter(({ state }) => state === 'charged').length, 1, JSON.stringify(charges));
    await context.close();
  });
}

test('the fifth wrong code is the last, and none of them takes money', async () => {
  const mobile = '+4790012003';
  const { address } = await order(mobile);
  const tab = openTab();
  let page = await tab.open(address);
  for (const left of ['4 forsøk', '3 forsøk', '2 forsøk', 'ett forsøk']) {
    page = await type(tab, page, '9999');
    assert.match(page.html, new RegExp(`Koden stemmer ikke\\. Du har ${left} igjen\\. En ny kode er på vei`));
  }
  page = await type(tab, page, '9999');
  assert.match(page.html, /for mange forsøk/);
  assert.match(page.html, /kan ikke betales på noen annen måte/);
  assert.doesNotMatch(page.html, /name="method"/, 'it is offered no more');
  const [, nonce = ''] =
    /giveUp=1"[^>]*><input type="hidden" name="nonce" value="([^"]+)"/.exec(page.html) ?? [];
  const again = await tab.submit(address, { nonce, method: 'sms' });
  assert.match(again.html, /for mange forsøk/);
  const [charges, messages] = await booked(mobile);
  assert.deepEqual([new Set(charges), charges.length, messages], [new Set(['declined']), 5, 5]);
});

test('tabs that wait for the same wrong code get one new code', async () => {
  const mobile = '+4790012004';
  const { address } = await order(mobile);
  const tab = openTab();
  const typed = readPlace(await tab.open(address));
  assert.ok(typed.at === 'code');
  const { action, nonce } = typed.pay;
  const waiting = await tab.submit(action, { nonce, code: '9999' });
  const pages = await Promise.all(Array.from({ length: 8 }, () => outcome(openTab(), waiting)));
  for (const { html } of pages) assert.match(html, /Koden stemmer ikke\. Du har 4 forsøk igjen/);
  assert.deepEqual(await booked(mobile), [['declined'], 2]);
});

test('where other ways are open the code page stays, and leads to them', async () => {
  const path = '/capi/v1/client/payment-methods/swedbank-pay/strex';
  const settings = swedbankPayDemo(demoPlace(fixture.sandboxUrl));
  assert.equal((await client.put(path, { settings })).status, 200);
  const { address } = await order('+4790012005', { paymentMethod: undefined });
  const tab = openTab();
  const choice = readPlace(await tab.open(address));
  assert.ok(choice.at === 'choice' && choice.methods.includes('creditcardPayex'));
  const { action, nonce } = choice.pay;
  const wrong = await type(tab, await tab.submit(action, { nonce, method: 'sms' }), '9999');
  assert.match((await tab.open(wrong.url)).html, /Koden stemmer ikke/, 'also when it is loaded again');
  const [, other] = /href="([^"]+)"[^>]*>[^<]*annen/.exec(wrong.html) ?? [];
  assert.ok(other, wrong.html);
  const after = readPlace(await tab.open(new URL(other, fixture.url).href));
  assert.equal(after.at, 'choice');
});

test('after the last wrong code only other ways are offered, and the page says why', async () => {
  const mobile = '+4790012007';
  const { address } = await order(mobile, { paymentMethod: undefined });
  const tab = openTab();
  const first = readPlace(await tab.open(address));
  assert.ok(first.at === 'choice' && first.methods.includes('sms'));
  let page = await tab.submit(first.pay.action, { nonce: first.pay.nonce, method: 'sms' });
  for (let wrong = 0; wrong < 5; wrong += 1) page = await type(tab, page, '9999');
  for (const seen of [page, await tab.open(address)]) {
    const place = readPlace(seen);
    assert.ok(place.at === 'choice', seen.html);
    assert.deepEqual(
      place.methods,
      first.methods.filter((method) => method !== 'sms'),
    );
    assert.match(seen.html, /På mobilregningen: Det ble for mange forsøk/);
    assert.equal(seen.html.match(/for mange forsøk/g)?.length, 1, 'said once');
  }
  const place = readPlace(page);
  assert.ok(place.at === 'choice');
  const forced = readPlace(await tab.submit(place.pay.action, { nonce: place.pay.nonce, method: 'sms' }));
  assert.ok(forced.at === 'choice' && !forced.methods.includes('sms'));
  assert.equal((await booked(mobile))[1], 5, 'no sixth code');
  const card = { nonce: place.pay.nonce, method: 'creditcardPayex' };
  assert.match((await tab.submit(place.pay.action, card)).html, /Du sendes til Kort/);
});

test('no new code goes out beyond what may be sent about an order', async () => {
  const mobile = '+4790012006';
  assert.equal((await client.patch('/capi/v1/client/publisher', { messagesPerOrder: 2 })).status, 200);
  const { address } = await order(mobile);
  const tab = openTab();
  const second = await type(tab, await tab.open(address), '9999');
  assert.match(second.html, /Koden stemmer ikke\. Du har ett forsøk igjen/);
  const code = readPlace(await tab.open(address));
  assert.equal(code.at, 'code', 'the last code may still be typed');
  assert.match((await type(tab, second, '9999')).html, /for mange forsøk/);
  assert.deepEqual(await booked(mobile), [['declined', 'declined'], 2]);
});

const ceilings: [what: string, mobile: string, settings: object][] = [
  ['about an order', '+4790012008', { messagesPerOrder: 1 }],
  ['to a number in a day', '+4790012009', { messagesPerRecipientPerDay: 1 }],
];

for (const [what, mobile, settings] of ceilings) {
  test(`the phone bill is offered while a code may be sent ${what}, and while one is out`, async () => {
    const path = '/capi/v1/client/publisher';
    assert.equal((await client.patch(path, { messagesPerOrder: null, ...settings })).status, 200);
    const { address } = await order(mobile, { paymentMethod: undefined });
    const tab = openTab();
    const offers = async () => {
      const place = readPlace(await tab.open(address));
      assert.ok(place.at === 'choice');
      return { ...place.pay, hasPhoneBill: place.methods.includes('sms') };
    };
    const { action, nonce, hasPhoneBill } = await offers();
    assert.ok(hasPhoneBill);
    const sent = await tab.submit(action, { nonce, method: 'sms' });
    assert.equal((await offers()).hasPhoneBill, true, 'the code that is out may be typed');
    await type(tab, sent, '9999');
    assert.equal((await offers()).hasPhoneBill, false);
    await client.patch(path, { messagesPerOrder: null, messagesPerRecipientPerDay: null });
  });
}
