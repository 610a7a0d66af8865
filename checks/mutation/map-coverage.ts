import type { Place } from './places.ts';
import { listTests } from './read-places.ts';
import { type Loaded, startWorker } from './start-worker.ts';

/** A test as it ran with nothing broken. */
export type KnownTest = { file: string; name: string; milliseconds: number; covered: ReadonlySet<number> };

const mostMillisecondsForFile = 600_000;

/** Runs every test of the places once, with nothing broken; all must pass. */
export async function mapCoverage(
  root: string,
  database: string,
  places: readonly Place[],
): Promise<{ tests: Map<string, KnownTest[]>; loaded: Loaded }> {
  const files = [...new Set((await Promise.all(places.map((place) => listTests(root, place)))).flat())];
  const worker = await startWorker(root, database);
  const known = new Map<string, KnownTest[]>();
  for (const file of files) {
    const runs = await worker.run(
      { file, mutant: 0, isStatic: false, bails: false },
      mostMillisecondsForFile,
    );
    if (runs === 'gone') throw new Error(`${file} did not end`);
    const red = runs.find(({ failure }) => failure !== undefined);
    if (red) throw new Error(`${file} fails with nothing broken: ${red.name}: ${red.failure}`);
    known.set(
      file,
      runs.map(({ name, milliseconds, covered }) => ({
        file,
        name,
        milliseconds,
        covered: new Set(covered),
      })),
    );
  }
  const loaded = await worker.loaded();
  worker.end();
  const tests = new Map<string, KnownTest[]>();
  for (const place of places) {
    tests.set(
      place.name,
      (await listTests(root, place)).flatMap((file) => known.get(file) ?? []),
    );
  }
  return { tests, loaded };
}
