import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeSizes, run } from './sizes.ts';
import { plant, shown } from './testing/plant.ts';

const lines = (count: number) => 'const a = 1;\n'.repeat(count);

test('what is within the limits passes', async (t) => {
  const root = await plant(t, {
    'server/kit/a.ts': `// see https://example.org/${'x'.repeat(120)}\n`,
    'server/kit/a.test.ts': `// ${'x'.repeat(122)}\n`,
    'server/database/migrations/0001-a.sql': 'SELECT 1;\n'.repeat(300),
  });
  assert.deepEqual(shown(await run(root)), []);
});

test('a line and a migration that are too long', async (t) => {
  const root = await plant(t, {
    'server/kit/b.ts': `${lines(71)}// ${'x'.repeat(108)}\n`,
    'server/database/migrations/0001-a.sql': 'SELECT 1;\n'.repeat(301),
  });
  assert.deepEqual(shown(await run(root)), [
    'server/kit/b.ts:72 111 columns, at most 110',
    'server/database/migrations/0001-a.sql 301 lines, at most 300: split it by role',
  ]);
});

test('the figures name the medians and the longest', async (t) => {
  const root = await plant(t, {
    'a.ts': lines(2),
    'b.ts': lines(4),
    'c.ts': `function f() {\n${lines(8)}}\nconst short = () => 1;`,
  });
  const [code] = await describeSizes(root);
  assert.match(code ?? '', /3 files, median 4 lines, longest 11 \(c\.ts\); {2}1 functions, median 10 lines/);
});
