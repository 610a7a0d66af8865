import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../builders/browser.ts';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { linkIn, messagesTo } from '../builders/ledgers.ts';
import { complete, prepaidOrder, register } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;
let browser: Browser;

before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await fixture.close();
});

async function buyFor(credential: string): Promise<{ orderId: number; link: string; text: string }> {
  const payer = { lastName: 'Nordmann', emails: ['payer@example.com'] };
  const orderId = await register(client, prepaidOrder({ payer }));
  const returnUrl = `${fixture.sandboxUrl}/publisher/return?kept=1`;
  const errorUrl = `${fixture.sandboxUrl}/publisher/error`;
  await complete(client, orderId, { credential, returnUrl, errorUrl, linkLifetime: 24 });
  const [message] = await until('the message', async () => {
    const messages = await messagesTo(fixture, credential);
    return messages.length > 0 && messages;
  });
  assert.ok(message);
  return { orderId, link: linkIn(message), text: message.text };
}

async function newPage(options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const context = await browser.newContext(options);
  return context.newPage();
}

/** Presses the button that logs in: the form that posts to the link itself. */
async function pressLogin(page: Page): Promise<void> {
  await page.locator('form button').first().click();
}

test('a link: robots may open it, the reader presses the button once and lands on returnUrl', async () => {
  const { orderId, link } = await buyFor('reader@example.com');
  for (const method of ['GET', 'HEAD', 'GET']) {
    const reply = await fetch(link, { method, redirect: 'manual' });
    assert.equal(reply.status, 200);
  }
  const robot = await newPage();
  await robot.goto(link);

  const page = await newPage({ javaScriptEnabled: false });
  await page.goto(link);
  assert.match(await page.content(), /Demo Avis/);
  assert.doesNotMatch(await page.content(), /reader@example\.com/);
  await pressLogin(page);
  await page.waitForURL(/\/publisher\/return/);
  assert.equal(new URL(page.url()).searchParams.get('kept'), '1');
  assert.ok(!page.url().includes(link.slice(-22)), 'the token does not travel on');

  const cookies = await page.context().cookies(fixture.url);
  const session = cookies.find((cookie) => cookie.name === '__Host-leveret');
  assert.ok(session, `a session cookie, among ${cookies.map((cookie) => cookie.name).join(', ')}`);
  assert.equal(session.httpOnly, true);

  const order = await client.get(`/capi/v1/client/order/${orderId}`);
  const { uniqueUserId } = order.body;
  assert.ok(typeof uniqueUserId === 'string');
  assert.match(uniqueUserId, /^[0-9a-f]{32}$/);

  await robot.reload();
  assert.match(await robot.content(), /form/, 'a used link offers a new one');
  assert.doesNotMatch(robot.url(), /return/);
});

test('a link by SMS, on a phone number', async () => {
  const { link, text } = await buyFor('+4790012399');
  assert.ok(text.length <= 160);
  const page = await newPage();
  await page.goto(link);
  await pressLogin(page);
  await page.waitForURL(/\/publisher\/return/);
});

test('the six-digit code of the e-mail logs in on another device', async () => {
  const { text } = await buyFor('second@example.com');
  const code = /\b\d{6}\b/.exec(text.replaceAll(/\d{7,}/g, ''))?.[0];
  assert.ok(code);
  const page = await newPage();
  await page.goto(`${fixture.url}/user/code?clientId=no.leveret.demo`);
  await page.fill('input[name=credential]', 'second@example.com');
  await page.fill('input[name=code]', code);
  await pressLogin(page);
  await page.waitForURL(/\/publisher\/return|\/user\/welcome/);
});

test('assign user: the same account after proof, one account for each credential', async () => {
  const { orderId, link } = await buyFor('third@example.com');
  const body = { credential: 'third@example.com', isSendMessage: false };
  const assigned = await client.post(`/capi/v1/client/order/${orderId}/user`, body);
  assert.equal(assigned.status, 200, JSON.stringify(assigned.body));
  assert.equal(assigned.body['isNewUser'], true);
  assert.equal(assigned.body['isPasswordSet'], false);
  const page = await newPage();
  await page.goto(link);
  await pressLogin(page);
  await page.waitForURL(/\/publisher\/return/);
  const again = await client.post(`/capi/v1/client/order/${orderId}/user`, body);
  assert.equal(again.body['uniqueUserId'], assigned.body['uniqueUserId']);
  assert.equal(again.body['isNewUser'], false);
  const other = await client.post(`/capi/v1/client/order/${orderId}/user`, {
    ...body,
    credential: 'x@example.com',
  });
  assert.equal(other.status, 409);
  assert.equal(other.body['code'], 'already_assigned');
});
