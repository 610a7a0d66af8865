import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Verdict } from './judge-mutant.ts';
import { describeMutant, type Mutant } from './mutant.ts';

/** What was found before of mutants whose file reads as it did then, and where what is found now is kept. */
export type KeptVerdicts = {
  find(mutant: Mutant): Verdict | undefined;
  keep(mutant: Mutant, verdict: Verdict): void;
};

/**
 * Keeps each verdict in a file as it comes, so that a run that was stopped goes on where it was. Tests may
 * have changed in between: a new file is a new run.
 */
export function keepVerdicts(path: string | undefined, sources: ReadonlyMap<string, string>): KeptVerdicts {
  if (path === undefined) return { find: () => undefined, keep() {} };
  const rows = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const known = new Map(rows.filter((row) => row.endsWith('}]')).map(readRow));
  const sums = new Map([...sources].map(([file, source]) => [file, sumOf(source)]));
  const nameOf = (mutant: Mutant) =>
    `${mutant.file} ${sums.get(mutant.file)} ${mutant.change.start} ${describeMutant(mutant)}`;
  return {
    find: (mutant) => known.get(nameOf(mutant)),
    keep(mutant, verdict) {
      appendFileSync(path, `${JSON.stringify([nameOf(mutant), verdict])}\n`);
    },
  };
}

function readRow(row: string): [string, Verdict] {
  return JSON.parse(row) as [string, Verdict];
}

function sumOf(source: string): string {
  return createHash('sha256').update(source).digest('hex').slice(0, 16);
}
