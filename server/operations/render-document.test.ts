import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderDocument } from './render-document.ts';

const served = new Set(['/docs/guides/when-a-secret-leaks', '/docs/decisions/0001-a']);

const cases: [string, string, RegExp][] = [
  ['another document', '[a](../decisions/0001-a.md)', /<a href="\/docs\/decisions\/0001-a">a<\/a>/],
  [
    'a heading of it',
    '[a](when-a-secret-leaks.md#the-key)',
    /href="\/docs\/guides\/when-a-secret-leaks#the-key"/,
  ],
  ['an address', '[a](https://example.com/?a=1&b=2)', /<a href="https:\/\/example\.com\/\?a=1&amp;b=2">/],
  ['the source', '[a](../../server/api.ts)', /<p>a<\/p>/],
  ['a document that is not there', '[a](other.md)', /<p>a<\/p>/],
  ['a script', '[a](javascript:alert)', /<p>a<\/p>/],
  ['markup', 'a <b onclick="x">b</b>', /a &lt;b onclick=&quot;x&quot;&gt;b&lt;\/b&gt;/],
  ['a block of markup', '<script>x</script>', /&lt;script&gt;/],
  ['an image', '![a "b"](x.png)', /<p>a &quot;b&quot;<\/p>/],
  ['a heading', '## The `key`, and 2 more', /<h2 id="the-key-and-2-more">The <code>key<\/code>/],
  ['code', '```\n<a>\n```', /<pre tabindex="0"><code>&lt;a&gt;\n<\/code><\/pre>/],
  [
    'a table',
    '| a | |\n| - | - |\n| b | c |',
    /<th scope="col">a<\/th><td><\/td><\/tr>\s*<\/thead><tbody><tr><td>b/,
  ],
];
for (const [what, markdown, html] of cases) {
  test(`${what} in a document`, () => {
    const rendered = renderDocument(`# Title\n\n${markdown}\n`, { folder: 'guides', served });
    assert.equal(rendered.heading, 'Title');
    assert.match(rendered.html, html);
    assert.doesNotMatch(rendered.html, /<h1|<script|<img|javascript:/);
  });
}
