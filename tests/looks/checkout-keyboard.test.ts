import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { renderCheckoutPage } from '@leveret/pages/checkout-page.js';
import { exampleText } from '@leveret/pages/every-page.js';
import { exampleCheckouts } from '@leveret/pages/example-checkouts.js';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../builders/browser.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const address = 'http://shop.example/pay';

/** The checkout with a box and two methods. */
async function openCheckout(javaScriptEnabled: boolean): Promise<Page> {
  const example = exampleCheckouts.find(({ state }) => state === 'renews') ?? assert.fail();
  const text = { ...exampleText, language: 'en', purchase: 'Plus', url: address };
  const html = renderCheckoutPage({ ...text, ...example.modelOf(text) });
  const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
  await page.route('**/*', (route) =>
    route.fulfill({ contentType: 'text/html', body: route.request().url() === address ? html : '' }),
  );
  await page.goto(address);
  return page;
}

/** What the browser sends when it is made to. */
async function sentBy(page: Page, act: () => Promise<void>): Promise<string | null> {
  const sending = page.waitForRequest((request) => request.method() === 'POST');
  await act();
  return (await sending).postData();
}

/** The browser is in the box, by keyboard. */
async function openInBox(): Promise<Page> {
  const page = await openCheckout(true);
  await page.getByRole('checkbox', { name: 'I want to begin at once' }).focus();
  return page;
}

test('Return pressed in the box places no order, and pressed on a button it does', async () => {
  const inBox = await openInBox();
  assert.equal(await sentBy(inBox, () => inBox.keyboard.press('Enter')), 'nonce=nonce-1');
  const page = await openInBox();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  const sent = await sentBy(page, () => page.keyboard.press('Enter'));
  assert.equal(sent, 'nonce=nonce-1&earlyStart=true&method=coins');
});

test('without a script each button sends its method, and the box only where it was ticked', async () => {
  const page = await openCheckout(false);
  const button = page.getByRole('button', {
    name: 'Pay NOK\u00a0990.00 by card, then NOK\u00a01,490.00 every year',
  });
  assert.equal(await sentBy(page, () => button.click()), 'nonce=nonce-1&method=card');
});
