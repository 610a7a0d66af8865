import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { everyPage, exampleText } from '@leveret/pages/every-page.js';
import { documentToLookAt } from '@leveret/pages/example-document.js';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../builders/browser.ts';

/** The pages that the law has words for: where something is bought, and where it is withdrawn from. */

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pages = everyPage.filter(({ file }) => file.startsWith('checkout') || file.startsWith('withdraw'));
const languages = ['nb', 'nn', 'sv', 'da', 'fi', 'en'];

/** What axe finds by WCAG 2.2 to AA and its best practices, each as the rule and the element. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    type Axe = {
      run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    };
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
  });
}

async function sidewaysOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const root = document.documentElement;
    return root.scrollWidth - root.clientWidth;
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`${pages.length} pages of the law, ${colorScheme}, at 320 pixels with text of 200 %: nothing for axe`, async () => {
    const page = await browser.newPage({ colorScheme, viewport: { width: 320, height: 700 } });
    const found: string[] = [];
    for (const [index, { file, state, render }] of pages.entries()) {
      // One language each, in turn, and so all of them in both themes.
      const language = languages[index % languages.length] ?? 'nb';
      await page.setContent(documentToLookAt(render({ ...exampleText, language })), { waitUntil: 'commit' });
      await page.addStyleTag({ content: 'html { font-size: 212.5% }' });
      for (const fault of await faultsOf(page)) found.push(`${file} ${state} ${language} ${fault}`);
    }
    assert.deepEqual(found, []);
  });
}

test('none of them scrolls sideways in any language, at 320 pixels with text of 200 %', async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 700 } });
  const wide: string[] = [];
  for (const { file, state, render } of pages) {
    for (const language of languages) {
      await page.setContent(documentToLookAt(render({ ...exampleText, language })), { waitUntil: 'commit' });
      await page.addStyleTag({ content: 'html { font-size: 212.5% }' });
      const pixels = await sidewaysOf(page);
      if (pixels > 0) wide.push(`${file} ${state} ${language}: ${pixels}`);
    }
  }
  assert.deepEqual(wide, []);
});
