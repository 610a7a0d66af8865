import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { assertLinear } from '../../testing/growth.ts';
import { findInlineScripts, inlineScriptSources, mostInlineScripts } from './inline-scripts.ts';

const sourceOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('each inline script is allowed by its own hash, and what is loaded is not', () => {
  const html =
    '<div><script src="https://js.example/a.js"></script><script type="text/javascript">\n/* é */ f("</p>");\n' +
    '</script><SCRIPT>g()</SCRIPT ><script async\nsrc=https://js.example/b.js></script></div>';
  assert.deepEqual(inlineScriptSources(html), [sourceOf('\n/* é */ f("</p>");\n'), sourceOf('g()')]);
});

const pieces: [says: string, html: string, texts: string[]][] = [
  ['no script', '<p>src="x"</p>', []],
  ['a quoted > in a tag', `<script data-a="a>b" data-b='>' c = ">">f()</script>`, ['f()']],
  ['an apostrophe that quotes nothing', `<script data-a=it's>f()</script>`, ['f()']],
  ['another element of a longer name', '<scripted>f()</scripted><script>g()</script>', ['g()']],
  ['a longer end tag', '<script>f("</scripts>")</script>', ['f("</scripts>")']],
  ['a slash in the tags', '<script/>f()</script/>', ['f()']],
  ['a tag without an end', '<script>f()</script><script ', ['f()']],
  ['a value without an end', '<script a="><script>f()</script>', []],
  ['a script without an end, which no browser runs', '<script>f()', []],
];

for (const [says, html, texts] of pieces) {
  test(`the scripts of a piece with ${says}`, () => assert.deepEqual(findInlineScripts(html), texts));
}

test('no more scripts are looked at than a header holds', () => {
  assert.equal(inlineScriptSources('<script>f()</script>'.repeat(100_000)).length, mostInlineScripts);
});

const pumped = [
  '<script',
  '<script ',
  '<script a="',
  "<script a='>",
  '<script>',
  '</script',
  '<',
  '<script>a</script ',
];

for (const piece of pumped) {
  test(`the scan of ${JSON.stringify(piece)} again and again grows with its length`, () => {
    assertLinear((length) => piece.repeat(length / piece.length), findInlineScripts);
    assertLinear((length) => `${piece.repeat(length / piece.length)}>`, findInlineScripts);
  });
}
