import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './lock-complete.ts';
import { plant, shown } from './testing/plant.ts';

const packages = {
  '': { dependencies: { a: '1.0.0' } },
  'node_modules/a': { version: '1.0.0', optionalDependencies: { '@a/one': '1.0.0', '@a/other': '1.0.0' } },
  'node_modules/@a/one': { version: '1.0.0' },
  'node_modules/a/node_modules/@a/other': { version: '1.0.0', dependencies: { a: '1.0.0' } },
};

test('a whole lock file, with a package inside another', async (t) => {
  const root = await plant(t, { 'package-lock.json': JSON.stringify({ packages }) });
  assert.deepEqual(shown(await run(root)), []);
});

test('a package for another machine that was left out', async (t) => {
  const { 'node_modules/@a/one': _, ...rest } = packages;
  const root = await plant(t, { 'package-lock.json': JSON.stringify({ packages: rest }) });
  assert.match(
    shown(await run(root)).join('\n'),
    /^package-lock\.json has no entry for @a\/one, wanted by node_modules\/a;/,
  );
});

test('no lock file', async (t) => {
  assert.match(shown(await run(await plant(t, {}))).join('\n'), /is missing/);
});
