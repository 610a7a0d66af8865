import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Instrumented, instrument } from './instrument.ts';
import type { Mutant } from './mutant.ts';
import type { Place } from './places.ts';

export type MutatedFile = Instrumented & { place: string; file: string; source: string };

/** Reads and instruments the code of places; ids are the same wherever the same tree is read. */
export async function readPlaces(root: string, places: readonly Place[]): Promise<MutatedFile[]> {
  const files: MutatedFile[] = [];
  let firstId = 1;
  for (const place of places) {
    const paths = (await Promise.all(place.code.map((code) => listFiles(root, code)))).flat();
    for (const file of paths.filter((path) => !/\.test\.ts$|\/test-[^/]*$/.test(path))) {
      const source = await readFile(join(root, file), 'utf8');
      const instrumented = instrument({ place: place.name, file, source, firstId });
      firstId += instrumented.mutants.length;
      files.push({ ...instrumented, place: place.name, file, source });
    }
  }
  return files;
}

export function mutantsOf(files: readonly MutatedFile[]): Mutant[] {
  return files.flatMap(({ mutants }) => mutants);
}

/** Test files of a place, as they are in the tree. */
export async function listTests(root: string, place: Place): Promise<string[]> {
  const found = await Promise.all(place.tests.map((tests) => listFiles(root, tests)));
  return found.flat().filter((path) => path.endsWith('.test.ts'));
}

async function listFiles(root: string, path: string): Promise<string[]> {
  if (!(await stat(join(root, path))).isDirectory()) return [path];
  const entries = await readdir(join(root, path), { recursive: true });
  return entries
    .filter((entry) => /\.tsx?$/.test(entry))
    .map((entry) => `${path}${entry}`)
    .sort();
}

/** Where the compiler puts a file of a workspace. */
export function builtPath(file: string): string {
  return file.replace(/^(\w+)\//, '$1/build/').replace(/\.tsx?$/, '.js');
}
