import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeSizes, run } from './sizes.ts';
import { plant, shown } from './testing/plant.ts';

const lines = (count: number) => 'const a = 1;\n'.repeat(count);

test('what is within the limits passes, tables may be long', async (t) => {
  const root = await plant(t, {
    'server/kit/a.ts': lines(300),
    'server/journey.ts': lines(900),
    'server/kit/b.ts': `function f() {\n${lines(68)}}\n// see https://example.org/${'x'.repeat(120)}\n`,
    'server/database/migrations/0001-a.sql': 'SELECT 1;\n'.repeat(300),
  });
  assert.deepEqual(shown(await run(root)), []);
});

test('a file, a function, a line and a migration that are too long', async (t) => {
  const root = await plant(t, {
    'server/kit/a.ts': lines(301),
    'server/kit/b.ts': `function f() {\n${lines(69)}}\n// ${'x'.repeat(108)}\n`,
    'server/database/migrations/0001-a.sql': 'SELECT 1;\n'.repeat(301),
  });
  assert.deepEqual(shown(await run(root)), [
    'server/kit/a.ts 301 lines, at most 300: split it by role',
    'server/kit/b.ts:1 the function f has 71 lines, at most 70: split it by role',
    'server/kit/b.ts:72 111 columns, at most 110',
    'server/database/migrations/0001-a.sql 301 lines, at most 300: split it by role',
  ]);
});

test('the figures name the medians and the longest', async (t) => {
  const root = await plant(t, { 'a.ts': lines(2), 'b.ts': lines(4), 'c.ts': `function f() {\n${lines(8)}}` });
  const [code] = await describeSizes(root);
  assert.match(code ?? '', /3 files, median 4 lines, longest 10 \(c\.ts\); {2}1 functions, median 10 lines/);
});
