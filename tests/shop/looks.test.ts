import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { buy, lights, openTown, reads, type Town } from './open-town.ts';

let town: Town;
before(async () => {
  town = await openTown();
});
after(() => town.close());

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds by WCAG 2.2 to AA and its best practices, each as the rule and the element. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
  });
}

const sidewaysOf = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page, ${colorScheme}, at 320 pixels with text of 200 %: nothing for axe, nothing sideways`, async () => {
    const page = await town.open({ colorScheme, viewport: { width: 320, height: 700 }, bypassCSP: true });
    const found: string[] = [];
    const look = async (path: string) => {
      if (path !== '') await page.goto(town.shop.url + path);
      for (const fault of await faultsOf(page)) found.push(`${page.url()} ${fault}`);
      await page.addStyleTag({ content: 'html { font-size: 200% }' });
      const pixels = await sidewaysOf(page);
      if (pixels > 0) found.push(`${page.url()}: ${pixels} pixels sideways`);
    };
    for (const path of ['/', '/articles/ferry', '/articles/harbour', '/sorry', '/nothing']) await look(path);
    await page.goto(`${town.shop.url}/articles/lights`);
    await buy(page, 'ingen adresse', /free/);
    await page.getByRole('alert').waitFor();
    await look('');
    await buy(page, 'utseende@example.no', /free/);
    await reads(page, lights);
    await look('');
    assert.deepEqual(found, []);
    await page.context().close();
  });
}
