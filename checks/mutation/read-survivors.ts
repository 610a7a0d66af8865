import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeMutant, type Mutant } from './mutant.ts';

/** A mutant that may live, and why it breaks nothing. */
export type Known = { key: string; reason: string };

const list = 'checks/mutants.md';

/**
 * Reads the rows `| file | owner | mutation | reason |` of the list. Lines move, so that none is named; where
 * one owner has the same mutation several times, a row stands for all of them.
 */
export async function readSurvivors(root: string): Promise<Known[]> {
  const text = await readFile(join(root, list), 'utf8');
  return text.split('\n').flatMap((line) => {
    const [, file, owner, mutation, reason] = line.split(/(?<!\\)\|/).map((cell) =>
      cell
        .trim()
        .replaceAll('\\|', '|')
        .replace(/^`` ?|(?: ``)$/g, ''),
    );
    return file?.startsWith('server/') && reason ? [{ key: `${file} ${owner} ${mutation}`, reason }] : [];
  });
}

export function keyOf(mutant: Mutant): string {
  return `${mutant.file} ${mutant.owner} ${describeMutant(mutant)}`;
}

/** A row for the list, without its reason. */
export function rowOf(mutant: Mutant): string {
  const mutation = describeMutant(mutant).replaceAll('|', '\\|');
  return `| ${mutant.file} | ${mutant.owner} | \`\` ${mutation} \`\` | |`;
}
