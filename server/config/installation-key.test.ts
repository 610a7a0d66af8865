import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadInstallationKeys } from './installation-key.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leveret-key-'));
});
after(() => rm(folder, { recursive: true }));

test('many starts at once make one key, for its owner only', async () => {
  const data = join(folder, 'deep', 'data');
  const path = join(data, 'leveret.key');
  const keys = await Promise.all(
    Array.from({ length: 8 }, () => loadInstallationKeys({ kind: 'file', path, former: [] })),
  );
  assert.equal(new Set(keys.map(([key]) => key?.toString('hex'))).size, 1);
  assert.equal(keys[0]?.[0]?.length, 32);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(data), ['leveret.key']);
  assert.deepEqual(await loadInstallationKeys({ kind: 'file', path, former: [] }), keys[0]);
});

test('a key file that is no key stops the start', async () => {
  const path = join(folder, 'broken.key');
  await writeFile(path, 'short\n');
  await assert.rejects(loadInstallationKeys({ kind: 'file', path, former: [] }), {
    name: 'OperatorError',
    message: /broken\.key/,
  });
});

test('a given key is the key', async () => {
  const key = Buffer.alloc(32, 1);
  const former = Buffer.alloc(32, 2);
  assert.deepEqual(await loadInstallationKeys({ kind: 'given', key, former: [former] }), [key, former]);
});

test('a key file may hold several keys, newest first', async () => {
  const path = join(folder, 'several.key');
  const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  await writeFile(path, `${keys.map((key) => key.toString('base64')).join('\n')}\n`);
  const given = Buffer.alloc(32, 3);
  assert.deepEqual(await loadInstallationKeys({ kind: 'file', path, former: [given] }), [...keys, given]);
});
