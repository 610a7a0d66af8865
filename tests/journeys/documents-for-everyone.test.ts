import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../builders/browser.ts';
import { findBarriers } from '../builders/find-barriers.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';

let fixture: Fixture;
let browser: Browser;
before(async () => {
  browser = await openBrowser();
  fixture = await buildFixture();
});
after(async () => {
  await browser.close();
  await fixture.close();
});

const shown: { colorScheme: 'light' | 'dark'; width: number }[] = [
  { colorScheme: 'light', width: 1200 },
  { colorScheme: 'light', width: 320 },
  { colorScheme: 'dark', width: 1200 },
  { colorScheme: 'dark', width: 320 },
];

function openAt({ colorScheme, width }: (typeof shown)[number]): Promise<Page> {
  return browser.newPage({ colorScheme, viewport: { width, height: 800 } });
}

for (const how of shown) {
  const name = `${how.colorScheme} at ${how.width} pixels`;

  test(`front page and guides have no barriers, ${name}`, async () => {
    const page = await openAt(how);
    await page.goto(`${fixture.url}/docs/guides`);
    const guides = await page
      .locator('main a[href^="/docs/guides/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    assert.ok(guides.length > 3);
    for (const path of ['/', '/docs/guides', '/docs/compatibility', ...guides]) {
      await page.goto(fixture.url + path);
      assert.deepEqual(await findBarriers(page), [], path);
    }
    await page.close();
  });

  test(`the API reference has no barriers, also where requests are tried, ${name}`, async () => {
    const page = await openAt(how);
    await page.goto(`${fixture.url}/docs/`);
    const closed = page.locator('#operations-order-registerOrder .opblock-summary-control');
    await closed.waitFor();
    assert.deepEqual(await findBarriers(page), []);
    await closed.click();
    await page.locator('.try-out__btn').click();
    assert.match(page.url(), /#\/order\/registerOrder$/);
    await page.locator('textarea').waitFor();
    assert.deepEqual(await findBarriers(page), []);
    await page.locator('.btn.authorize').click();
    await page.getByRole('dialog', { name: 'Authorize' }).waitFor();
    assert.deepEqual(await findBarriers(page), []);
    await page.close();
  });
}

/** What the viewer does to a whole description before it shows any of it: seconds each on a slow machine. */
const slowWays = ['readDocument', 'resolveOpenAPI31Strategy'];

test('the reference shows what references lead to, and does not read all of the description for it', async () => {
  const page = await openAt({ colorScheme: 'light', width: 1200 });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.coverage.startJSCoverage();
  await page.goto(`${fixture.url}/docs/#/order/registerOrder`);
  const refusal = page.locator('tr.response[data-code="400"]');
  await refusal.getByText('exceptionType').first().waitFor();
  const scripts = await page.coverage.stopJSCoverage();
  const viewer = scripts.find(({ url }) => url.endsWith('/swagger-ui-bundle.js'));
  const called = (viewer?.functions ?? []).filter(({ ranges: [whole] }) => (whole?.count ?? 0) > 0);
  assert.ok(called.length > 1000, 'the viewer has run');
  const slow = called.filter(({ functionName }) => slowWays.includes(functionName));
  assert.deepEqual(
    slow.map(({ functionName }) => functionName),
    [],
  );
  assert.deepEqual(faults, []);
  await page.close();
});

test('a description that cannot be read is told, and is no empty page', async () => {
  const page = await openAt({ colorScheme: 'light', width: 1200 });
  await page.route('**/docs/json', (route) => route.fulfill({ body: '{"openapi": ' }));
  await page.goto(`${fixture.url}/docs/`);
  await page.getByText('Parser error').waitFor();
  await page.close();
});

test('a request is tried in the reference with the token of the demo client', async () => {
  const page = await openAt({ colorScheme: 'light', width: 1200 });
  await page.goto(`${fixture.url}/docs/#/order/registerOrder`);
  await page.locator('.btn.authorize').click();
  await page.fill('#client_id_clientCredentials', 'no.leveret.demo');
  await page.fill('#client_secret_clientCredentials', 'leveret-demo-secret');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'select all' }).press('Enter');
  await dialog.getByRole('button', { name: 'Authorize' }).first().click();
  await dialog.getByText('Logout').waitFor();
  await page.getByRole('button', { name: 'Close' }).first().click();
  await page.locator('.try-out__btn').click();
  const replied = page.waitForResponse((response) => response.url().endsWith('/capi/v1/client/order'));
  await page.locator('.execute').click();
  assert.equal((await replied).status(), 200);
  await page.close();
});
