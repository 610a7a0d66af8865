import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const isSource = /\.(ts|tsx|json|js|css)$/;
const isNoSource = new Set(['build', 'node_modules']);

/**
 * Calls `build` unless everything under the folders is as it was when it last succeeded, which is far cheaper
 * to see than by the compiler. What is compared are names, sizes and times of every source, so that an edit,
 * a file that came or went, and a checkout of another commit are all seen.
 * @param {{ folders: readonly string[], stamp: string, outputs: readonly string[] }} places `stamp` is a file
 *   that goes away with what was built; `outputs` are files without which nothing is built.
 * @param {() => boolean} build answers whether it succeeded
 * @returns {boolean} whether everything is built
 */
export function buildWhenChanged({ folders, stamp, outputs }, build) {
  // Taken before, so that what is changed during the build is built the next time.
  const sources = describeSources(folders);
  if (outputs.every((file) => existsSync(file)) && readStamp(stamp) === sources) return true;
  if (!build()) return false;
  writeFileSync(stamp, sources);
  return true;
}

function describeSources(folders) {
  const hash = createHash('sha256');
  for (const folder of folders) addFolder(hash, folder);
  return hash.digest('hex');
}

function addFolder(hash, folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !isNoSource.has(entry.name)) addFolder(hash, path);
    if (!entry.isFile() || !isSource.test(entry.name)) continue;
    // The time of the last change cannot be set back, unlike that of the last writing.
    const { size, mtimeMs, ctimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs} ${ctimeMs}\n`);
  }
}

function readStamp(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
