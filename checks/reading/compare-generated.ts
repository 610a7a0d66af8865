import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Problem } from '../check.ts';
import { readText } from './list-files.ts';

/** Compares a committed file with what is generated now and names the first line that differs. */
export async function compareGenerated(root: string, file: string, generated: string): Promise<Problem[]> {
  const committed = await readText(root, file);
  if (committed === generated) return [];
  if (committed === undefined) return [{ file, message: 'is missing; npm run check -- --fix writes it' }];
  const [before, now] = [committed.split('\n'), generated.split('\n')];
  const at = now.findIndex((line, index) => line !== before[index]);
  const index = at < 0 ? now.length : at;
  const difference = `Committed: ${quote(before[index])}, now: ${quote(now[index])}`;
  const message = `is out of date; npm run check -- --fix writes it. ${difference}`;
  return [{ file, line: index + 1, message }];
}

function quote(line: string | undefined): string {
  return line === undefined ? 'nothing' : `"${line.trim()}"`;
}

/** What is generated, or why it cannot be. */
type Generate = (root: string) => Promise<string | Problem>;
type Kept = { run: (root: string) => Promise<Problem[]>; fix: (root: string) => Promise<void> };

/** How a check holds a committed file against what is generated now, and how it writes the file. */
export function keepGenerated(file: string, generate: Generate): Kept {
  return {
    run: async (root) => {
      const generated = await generate(root);
      return typeof generated === 'string' ? compareGenerated(root, file, generated) : [generated];
    },
    fix: async (root) => {
      const generated = await generate(root);
      if (typeof generated === 'string') await writeGenerated(root, file, generated);
    },
  };
}

export async function writeGenerated(root: string, file: string, generated: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), generated);
}
