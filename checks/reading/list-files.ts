import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** In a second worktree `.git` is a file that names the first. */
const ignored = new Set(['node_modules', 'build', 'data', '.git', 'coverage']);

/** Every file of the project, as paths with `/` relative to `root`, without what is built or installed. */
export async function listFiles(root: string, under = ''): Promise<string[]> {
  const entries = await readdir(join(root, under), { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(entries.map((entry) => listEntry(root, under, entry)));
  return found.flat().sort();
}

async function listEntry(root: string, under: string, entry: Dirent): Promise<string[]> {
  const path = under === '' ? entry.name : `${under}/${entry.name}`;
  if (ignored.has(entry.name)) return [];
  if (entry.isDirectory()) return listFiles(root, path);
  return entry.isFile() ? [path] : [];
}

/** The text of a file, or nothing when there is none. */
export async function readText(root: string, path: string): Promise<string | undefined> {
  return readFile(join(root, path), 'utf8').catch(() => undefined);
}
