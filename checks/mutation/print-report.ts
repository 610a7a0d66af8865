import type { Verdict } from './judge-mutant.ts';
import { describeMutant, type Mutant } from './mutant.ts';
import type { Place } from './places.ts';
import { type Known, keyOf, rowOf } from './read-survivors.ts';

const wantedPercent = 90;

type Report = {
  mutants: readonly Mutant[];
  verdicts: ReadonlyMap<number, Verdict>;
  places: readonly Place[];
  known: readonly Known[];
  /** Everything was broken, so that the list of survivors can be compared. */
  isAll: boolean;
  minutes: string;
};

/** Prints what no test saw, and the score of each place; answers whether all is as it must be. */
export function printReport(report: Report): boolean {
  const { lines, isWell } = describeReport(report);
  console.log(lines.join('\n'));
  return isWell;
}

/** The report, line by line. It is well where each place has its score and the list names survivors alone. */
export function describeReport(report: Report): { lines: string[]; isWell: boolean } {
  const { mutants, verdicts, known, isAll, minutes } = report;
  const survivors = mutants.filter(({ id }) => isSurvivor(verdicts.get(id)));
  const reasons = new Map(known.map(({ key, reason }) => [key, reason]));
  const said = survivors.map((mutant) => {
    const isRun = verdicts.get(mutant.id)?.kind === 'survived';
    const reason = reasons.get(keyOf(mutant)) ?? (isRun ? 'no test sees it' : 'no test runs it');
    return `${mutant.file}:${mutant.line}  ${mutant.owner}: ${describeMutant(mutant)}  (${reason})`;
  });
  const living = new Set(survivors.map(keyOf));
  const gone = isAll ? known.filter(({ key }) => !living.has(key)) : [];
  const unlisted = survivors.filter((mutant) => !reasons.has(keyOf(mutant)));
  const scores = report.places.map((place) => scoreOf(place, mutants, survivors, unlisted));
  return {
    lines: [
      ...said,
      ...gone.map(({ key }) => `stands in the list, and is seen by now or not there: ${key}`),
      ...(unlisted.length > 0 ? ['', 'For checks/mutants.md, where one may live:'] : []),
      ...new Set(unlisted.map(rowOf)),
      '',
      ...scores.map(({ line }) => line),
      `${minutes} minutes`,
    ],
    isWell: gone.length === 0 && scores.every(({ percent }) => percent >= wantedPercent),
  };
}

function isSurvivor(verdict: Verdict | undefined): boolean {
  return verdict?.kind === 'survived' || verdict?.kind === 'not covered';
}

function scoreOf(
  { name }: Place,
  mutants: readonly Mutant[],
  survivors: readonly Mutant[],
  unlisted: readonly Mutant[],
): { percent: number; line: string } {
  const isHere = ({ place }: Mutant) => place === name;
  const all = mutants.filter(isHere).length;
  const [lived, open] = [survivors.filter(isHere).length, unlisted.filter(isHere).length];
  const percent = all === 0 ? 100 : (100 * (all - lived)) / all;
  const shown = `${percent.toFixed(1).padStart(5)} %`;
  const counts = `${all} breaks, ${all - lived} seen, ${lived} not, ${open} unlisted`;
  return { percent, line: `${name.padEnd(24)} ${shown}  ${counts}` };
}
