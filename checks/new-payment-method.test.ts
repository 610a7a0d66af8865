import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, symlinkSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listFiles } from './reading/list-files.ts';
import { plant } from './testing/plant.ts';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const script = join(repository, 'checks/new-payment-method.mjs');

function make(root: string, name: string): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, name, root], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

/** A small repository with what a new method may see, and the compiler's and formatter's settings. */
async function plantHouse(t: TestContext): Promise<string> {
  const root = await plant(t, {
    'server/payments/methods/list.ts': 'export const methods = {};\n',
    'tsconfig.json': JSON.stringify({
      extends: './tsconfig.base.json',
      compilerOptions: { noEmit: true, composite: false, incremental: false, preserveSymlinks: true },
      include: ['server/payments/methods/**/*.ts', 'sandbox/*/*.ts'],
      exclude: ['sandbox/kit', 'node_modules'],
    }),
  });
  for (const file of ['tsconfig.base.json', 'biome.json']) {
    copyFileSync(join(repository, file), join(root, file));
  }
  for (const path of [
    'node_modules',
    'server/kit',
    'server/payments/buyer-step.ts',
    'server/payments/port',
    'sandbox/kit',
  ]) {
    await link(root, path);
  }
  return root;
}

async function link(root: string, path: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  symlinkSync(join(repository, path), join(root, path));
}

const names = ['north-pay-2', 'a', 'zz-twenty-letters-zz'];

test('what is made compiles, is formatted, and passes its own tests’ types', async (t) => {
  const root = await plantHouse(t);
  for (const name of names) {
    const { status, said } = make(root, name);
    assert.equal(status, 0, said);
    assert.match(said, new RegExp(`server/payments/methods/${name}/method\\.ts`));
  }
  const made = (await listFiles(root)).filter((path) => names.some((name) => path.includes(`/${name}/`)));
  assert.equal(made.length, 9 * names.length);
  for (const path of made) assert.doesNotMatch(await readFile(join(root, path), 'utf8'), /__\w+__/, path);
  const run = (program: string, ...options: string[]) => {
    const ran = spawnSync(join(repository, 'node_modules/.bin', program), options, {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(ran.status, 0, ran.stdout + ran.stderr);
  };
  run('tsc', '-p', '.');
  run('biome', 'check', '--vcs-enabled=false', ...made);
});

test('a name that is taken or cannot be a folder is refused, and nothing is made', async (t) => {
  const root = await plant(t, { 'server/payments/methods/taken/method.ts': 'export {};\n' });
  for (const name of ['taken', '', 'North', '2pay', 'a--b', 'z'.repeat(21), '../up', 'with space']) {
    const { status, said } = make(root, name);
    assert.equal(status, 1, name);
    assert.match(said, name === 'taken' ? /is there already/ : /small letters/);
  }
  const made = (await listFiles(root)).filter((path) => path.startsWith('server'));
  assert.deepEqual(made, ['server/payments/methods/taken/method.ts']);
});
