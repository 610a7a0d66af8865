import assert from 'node:assert/strict';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { knip, oxlint } from './programs.ts';
import { plant, shown } from './testing/plant.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** A small repository under the project's own settings for its programs. */
async function plantProject(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const settings = ['package.json', 'checks/knip/knip.json', 'checks/knip/tsconfig.json', '.oxlintrc.json'];
  const copied = settings.map(async (file) => [file, await readFile(join(project, file), 'utf8')]);
  const workspaces = ['pages', 'server'].map((name) => [
    `${name}/package.json`,
    JSON.stringify({ name: `@leveret/${name}`, exports: { './*.js': './build/*.js' } }),
  ]);
  const tsconfig = ['tsconfig.json', '{ "compilerOptions": { "strict": true, "module": "nodenext" } }'];
  const root = await plant(t, {
    ...Object.fromEntries([...(await Promise.all(copied)), ...workspaces, tsconfig]),
    ...files,
  });
  await symlink(join(project, 'node_modules'), join(root, 'node_modules'));
  return root;
}

const sound = {
  'server/main.ts': `import { a } from './a.ts'; a();`,
  'server/a.ts': `import * as store from './store.ts'; export function a(): void { store.find(); }`,
  'server/store.ts': 'export function find() {}\nexport function tested() {}',
  'server/store.test.ts': `import { tested } from './store.ts'; tested();`,
  'server/worker.ts': 'process.exit();',
  'server/run.test.ts': `new Worker(new URL('./worker.js', import.meta.url));`,
};

const row = (name: string) => `${name} is exported but no other file uses it`;

const reached: [name: string, files: Record<string, string>, problems: string[]][] = [
  ['files and names that are used, by a test too, pass', {}, []],
  [
    'a built file that is named by its workspace is its source',
    {
      'pages/p.tsx': 'export const p = 1;\nexport const q = 1;',
      'pages/build/p.js': 'export const p = 1, q = 1;',
      'server/a.ts': `import { p } from '@leveret/pages/p.js'; import { find } from './store.ts';
        export const a = () => find(p);`,
    },
    [`pages/p.tsx:2 ${row('q')}`],
  ],
  [
    'a file that nothing imports',
    { 'server/left.ts': 'export const left = 1;' },
    ['server/left.ts is imported by nothing; delete it or use it'],
  ],
  [
    'a name that no other file uses',
    { 'server/store.ts': `${sound['server/store.ts']}\nexport type Row = {};` },
    [`server/store.ts:3 ${row('Row')}`],
  ],
  [
    'a type of a function beside it may be exported, a value may not',
    {
      'server/a.ts':
        'import "./store.ts";\nexport type A = {};\nexport const b = 1;\nexport function a(x: A): A { return b && x; }',
      'server/a.test.ts': `import { find } from './store.ts'; find();`,
    },
    [`server/a.ts:3 ${row('b')}`],
  ],
];

for (const [name, files, problems] of reached) {
  test(`knip: ${name}`, async (t) => {
    assert.deepEqual(shown(await knip.run(await plantProject(t, { ...sound, ...files }))), problems);
  });
}

const lines = (count: number) => 'await f();\n'.repeat(count);
const asynchronous = (length: number) => `export async function g() {\n${lines(length - 2)}}\nconst f = g;\n`;

const faults: [file: string, text: string, problem: RegExp][] = [
  ['server/kit/long-file.ts', `${asynchronous(3)}${'\n'.repeat(297)}`, /301/],
  ['server/kit/long-function.ts', asynchronous(71), /\b71\b/],
  ['server/kit/circle-a.ts', `import type { B } from './circle-b.ts';\nexport type A = B[];\n`, /no-cycle/],
  ['server/kit/circle-b.ts', `import type { A } from './circle-a.ts';\nexport type B = A[];\n`, /no-cycle/],
  ['server/kit/itself.ts', `import './itself.ts';\n`, /no-self-import/],
  ['server/kit/default.ts', 'export default 1;\n', /no-default-export/],
  ['server/kit/spelled.ts', 'export const a = process.env.A;\n', /no-process-env/],
  [
    'server/kit/imported.ts',
    `import { env } from 'node:process';\nexport const a = env.A;\n`,
    /'env' import from 'node:process'/,
  ],
];

test('oxlint refuses files and functions that are too long, circles, and whoever reads the environment', async (t) => {
  const files = Object.fromEntries(faults.map(([file, text]) => [file, text]));
  const problems = await oxlint.run(await plantProject(t, files));
  for (const [file, , problem] of faults) {
    const found = problems.filter((one) => one.file === file).map(({ message }) => message);
    assert.ok(
      found.some((message) => problem.test(message)),
      `${file}: ${found.join(', ')}`,
    );
  }
});

test('oxlint: what is within the limits passes, tables may be long, settings read the environment', async (t) => {
  const root = await plantProject(t, {
    'server/kit/a.ts': `${asynchronous(70)}${'\n'.repeat(229)}`,
    'server/journey.ts': `export const journey = 1;\n${'\n'.repeat(400)}`,
    'server/config/env.ts': 'export const port = process.env.PORT;\n',
  });
  assert.deepEqual(shown(await oxlint.run(root)), []);
});
