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

function make(root: string, name: string, ...options: string[]): { status: number | null; said: string } {
  const parameters = [script, name, '--root', root, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

/** The lists as they may look before anything is added. */
const lists = {
  'server/payments/methods/list.ts':
    "import { gold } from './gold/method.ts';\n\nexport const methods = {\n  gold: [gold],\n};\n",
  'server/payments/methods/gold/method.ts': "export const gold = { name: 'gold' };\n",
  'server/orders/payment-methods.ts': [
    "const provider = { takenBy: 'provider' };",
    '',
    'export const rules = {',
    "  gold: { recurring: 'refused', prepaid: 'refused', ...provider },",
    "  other: { recurring: 'allowed', prepaid: 'required', takenBy: 'publisher' },",
    '};',
    '',
  ].join('\n'),
  'sandbox/open-providers.ts': [
    "import { goldProvider } from './gold/provider.ts';",
    "import type { World } from './kit/world.ts';",
    "import type { Provider } from './provider.ts';",
    '',
    'export function openProviders(world: World): Provider[] {',
    '  const providers: Provider[] = [',
    '    goldProvider(world),',
    '  ];',
    '  return providers;',
    '}',
    '',
  ].join('\n'),
  'sandbox/gold/provider.ts': [
    "import type { World } from '../kit/world.ts';",
    "import type { Provider } from '../provider.ts';",
    '',
    'export function goldProvider(_world: World): Provider {',
    "  throw new Error('not written');",
    '}',
    '',
  ].join('\n'),
};

/** A small repository with what a new method may see, and the compiler's and formatter's settings. */
async function plantProject(t: TestContext): Promise<string> {
  const root = await plant(t, {
    ...lists,
    'tsconfig.json': JSON.stringify({
      extends: './tsconfig.base.json',
      compilerOptions: { noEmit: true, composite: false, incremental: false, preserveSymlinks: true },
      include: ['server/payments/methods/**/*.ts', 'server/orders/*.ts', 'sandbox/**/*.ts'],
      exclude: ['sandbox/kit', 'sandbox/control', 'node_modules'],
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
    'sandbox/control',
    'sandbox/kit',
    'sandbox/provider.ts',
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
  const root = await plantProject(t);
  for (const name of names) {
    const { status, said } = make(root, name);
    assert.equal(status, 0, said);
    assert.match(said, new RegExp(`server/payments/methods/${name}/method\\.ts`));
  }
  const made = (await listFiles(root)).filter((path) => names.some((name) => path.includes(`/${name}/`)));
  assert.equal(made.length, 20 * names.length);
  for (const path of made) assert.doesNotMatch(await readFile(join(root, path), 'utf8'), /__\w+__/, path);
  const run = (program: string, ...options: string[]) => {
    const ran = spawnSync(join(repository, 'node_modules/.bin', program), options, {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(ran.status, 0, ran.stdout + ran.stderr);
  };
  run('tsc', '-p', '.');
  run('biome', 'check', '--vcs-enabled=false', ...made, ...Object.keys(lists));
});

test('an adapter is one line of each list, and none of the names where it serves one that is there', async (t) => {
  const root = await plant(t, lists);
  make(root, 'silver');
  const { status, said } = make(root, 'old-gold', '--serves', 'gold');
  assert.equal(status, 0, said);
  assert.equal(make(root, 'tin', '--serves', 'copper').status, 1);
  const read = (path: keyof typeof lists) => readFile(join(root, path), 'utf8');
  assert.match(
    await read('server/payments/methods/list.ts'),
    /\{\n {2}gold: \[gold, oldGold\],\n {2}silver: \[silver\],\n\}/,
  );
  const names = (await read('server/orders/payment-methods.ts')).match(/^ {2}\w+(?=:)/gm);
  assert.deepEqual(names, ['  gold', '  silver', '  other']);
  const providers = (await read('sandbox/open-providers.ts')).match(/^ {4}\w+(?=\(world\))/gm);
  assert.deepEqual(providers, ['    goldProvider', '    silverProvider', '    oldGoldProvider']);
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
