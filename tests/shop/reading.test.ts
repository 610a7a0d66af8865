import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startShop } from '@leveret/shop/start-shop.js';
import type { Page } from 'playwright-core';
import { connectStranger } from '../access/stranger.ts';
import {
  articleAt,
  buy,
  demo,
  isOpen,
  lights,
  linkTo,
  logInByCode,
  logOut,
  openTown,
  reads,
  type Town,
  whoIsIn,
} from './open-town.ts';

let town: Town;
before(async () => {
  town = await openTown();
});
after(() => town.close());

/** Somebody who has bought the article for a day, in a browser that is not looked at again. */
async function subscriber(address: string): Promise<string> {
  const { fixture, shop, open } = town;
  const page = await open();
  await page.goto(articleAt(shop));
  await buy(page, address, /free/);
  await reads(page);
  await page.context().close();
  return linkTo(fixture, address);
}

const pressLink = async (page: Page, link: string) => {
  await page.goto(link);
  await page.locator('form button').first().click();
};

for (const [channel, address] of [
  ['e-mail', 'lenke@example.no'],
  ['SMS', '+4790000777'],
] as const) {
  test(`the link of an ${channel}, in another browser, shows who came and the article, until they log out`, async () => {
    const { shop, open } = town;
    const link = await subscriber(address);
    // Nothing needs a script.
    const javaScriptEnabled = channel === 'e-mail';
    const page = await open({ javaScriptEnabled });
    await pressLink(page, link);
    await page.waitForURL(articleAt(shop));
    assert.equal(await isOpen(page), true);
    assert.equal(await whoIsIn(page), `Kari Nordmann, ${address}`);
    await page.goto(articleAt(shop, 'lights'));
    assert.equal(await isOpen(page, lights), false, 'what was bought is one article');
    await logOut(page);
    await page.waitForURL(`${shop.url}/`);
    assert.equal(await whoIsIn(page), undefined);
    await page.goto(articleAt(shop));
    assert.equal(await isOpen(page), false);
    await page.context().close();
  });
}

test('a reader logs in by a code from the wall, and reads; it ends here when it ends at Leveret', async () => {
  const email = 'kode@example.no';
  const { fixture, shop, open } = town;
  await subscriber(email);
  const page = await open();
  await page.goto(articleAt(shop));
  assert.equal(await isOpen(page), false);
  await page.locator('main').getByRole('link', { name: 'Log in' }).click();
  await logInByCode(page, fixture, email);
  await page.waitForURL(articleAt(shop));
  assert.equal(await isOpen(page), true);
  assert.equal(await whoIsIn(page), email);

  await page.goto(`${fixture.url}/user/logout?clientId=${demo.clientId}`);
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('button', { name: 'Log out' }).waitFor({ state: 'detached' });
  await page.goto(shop.url);
  assert.equal(await whoIsIn(page), undefined, 'the front page says so too');
  await page.goto(articleAt(shop));
  assert.equal(await isOpen(page), false);
  await page.context().close();
});

test('the shop is told by a script that somebody is logged in, and the link leads straight back', async () => {
  const email = 'skript@example.no';
  const { shop, open } = town;
  const link = await subscriber(email);
  const page = await open();
  await page.goto(shop.url);
  assert.equal(await page.locator('#somebody').isVisible(), false);
  await pressLink(page, link);
  await page.waitForURL(articleAt(shop));
  await page.context().clearCookies({ name: 'demoposten' });
  await page.goto(shop.url);
  await page.locator('#somebody').waitFor();
  await page.getByRole('link', { name: 'Log in' }).click();
  await page.waitForURL(`${shop.url}/`);
  assert.equal(await whoIsIn(page), `Kari Nordmann, ${email}`);
  await page.context().close();
});

test('a shop of another publisher, strict and at another site, has readers of its own', async (t) => {
  const { fixture, shop, open } = town;
  const { clientId, secret: clientSecret } = await connectStranger(fixture, 'strict');
  const options = { port: 0, leveretUrl: fixture.url, clientId, clientSecret };
  const other = await startShop({ ...options, host: '127.0.0.1' });
  t.after(() => other.close());
  const page = await open();
  await pressLink(page, await subscriber('nabo@example.no'));
  await page.waitForURL(articleAt(shop));
  await page.goto(other.url);
  await page.getByRole('link', { name: 'Log in' }).click();
  await logInByCode(page, fixture, 'kari@example.no');
  await page.waitForURL(`${other.url}/`);
  assert.equal(await whoIsIn(page), 'kari@example.no');
  await page.goto(articleAt(shop));
  assert.equal(await whoIsIn(page), 'Kari Nordmann, nabo@example.no');

  // The token is over, and its refresh token may be used once: requests at a time share the one use.
  await fixture.advance(2 * 3600);
  const [own] = await page.context().cookies(other.url);
  const cookie = `${own?.name}=${own?.value}`;
  const ask = async () => (await fetch(other.url, { headers: { cookie } })).text();
  for (const html of [...(await Promise.all([ask(), ask(), ask(), ask()])), await ask()])
    assert.match(html, /<strong>kari@example\.no/);
  await page.context().close();
});

test('a reader stays logged in when tokens are over, and the shop gets a new one of its own', async () => {
  const email = 'lenge@example.no';
  const { fixture, shop, open } = town;
  const page = await open();
  await page.goto(shop.url);
  await page.getByRole('link', { name: 'Log in' }).click();
  await logInByCode(page, fixture, email);
  await page.waitForURL(`${shop.url}/`);
  await page.goto(articleAt(shop));
  assert.equal(await isOpen(page), false);
  await fixture.advance(13 * 3600);
  await page.goto(articleAt(shop));
  assert.equal(await isOpen(page), false);
  assert.equal(await whoIsIn(page), email);
  await fixture.advance(31 * 86_400);
  await page.goto(shop.url);
  assert.equal(await whoIsIn(page), undefined, 'the refresh token is over as well');
  await page.context().close();
});

test('what is free opens to everybody, and nobody is sent anywhere', async () => {
  const { shop } = town;
  const reply = await fetch(articleAt(shop, 'ferry'), { redirect: 'manual' });
  assert.equal(reply.status, 200);
  assert.match(await reply.text(), /pilot boat/);
  assert.equal(reply.headers.get('set-cookie'), null);
});
