import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './dead-files.ts';
import { plant, shown } from './testing/plant.ts';

const sound = {
  'server/main.ts': `import { a } from './a.ts'; a();`,
  'server/a.ts': `import * as store from './store.ts'; export function a(): void { store.find(); }`,
  'server/store.ts': 'export function find() {}\nexport function tested() {}',
  'server/store.test.ts': `import { tested } from './store.ts'; tested();`,
};

test('files and names that are used, by a test too, pass', async (t) => {
  assert.deepEqual(shown(await run(await plant(t, sound))), []);
});

test('a built file that is named by its workspace is its source', async (t) => {
  const root = await plant(t, {
    ...sound,
    'pages/p.tsx': 'export const p = 1;',
    'server/a.ts': `import { p } from '@leveret/pages/p.js'; import { find } from './store.ts';
      export const a = () => find(p);`,
  });
  assert.deepEqual(shown(await run(root)), []);
});

test('a file that nothing imports', async (t) => {
  const root = await plant(t, { ...sound, 'server/left.ts': 'export const left = 1;' });
  assert.deepEqual(shown(await run(root)), ['server/left.ts is imported by nothing; delete it or use it']);
});

test('a name that no other file uses', async (t) => {
  const root = await plant(t, {
    ...sound,
    'server/store.ts': `${sound['server/store.ts']}\nexport type Row = {};`,
  });
  assert.deepEqual(shown(await run(root)), ['server/store.ts:3 Row is exported but no other file uses it']);
});

test('without the server the check waits', async (t) => {
  assert.match(shown(await run(await plant(t, {}))).join(), /waiting for server\/main\.ts/);
});

test('a type of a function beside it may be exported, a value may not', async (t) => {
  const files = {
    'server/a.ts': 'export type A = {};\nexport const b = 1;\nexport function a(x: A): A { return b && x; }',
  };
  const root = await plant(t, {
    ...sound,
    ...files,
    'server/a.test.ts': `import './store.ts'; import { find } from './store.ts';`,
  });
  assert.deepEqual(shown(await run(root)), ['server/a.ts:2 b is exported but no other file uses it']);
});
