import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { send } from '../access/send.ts';
import { openBrowser } from '../builders/browser.ts';
import { connectDemoClient } from '../builders/demo-client.ts';
import { textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { until } from '../builders/until.ts';

let browser: Browser;
/** Snippets have no origin in the one, and an origin of their own in the other. */
let fixtures: Record<'without' | 'with', Fixture>;

before(async () => {
  browser = await openBrowser();
  fixtures = {
    without: await buildFixture(),
    with: await buildFixture({ variables: (port) => ({ SNIPPET_URL: `http://127.0.0.1:${port}` }) }),
  };
});
after(async () => {
  await browser.close();
  await Promise.all([fixtures.without.close(), fixtures.with.close()]);
});

type Placed = { page: Page; checkout: FrameLocator; state(): Promise<unknown>; blocked: string[] };

/** A buyer at the order's page, in a window of this width, with all that the browser refused. */
async function openCheckout(fixture: Fixture, width = 800): Promise<Placed> {
  const client = await connectDemoClient(fixture.url);
  const { body } = await client.post('/capi/v1/client/order', {
    paymentMethod: 'kco',
    payer: { lastName: 'Nordmann', emails: ['kari@example.com'] },
    orderLines: [{ productSpecType: 'product', product: 'GUIDE' }],
  });
  const context = await browser.newContext({ viewport: { width, height: 700 } });
  const page = await context.newPage();
  const blocked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') blocked.push(message.text());
  });
  const back = encodeURIComponent(`${fixture.sandboxUrl}/publisher/return`);
  await page.goto(`${textAt(body, 'fulfillmentUrl')}?returnUrl=${back}`);
  const checkout = page.frameLocator('iframe.provider').frameLocator('#kustom-checkout-iframe');
  await checkout.getByRole('button', { name: 'Approve', exact: true }).waitFor();
  const orderId = Number(body['orderId']);
  const state = async () => (await client.get(`/capi/v1/client/order/${orderId}`)).body['state'];
  return { page, checkout, state, blocked };
}

for (const name of ['without', 'with'] as const) {
  test(`a buyer pays in a frame ${name} an origin of its own, and comes back in the whole window`, async () => {
    const fixture = fixtures[name];
    const { page, checkout, state, blocked } = await openCheckout(fixture);
    await checkout.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.waitForURL(`${fixture.sandboxUrl}/publisher/return?fulfillmentStatus=success`);
    assert.equal(await state(), 'completed');
    assert.deepEqual(blocked, []);
    await page.context().close();
  });
}

test('a frame with an origin of its own stands there, and its page is given to nobody else', async () => {
  const fixture = fixtures.with;
  const { page } = await openCheckout(fixture);
  const loader = `${fixture.url.replace('localhost', '127.0.0.1')}/user/assets/snippet`;
  assert.equal(page.frames()[1]?.url(), loader);
  const { headers } = await send(loader, 'GET', {});
  assert.match(
    headers.get('content-security-policy') ?? '',
    new RegExp(`frame-ancestors ${fixture.url}(;|$)`),
  );
  const outer = await page.request.get(page.url());
  assert.match(outer.headers()['content-security-policy'] ?? '', /script-src 'self';/);
  await page.context().close();
});

test('a buyer who is refused may try again in the frame, and gives up on the page around it', async () => {
  const fixture = fixtures.without;
  const { page, checkout, state } = await openCheckout(fixture);
  await checkout.getByRole('button', { name: 'Refuse' }).click();
  await checkout
    .getByText(/denied|refused|declined/i)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Tilbake uten å betale' }).click();
  await page.waitForURL(/\/publisher\/return/);
  assert.match(page.url(), /fulfillmentStatus=cancel/);
  await until('the order to stop', async () => (await state()) === 'stopped');
  await page.context().close();
});

test('on the narrowest phone the checkout has all of the 320 pixels that it needs', async () => {
  const { page } = await openCheckout(fixtures.without, 320);
  const box = await page.locator('iframe.provider').boundingBox();
  assert.equal(box?.width, 320);
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320);
  await page.context().close();
});

test('coming back inside a frame asks nothing, and may be framed by our own page only', async () => {
  const { url } = fixtures.without;
  const address = `${url}/user/fulfillment/back/AAAAAAAAAAAAAAAAAAAAAAAA`;
  const framed = await send(address, 'GET', { headers: { 'sec-fetch-dest': 'iframe' } });
  assert.equal(framed.status, 200);
  assert.equal(framed.headers.get('x-frame-options'), null);
  assert.match(
    framed.headers.get('content-security-policy') ?? '',
    new RegExp(`frame-ancestors ${url}(;|$)`),
  );
  assert.match(framed.text, /target="_top" href="\/user\/fulfillment\/back\/A{24}"/);
  assert.equal((await send(address, 'GET', { headers: { 'sec-fetch-dest': 'document' } })).status, 404);
});
