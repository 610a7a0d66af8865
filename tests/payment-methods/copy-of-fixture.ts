import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const workspaces = ['pages', 'server', 'sandbox', 'tests', 'checks', 'bench'];
/** What stands beside the code and is not needed to build it. */
const leftOut = new Set(['node_modules', '.git', 'data']);

export type CopyOfFixture = {
  root: string;
  /** Runs a script of the copy, and answers what it printed. One that fails is an error. */
  run(script: string, parameters?: readonly string[], env?: Record<string, string>): Promise<string>;
  /** What differs by now from what was copied: files, and folders that were not there. */
  changes(): Promise<string[]>;
  remove(): Promise<void>;
};

/**
 * A copy of the repository with what was built of it. It stands inside, where packages are found as they are
 * from the repository itself, in a folder that every tool leaves out; the workspaces are its own.
 */
export async function copyFixture(): Promise<CopyOfFixture> {
  await mkdir(join(repository, 'build'), { recursive: true });
  const root = await mkdtemp(join(repository, 'build/copy-'));
  const names = (await readdir(repository)).filter((name) => name !== 'build');
  const isKept = (path: string) => !leftOut.has(basename(path));
  const how = { recursive: true, filter: isKept, preserveTimestamps: true };
  await Promise.all(names.map((name) => cp(join(repository, name), join(root, name), how)));
  await linkPackages(root);
  const before = await readFiles(root);
  return {
    root,
    run: (script, parameters = [], env = {}) => run(root, [script, ...parameters], env),
    changes: async () => findChanges(before, await readFiles(root)),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function linkPackages(root: string): Promise<void> {
  const own = join(root, 'node_modules');
  await mkdir(join(own, '@leveret'), { recursive: true });
  await symlink(join(repository, 'node_modules/.bin'), join(own, '.bin'));
  for (const name of workspaces) await symlink(join(root, name), join(own, '@leveret', name));
}

/** The files that people write, each by its path. */
async function readFiles(root: string): Promise<Map<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split(sep).some((name) => name === 'build' || leftOut.has(name)));
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), 'latin1')] as const)),
  );
}

/** A folder that was not there counts as one. */
function findChanges(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  const folders = new Set([...before.keys()].map((path) => dirname(path)));
  const changed = [...now].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
  return [...new Set(changed.map((path) => (folders.has(dirname(path)) ? path : dirname(path))))].sort();
}

function run(cwd: string, command: readonly string[], env: Record<string, string>): Promise<string> {
  // A test run inside a test run would report to the outer one.
  const { NODE_TEST_CONTEXT: _outer, ...own } = process.env;
  const child = spawn(process.execPath, command, { cwd, env: { ...own, ...env } });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => said.push(String(part)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      const text = said.join('');
      if (code === 0) resolve(text);
      else reject(new Error(`${command.join(' ')} ended with ${code}:\n${text}`));
    });
  });
}
