import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { inlineScriptSources } from './inline-scripts.ts';

const sourceOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('each inline script is allowed by its own hash, and what is loaded is not', () => {
  const html =
    '<div><script src="https://js.example/a.js"></script><script type="text/javascript">\n/* é */ f("</p>");\n' +
    '</script><SCRIPT>g()</SCRIPT ><script async\nsrc=https://js.example/b.js></script></div>';
  assert.deepEqual(inlineScriptSources(html), [sourceOf('\n/* é */ f("</p>");\n'), sourceOf('g()')]);
});

test('a piece without scripts needs nothing', () => {
  assert.deepEqual(inlineScriptSources('<p>src="x"</p>'), []);
});
