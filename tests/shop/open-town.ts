import assert from 'node:assert/strict';
import { type Shop, startShop } from '@leveret/shop/start-shop.js';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '../builders/browser.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { linkIn, linksTo, messagesTo } from '../builders/ledgers.ts';
import { until } from '../builders/until.ts';

/** The newspaper beside a node and its sandbox, and readers with real browsers. */
export type Town = Awaited<ReturnType<typeof openTown>>;

export const demo = { clientId: 'no.leveret.demo', clientSecret: 'leveret-demo-secret' };

export async function openTown() {
  await using opened = new AsyncDisposableStack();
  const fixture = await buildFixture();
  opened.defer(fixture.close);
  const shop = await startShop({ port: 0, leveretUrl: fixture.url, ...demo });
  opened.defer(shop.close);
  const browser = await openBrowser();
  opened.defer(() => browser.close());
  const closing = opened.move();
  return {
    fixture,
    shop,
    browser,
    open: (options?: BrowserContextOptions) => newPage(browser, options),
    close: () => closing.disposeAsync(),
  };
}

async function newPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en', ...options });
  return context.newPage();
}

const harbour = 'The mayor calls it a good harbour';
export const lights = 'Then the cloud moves against the wind';

export const articleAt = (shop: Shop, name = 'harbour') => `${shop.url}/articles/${name}`;

/** The article is open, or the page says what it costs. */
export async function isOpen(page: Page, text = harbour): Promise<boolean> {
  const seen = (await page.textContent('main')) ?? '';
  const [open, wall] = [seen.includes(text), seen.includes('Read it today')];
  assert.notEqual(open, wall, seen);
  return open;
}

/** Waits until the article is there. */
export async function reads(page: Page, text = harbour): Promise<void> {
  await page.getByText(text).waitFor();
}

/** Who the head of the page says is logged in. */
export async function whoIsIn(page: Page): Promise<string | undefined> {
  const [name] = await page.locator('header strong').allTextContents();
  return name;
}

/** On Leveret's page, with the code that is sent for it. */
export async function logInByCode(page: Page, fixture: Fixture, email: string): Promise<void> {
  const former = (await messagesTo(fixture, email)).length;
  await page.getByLabel('E-mail address or mobile number').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const code = await until('a code', async () => {
    const [message] = (await messagesTo(fixture, email)).slice(former);
    return message && /\b\d{6}\b/.exec(message.text)?.[0];
  });
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** Presses a button under a locked article, as somebody who is not logged in, and as Kari always is. */
export async function buy(page: Page, address: string, button: RegExp): Promise<void> {
  await page.getByLabel('Your name').fill('Kari Nordmann');
  await page.getByLabel('Your e-mail or mobile').fill(address);
  await page.getByRole('button', { name: button }).click();
}

/** The link that the newest message brings. */
export async function linkTo(fixture: Fixture, address: string): Promise<string> {
  const message = await until('a link', async () => (await linksTo(fixture, address)).at(-1));
  return linkIn(message);
}

/** From Leveret's page to Swedbank Pay, as far as the card's bank, which asks. */
export async function chooseCard(page: Page): Promise<void> {
  await page.locator('button[value=creditcardPayex]').click();
  await page.locator('form[action*="/card-"] button').first().click();
  await page.getByRole('button', { name: 'Approve' }).waitFor();
}

export async function payByCard(page: Page): Promise<void> {
  await chooseCard(page);
  await page.getByRole('button', { name: 'Approve' }).click();
}

export async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(/\/user\/logout/);
  await page.getByRole('button', { name: 'Log out' }).click();
}
