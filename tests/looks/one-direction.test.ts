import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { everyPage, exampleText } from '@leveret/pages/every-page.js';
import { documentToLookAt } from '@leveret/pages/example-document.js';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../builders/browser.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/** Finnish has the longest words; the width in pixels, and how large the text is. */
const languages = ['nb', 'fi'];
const sizes: [width: number, text: number][] = [
  [320, 1],
  [320, 2],
  [390, 1],
  [1280, 1],
];

async function overflowOf(page: Page, [width, text]: [number, number]): Promise<number> {
  await page.setViewportSize({ width, height: 700 });
  return page.evaluate((times) => {
    const root = document.documentElement;
    root.style.fontSize = `${106.25 * times}%`;
    return root.scrollWidth - root.clientWidth;
  }, text);
}

test('no page scrolls sideways, at any width, nor with text of twice the size', async () => {
  const page = await browser.newPage();
  const wide: string[] = [];
  for (const { file, state, render } of everyPage) {
    for (const language of languages) {
      await page.setContent(documentToLookAt(render({ ...exampleText, language })), { waitUntil: 'commit' });
      for (const size of sizes) {
        const pixels = await overflowOf(page, size);
        if (pixels > 0) wide.push(`${file} ${state} ${language} ${size.join(' × ')}: ${pixels}`);
      }
    }
  }
  assert.deepEqual(wide, []);
});
