import type { Problem } from './check.ts';
import { readText } from './reading/list-files.ts';
import { isRecord } from './reading/load-built.ts';

const lock = 'package-lock.json';

export const name = 'lock-complete';

/**
 * Every package that the lock file names as needed has an entry of its own, those for other machines too.
 * npm may leave such entries out when a tree is there already, and then `npm ci` fails everywhere.
 */
export async function run(root: string): Promise<Problem[]> {
  const text = await readText(root, lock);
  const parsed: unknown = text === undefined ? undefined : JSON.parse(text);
  const packages = isRecord(parsed) ? parsed.packages : undefined;
  if (!isRecord(packages)) return [{ file: lock, message: 'is missing or lists no packages' }];
  const missing = Object.entries(packages).flatMap(([place, entry]) =>
    namesNeeded(entry)
      .filter((needed) => !isThere(packages, place, needed))
      .map((needed) => `${needed}, wanted by ${place === '' ? 'the project' : place}`),
  );
  return missing.map((text) => ({
    file: lock,
    message: `has no entry for ${text}; make it anew from an empty tree`,
  }));
}

function namesNeeded(entry: unknown): string[] {
  if (!isRecord(entry)) return [];
  const kinds = [entry.dependencies, entry.optionalDependencies, entry.devDependencies];
  return kinds.flatMap((kind) => (isRecord(kind) ? Object.keys(kind) : []));
}

/** Looks where Node would: beside the package, then in each folder above. */
function isThere(packages: Readonly<Record<string, unknown>>, place: string, needed: string): boolean {
  for (let folder = place; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0))) {
    if (packages[folder === '' ? `node_modules/${needed}` : `${folder}/node_modules/${needed}`]) return true;
    if (folder === '') return false;
  }
}
