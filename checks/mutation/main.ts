import { findInvalid } from './find-invalid.ts';
import { createJudge, type Verdict } from './judge-mutant.ts';
import { type KeptVerdicts, keepVerdicts } from './keep-verdicts.ts';
import { type KnownTest, mapCoverage } from './map-coverage.ts';
import type { Mutant } from './mutant.ts';
import { places } from './places.ts';
import { printReport } from './print-report.ts';
import { mutantsOf, readPlaces } from './read-places.ts';
import { readSurvivors } from './read-survivors.ts';
import { startDatabase } from './start-database.ts';

const root = process.cwd();
const judgesAtOnce = 3;
process.exitCode = (await run(process.argv.slice(2))) ? 0 : 1;

/**
 * Words choose files by a part of their path, and `--every=5` each fifth mutant. Of a choice nothing is said
 * of the list of survivors. `--kept=FILE` goes on where a run with the same file was stopped.
 */
async function run(parameters: readonly string[]): Promise<boolean> {
  const minutes = startClock();
  const words = parameters.filter((parameter) => !parameter.startsWith('--'));
  const every = Number(/--every=(\d+)/.exec(parameters.join(' '))?.[1] ?? 1);
  const keptAt = /--kept=(\S+)/.exec(parameters.join(' '))?.[1];
  const server = await startDatabase();
  const database = server.given;
  process.env['LEVERET_TEST_DATABASE'] = database;
  try {
    const all = await readPlaces(root, places);
    const files = all.filter(({ file }) => words.length === 0 || words.some((word) => file.includes(word)));
    const chosen = places.filter(({ name }) => files.some(({ place }) => place === name));
    const { tests, loaded } = await mapCoverage(root, database, chosen);
    console.log(`all tests passed with nothing broken, ${minutes()} min`);
    const invalid = await findInvalid(root, files, loaded.statements);
    const covered = new Set([...tests.values()].flat().flatMap((test) => [...test.covered]));
    const isReadOnce = (id: number) => loaded.readOnLoad.has(id) && !covered.has(id);
    const mutants = mutantsOf(files)
      .map((mutant) => (isReadOnce(mutant.id) ? { ...mutant, isStatic: true } : mutant))
      .filter(({ id }) => !invalid.has(id))
      .filter((_mutant, index) => index % every === 0);
    const kept = keepVerdicts(keptAt, new Map(files.map(({ file, source }) => [file, source])));
    const verdicts = await judgeAll(mutants, tests, { database, kept }, (count) => {
      if (count % 50 === 0) console.log(`${count} of ${mutants.length} breaks, ${minutes()} min`);
    });
    const isAll = words.length === 0 && every === 1;
    return printReport({
      mutants,
      verdicts,
      places: chosen,
      known: await readSurvivors(root),
      isAll,
      minutes: minutes(),
    });
  } finally {
    await server.stop();
  }
}

async function judgeAll(
  mutants: readonly Mutant[],
  tests: ReadonlyMap<string, readonly KnownTest[]>,
  { database, kept }: { database: string; kept: KeptVerdicts },
  onJudged: (count: number) => void,
): Promise<Map<number, Verdict>> {
  const verdicts = new Map<number, Verdict>();
  const left = mutants.values();
  const judges = Array.from({ length: judgesAtOnce }, () => createJudge(root, database));
  const ofFile = Map.groupBy(mutants, ({ file }) => file);
  // What is read when a file is loaded is run by whatever runs anything of the file.
  const idsOf = ({ id, file, isStatic }: Mutant) =>
    new Set(isStatic ? ofFile.get(file)?.map((mutant) => mutant.id) : [id]);
  await Promise.all(
    judges.map(async ({ judge }) => {
      for (const mutant of left) {
        const ids = idsOf(mutant);
        const covering = tests.get(mutant.place)?.filter(({ covered }) => !ids.isDisjointFrom(covered));
        const before = kept.find(mutant);
        const verdict = before ?? (await judge(mutant, covering ?? []));
        if (!before) kept.keep(mutant, verdict);
        verdicts.set(mutant.id, verdict);
        onJudged(verdicts.size);
      }
    }),
  );
  for (const judge of judges) judge.end();
  const leaning = new Set(judges.flatMap((judge) => [...judge.leaning]));
  for (const test of leaning)
    console.log(`fails alone with nothing broken, so that it sees nothing: ${test}`);
  return verdicts;
}

function startClock(): () => string {
  const start = performance.now();
  return () => ((performance.now() - start) / 60_000).toFixed(1);
}
