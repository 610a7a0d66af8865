import type { KnownTest } from './map-coverage.ts';
import type { Mutant } from './mutant.ts';
import { startWorker, type Worker } from './start-worker.ts';
import type { RunQuestion } from './worker/main.ts';
import type { TestRun } from './worker/run-test-file.ts';

/** What became of a mutant. `killed` names the test that saw it. */
export type Verdict =
  | { kind: 'killed'; by: string }
  /** Its tests never ended, or ended the process. */
  | { kind: 'gone' }
  | { kind: 'survived' }
  | { kind: 'not covered' };

export type Judge = {
  judge(mutant: Mutant, tests: readonly KnownTest[]): Promise<Verdict>;
  /** Tests that failed alone with nothing broken: they lean on others, and saw nothing. */
  leaning: ReadonlySet<string>;
  end(): void;
};

/** Judges one mutant after another, by the tests that run it. */
export function createJudge(root: string, database: string): Judge {
  const workers = keepWorker(root, database);
  const standing = new Set<string>();
  const leaning = new Set<string>();
  const killers = new Map<string, KnownTest[]>();

  async function passesAlone({ file, name, milliseconds }: KnownTest, mutant: number): Promise<boolean> {
    const question = { file, names: [name], mutant, isStatic: false, bails: true };
    const runs = await workers.run(question, limitFor([{ milliseconds }]));
    return runs !== 'gone' && runs.every(({ failure }) => failure === undefined);
  }

  /**
   * Whether the mutant made the test fail: the test passes by itself with nothing broken, and where that may
   * be chance, fails a second time.
   */
  async function isSeen(test: KnownTest, mutant: Mutant): Promise<boolean> {
    const name = nameOf(test);
    if (!standing.has(name)) {
      const stands = await passesAlone(test, 0);
      (stands ? standing : leaning).add(name);
      if (!stands) return false;
    }
    const isPure = test.milliseconds < 20;
    return mutant.isStatic || isPure || !(await passesAlone(test, mutant.id));
  }

  function rememberKiller({ file }: Mutant, test: KnownTest): void {
    const others = (killers.get(file) ?? []).filter((one) => one !== test);
    killers.set(file, [test, ...others].slice(0, 2));
  }

  async function judge(mutant: Mutant, tests: readonly KnownTest[]): Promise<Verdict> {
    const usable = tests.filter((test) => !leaning.has(nameOf(test)));
    if (usable.length === 0) return { kind: 'not covered' };
    for (const group of inOrder(usable, mutant.file, killers.get(mutant.file) ?? [])) {
      const question = { ...questionOf(group), mutant: mutant.id, isStatic: mutant.isStatic, bails: true };
      const runs = await workers.run(question, limitFor(group));
      if (runs === 'gone') return { kind: 'gone' };
      const failed = runs.find(({ failure }) => failure !== undefined);
      const test = group.find(({ name }) => name === failed?.name);
      if (!test) continue;
      if (await isSeen(test, mutant)) {
        rememberKiller(mutant, test);
        return { kind: 'killed', by: nameOf(test) };
      }
      workers.end();
      const others = tests.filter((one) => one !== test);
      return others.length === 0 ? { kind: 'survived' } : judge(mutant, others);
    }
    return { kind: 'survived' };
  }

  return { judge, leaning, end: workers.end };
}

/** A process that stays as long as it is sound; a mutant that is read at the start has one of its own. */
function keepWorker(root: string, database: string) {
  let kept: Worker | undefined;
  return {
    async run(question: RunQuestion, limit: number): Promise<TestRun[] | 'gone'> {
      if (!question.isStatic && kept?.isAlive()) return kept.run(question, limit);
      const worker = await startWorker(root, database);
      if (!question.isStatic) kept = worker;
      const runs = await worker.run(question, limit);
      if (question.isStatic) worker.end();
      return runs;
    },
    end: () => kept?.end(),
  };
}

/**
 * Tests of one file each: what saw other mutants of the same code goes first, then the tests that are named
 * after the code, then what is fastest.
 */
function inOrder(tests: readonly KnownTest[], code: string, killers: readonly KnownTest[]): KnownTest[][] {
  const first = killers.filter((test) => tests.includes(test));
  const own = code.replace(/\.ts$/, '.test.ts');
  const rest = tests
    .filter((test) => !first.includes(test))
    .toSorted((one, other) => one.milliseconds - other.milliseconds)
    .toSorted((one, other) => Number(other.file === own) - Number(one.file === own));
  return [...first.map((test) => [test]), ...Map.groupBy(rest, ({ file }) => file).values()];
}

function questionOf(tests: readonly KnownTest[]): { file: string; names: string[] } {
  return { file: tests[0]?.file ?? '', names: tests.map(({ name }) => name) };
}

function nameOf({ file, name }: KnownTest): string {
  return `${file}: ${name}`;
}

/** Generous, since a machine may be busy: only what never ends should meet it. */
function limitFor(tests: readonly Pick<KnownTest, 'milliseconds'>[]): number {
  return 30_000 + 5 * tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}
