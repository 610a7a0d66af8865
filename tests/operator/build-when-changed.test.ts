import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

type Places = { folders: readonly string[]; stamp: string; outputs: readonly string[] };
const { buildWhenChanged } = (await import(
  new URL('../../../build-when-changed.mjs', import.meta.url).href
)) as { buildWhenChanged(places: Places, build: () => boolean): boolean };

const run = promisify(execFile);
let folder: string;
let source: string;
let places: Places;

/** A program of two files under git, with one commit before the last, and built. */
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leveret-build-'));
  source = join(folder, 'server/orders/order.ts');
  places = {
    folders: [join(folder, 'server')],
    stamp: join(folder, 'server/build/sources-built'),
    outputs: [join(folder, 'server/build/main.js')],
  };
  await mkdir(join(folder, 'server/orders'), { recursive: true });
  await mkdir(join(folder, 'server/build'));
  await writeFile(join(folder, '.gitignore'), 'build\n');
  await writeFile(join(folder, 'server/main.ts'), 'main');
  await writeFile(source, 'one');
  await git('init', '--quiet');
  await commit();
  await writeFile(source, 'two');
  await commit();
  await writeFile(join(folder, 'server/build/main.js'), 'built');
  build();
});
after(() => rm(folder, { recursive: true }));

const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
const git = (...words: string[]) => run('git', [...author, ...words], { cwd: folder });

async function commit(): Promise<void> {
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'a change');
}

/** Whether the compiler was asked; it succeeds unless told otherwise. */
function build(compile: () => boolean = () => true): boolean {
  let isAsked = false;
  const isBuilt = buildWhenChanged(places, () => {
    isAsked = true;
    return compile();
  });
  assert.equal(isBuilt || isAsked, true);
  return isAsked;
}

const changes: Readonly<Record<string, () => Promise<unknown>>> = {
  'an edited file': () => writeFile(source, 'three'),
  'an edit that keeps size and time': async () => {
    const then = new Date('2026-01-01T00:00:00Z');
    await utimes(source, then, then);
    build();
    await writeFile(source, 'eight');
    await utimes(source, then, then);
  },
  'a new file': () => writeFile(join(folder, 'server/orders/new.tsx'), ''),
  'a deleted file': () => rm(join(folder, 'server/orders/new.tsx')),
  'another commit': () => git('checkout', '--quiet', '--force', 'HEAD~1'),
  'the commit before again': () => git('checkout', '--quiet', '--force', '-'),
  'another configuration': () => writeFile(join(folder, 'server/tsconfig.json'), '{}'),
  'what was built is gone': async () => {
    await rm(join(folder, 'server/build'), { recursive: true });
    await mkdir(join(folder, 'server/build'));
    await writeFile(join(folder, 'server/build/main.js'), 'built');
  },
};

test('nothing changed: the compiler is not asked', () => {
  assert.equal(build(), false);
});

for (const [what, change] of Object.entries(changes)) {
  test(`${what}: the compiler is asked once`, async () => {
    await change();
    assert.equal(build(), true);
    assert.equal(build(), false);
  });
}

test('a build that failed is tried again', async () => {
  await writeFile(source, 'broken');
  assert.equal(
    build(() => false),
    true,
  );
  assert.equal(build(), true);
  assert.equal(build(), false);
});

test('what is left over of tests and documents is no source', async () => {
  await writeFile(join(folder, 'server/README.md'), 'words');
  assert.equal(build(), false);
});
