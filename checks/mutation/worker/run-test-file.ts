import type { TestContext } from 'node:test';
import type { Switches } from '../runtime.ts';
import type { TestFile } from './test-shim.ts';

export type TestRun = {
  name: string;
  /** What went wrong, or nothing. */
  failure?: string;
  milliseconds: number;
  covered: number[];
};

/**
 * Runs tests of a file, those that are named or all, and ends at the first that fails where `bails`. Each
 * run has its own fixtures. What the preparation covers, every test of the file covers.
 */
export async function runTestFile(
  file: TestFile,
  switches: Switches,
  options: { names?: readonly string[]; bails: boolean; onFailure?(run: TestRun): void },
): Promise<TestRun[]> {
  const runs: TestRun[] = [];
  const chosen = file.tests.filter(({ name }) => options.names?.includes(name) ?? true);
  switches.covered = new Set();
  const prepared = await failureOf(() => inTurn(file.before));
  const shared = [...switches.covered];
  for (const test of prepared === undefined ? chosen : chosen.slice(0, 1)) {
    switches.covered = new Set(shared);
    const start = performance.now();
    const failure = prepared ?? (await runTest(file, test));
    const milliseconds = performance.now() - start;
    const covered = [...switches.covered];
    const run = { name: test.name, milliseconds, covered, ...(failure !== undefined && { failure }) };
    runs.push(run);
    if (failure !== undefined) options.onFailure?.(run);
    if (failure !== undefined && options.bails) break;
  }
  await failureOf(() => inTurn(file.after));
  return runs;
}

async function runTest(file: TestFile, test: TestFile['tests'][number]): Promise<string | undefined> {
  const ends: (() => unknown)[] = [];
  const context = contextOf(test.name, ends);
  const failure =
    (await failureOf(() => inTurn(file.beforeEach))) ?? (await failureOf(() => test.run(context)));
  const ended = await failureOf(() => inTurn([...ends, ...file.afterEach]));
  return failure ?? ended;
}

/** As much of a test's context as tests use. */
function contextOf(name: string, ends: (() => unknown)[]): TestContext {
  const { mock } = process.getBuiltinModule('node:test');
  const context = {
    name,
    signal: new AbortController().signal,
    mock,
    after: (hook: () => unknown) => void ends.push(hook),
    diagnostic: () => undefined,
    test: async (inner: string, body: (context: TestContext) => unknown) => body(contextOf(inner, ends)),
  };
  return context as unknown as TestContext;
}

async function inTurn(hooks: readonly (() => unknown)[]): Promise<void> {
  for (const hook of hooks) await hook();
}

/** The message of what is thrown now, or meanwhile by nobody who waits for it. */
async function failureOf(work: () => unknown): Promise<string | undefined> {
  let lost: unknown;
  const note = (error: unknown) => {
    lost = error;
  };
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  try {
    await work();
    return lost === undefined ? undefined : messageOf(lost);
  } catch (error) {
    return messageOf(error);
  } finally {
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') || error.name : String(error);
}
