import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './install-quiet.ts';
import { plant, shown } from './testing/plant.ts';

const lock = (packages: object) => ({ 'package-lock.json': JSON.stringify({ packages }) });
const withScript = { 'node_modules/@a/one': { version: '1.0.0', hasInstallScript: true } };

test('an install script that is denied, and packages without one', async (t) => {
  const root = await plant(t, {
    ...lock({ ...withScript, 'node_modules/b': { version: '1.0.0' } }),
    'package.json': JSON.stringify({ allowScripts: { '@a/one': false } }),
  });
  assert.deepEqual(shown(await run(root)), []);
});

test('an install script that nobody has decided on', async (t) => {
  const root = await plant(t, { ...lock(withScript), 'package.json': '{}' });
  assert.match(shown(await run(root)).join('\n'), /^package\.json allowScripts says nothing of @a\/one/);
});

test('a package that is no longer kept', async (t) => {
  const root = await plant(t, lock({ 'node_modules/a/node_modules/b': { deprecated: 'use c' } }));
  assert.match(shown(await run(root)).join('\n'), /^package-lock\.json b is deprecated: use c/);
});

test('no lock file', async (t) => {
  assert.match(shown(await run(await plant(t, {}))).join('\n'), /is missing/);
});
