import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Problem } from '../check.ts';

export type Loaded = { exports: Readonly<Record<string, unknown>> } | { problem: Problem };

/**
 * Loads the built form of a source file below `root`. By path and not by name, so that a check can be tried
 * on a small repository; what is exported is therefore of unknown type, and each check reads what it needs.
 */
export async function loadBuilt(root: string, source: string): Promise<Loaded> {
  const built = join(root, source.replace(/^([^/]+)\/(.*)\.tsx?$/, '$1/build/$2.js'));
  const isThere = await access(built).then(
    () => true,
    () => false,
  );
  if (!isThere) return { problem: { file: source, message: `waiting for ${source}` } };
  const exports: unknown = await import(pathToFileURL(built).href);
  return isRecord(exports) ? { exports } : { problem: { file: source, message: 'exports nothing' } };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** A member that is text, or nothing. */
export function textMember(value: unknown, member: string): string | undefined {
  const found = isRecord(value) ? value[member] : undefined;
  return typeof found === 'string' ? found : undefined;
}
