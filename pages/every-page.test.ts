import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { everyPage, exampleText } from './every-page.ts';
import type { OutsideText } from './example-values.ts';

const languages = ['nb', 'nn', 'sv', 'da', 'fi', 'en'];
const canary = `<script>alert("x")</script>' onfocus="boom" &lt=<img src=x onerror=boom>`;
const textKeys: (keyof OutsideText)[] = [
  'publisherName',
  'purchase',
  'destination',
  'nonce',
  'requestId',
  'shown',
];
const hostileAddresses = [
  canary,
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '//evil.example/x',
  '/\\evil.example',
];

/** Pages around the frame of a checkout, or in it, and those that lead on, have one script of ours each. */
const scripted = new Set([
  'payment-snippet-page',
  'leave-frame-page',
  'payment-waiting-page',
  'payment-leaving-page',
  'login-page',
]);

function withoutScript(html: string): string {
  return html
    .replace(
      /<script src="\/user\/assets\/frame\/[a-z-]+\.js\?v=[0-9a-f]{16}"(?: data-[a-z]+="[^"]*")*><\/script>/,
      '',
    )
    .replace(/<iframe [^>]*><\/iframe>/, '');
}

/** The one image that a page may show is the publisher's own. */
function withoutLogo(html: string): string {
  return html.replace(/<img class="logo" src="[^"]*" alt="[^"]*" height="40"\/>/, '');
}

for (const { file, state, render: renderAll } of everyPage) {
  const render = (text: OutsideText) => {
    const html = withoutLogo(renderAll(text));
    return scripted.has(file) ? withoutScript(html) : html;
  };

  test(`${file} ${state}: nothing from outside becomes markup`, () => {
    for (const key of textKeys) assertHarmless(render({ ...exampleText, [key]: canary }), key);
    assertHarmless(render({ ...exampleText, destination: `ola@${canary}` }), 'destination');
    assertHarmless(render({ ...exampleText, url: `https://a.example/${canary}` }), 'url');
    assertHarmless(render({ ...exampleText, language: canary }), 'language');
  });

  test(`${file} ${state}: an address that is not http(s) leads nowhere`, () => {
    for (const url of hostileAddresses) {
      const html = render({ ...exampleText, url });
      assert.doesNotMatch(html, /(?:href|action|url)="?\s*(?:javascript|java|data|vbscript|\/\/|\/\\)/i, url);
      assertHarmless(html, url);
    }
  });

  test(`${file} ${state}: stands on its own, in every language`, () => {
    for (const language of languages) {
      const html = render({ ...exampleText, language });
      assert.match(html, new RegExp(`^<!doctype html><html lang="${language}">`));
      assert.equal(html.match(/<h1[ >]/g)?.length, 1);
      assert.match(html, /<title>[^<]+<\/title>/);
      assert.doesNotMatch(html, /<script|<style|\sstyle=|\son\w+=|<img|<iframe|undefined|\[object/);
      const loaded = [...html.matchAll(/<link[^>]*href="([^"]*)"/g)].map((match) => match[1]);
      assert.ok(loaded.every((address) => address?.startsWith('/user/assets/')));
      assertLabelled(html);
    }
  });
}

test('every page file is among the pages tested here', () => {
  const files = readdirSync(new URL('..', import.meta.url)).filter((file) => file.endsWith('-page.tsx'));
  const tested = new Set(everyPage.map(({ file }) => `${file}.tsx`));
  assert.deepEqual(files.toSorted(), [...tested].toSorted());
});

test('amounts and days of an example are written in the language of its page', () => {
  for (const { file, state, render } of everyPage) {
    const english = render({ ...exampleText, language: 'en' }).replaceAll('\u00a0', ' ');
    assert.doesNotMatch(english, /\d,\d\d kr|\d\. (?:mai|maj)|May \d{1,2},/, `${file} ${state}`);
    const norwegian = render(exampleText).replaceAll('\u00a0', ' ');
    assert.doesNotMatch(norwegian, /NOK|\d (?:May|maj) /, `${file} ${state}`);
  }
});

test('the languages differ on every page', () => {
  for (const { file, state, render } of everyPage) {
    const pages = languages.map((language) => render({ ...exampleText, language }));
    assert.equal(new Set(pages).size, languages.length, `${file} ${state}`);
  }
});

/** What the canary would leave behind if a single one of its characters had kept its meaning. */
function assertHarmless(html: string, where: string) {
  assert.ok(!html.includes('<script'), `${where}: a script element`);
  assert.ok(!html.includes('<img'), `${where}: an image`);
  assert.ok(!/" onfocus=|' onfocus="/.test(html), `${where}: an attribute`);
  assert.ok(!html.includes('&lt=<'), `${where}: an entity`);
}

function assertLabelled(html: string) {
  for (const [input] of html.matchAll(/<input (?![^>]*type="hidden")[^>]*>/g)) {
    const id = input.match(/\bid="([^"]+)"/)?.[1];
    assert.ok(id !== undefined && html.includes(`<label for="${id}">`), input);
    for (const described of input.match(/aria-describedby="([^"]+)"/)?.[1]?.split(' ') ?? []) {
      assert.ok(html.includes(`id="${described}"`), described);
    }
  }
}
