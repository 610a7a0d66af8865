import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { inlineScriptSources } from '@leveret/server/kit/http/inline-scripts.js';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../builders/browser.ts';
import { method, openShop, purchase } from './kustom-shop.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('the snippet works in a page that allows its origins and its own script only, and leads the page back', async (t) => {
  const shop = await openShop(t);
  const page = { html: '', policy: '' };
  const server = createServer((request, response) => {
    const isPage = request.url === '/page';
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': page.policy });
    response.end(isPage ? `<!doctype html><title>Pay</title>${page.html}` : '<!doctype html>back again');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  // Another host name than the sandbox's, as the frame is a stranger's in real life.
  const own = `http://localhost:${(server.address() as AddressInfo).port}`;
  const request = purchase(`${own}/notices`, {
    returnUrl: `${own}/return?attempt=1`,
    pageUrl: `${own}/page`,
  });
  const started = await method.start(shop.context, request);
  assert.ok(started.kind === 'started' && started.buyer.to === 'snippet');
  const origins = started.buyer.origins.join(' ');
  page.html = started.buyer.html;
  const scripts = [origins, ...inlineScriptSources(page.html)].join(' ');
  page.policy = `default-src 'none'; script-src ${scripts}; frame-src ${origins}; connect-src ${origins}`;

  const tab = await browser.newPage();
  const blocked: string[] = [];
  tab.on('console', (message) => {
    if (message.type() === 'error') blocked.push(message.text());
  });
  await tab.goto(`${own}/page`);
  const frame = tab.frameLocator('#kustom-checkout-iframe');
  await frame.getByRole('button', { name: 'Approve', exact: true }).click();
  await tab.waitForURL(`${own}/return?attempt=1`);
  assert.deepEqual(
    blocked.filter((text) => !text.includes('favicon')),
    [],
  );
  const [charge] = (await shop.sandbox.ledger()).charges;
  assert.equal(charge?.state, 'reserved');
  await tab.close();
});
