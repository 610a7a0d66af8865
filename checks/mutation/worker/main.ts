import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { places } from '../places.ts';
import { builtPath, readPlaces } from '../read-places.ts';
import { createSwitches, switchesName } from '../runtime.ts';
import { runTestFile, type TestRun } from './run-test-file.ts';
import { collect, type TestFile } from './test-shim.ts';

/** `mutant` 0 is the code as it is; a static one is on while the test's file is loaded. */
export type RunQuestion = {
  file: string;
  names?: readonly string[];
  mutant: number;
  isStatic: boolean;
  bails: boolean;
};

export type Question = ({ kind: 'run' } & RunQuestion) | { kind: 'loaded' };

export type Answer =
  | { kind: 'ready' }
  /** Told at once, since what follows may hang. */
  | { kind: 'failed'; run: TestRun }
  | { kind: 'ran'; runs: TestRun[] }
  | { kind: 'loaded'; statements: [number, string][]; readOnLoad: number[] };

const root = process.argv[2] ?? process.cwd();
const switches = createSwitches();
Object.assign(globalThis, { [switchesName]: switches });
const instrumented = new Map(
  (await readPlaces(root, places)).map(({ file, text }) => [
    pathToFileURL(join(root, builtPath(file))).href,
    text,
  ]),
);
const shim = new URL('./test-shim.js', import.meta.url).href;
const files = new Map<string, TestFile>();

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'node:test') return { url: shim, shortCircuit: true };
    const isOfSource = specifier.endsWith('.ts') && instrumented.has(context.parentURL ?? '');
    return next(isOfSource ? specifier.replace(/\.ts$/, '.js') : specifier, context);
  },
  load(url, context, next) {
    const source = instrumented.get(url);
    return source === undefined
      ? next(url, context)
      : { format: 'module-typescript', source, shortCircuit: true };
  },
});

async function load(path: string): Promise<TestFile> {
  const url = pathToFileURL(join(root, builtPath(path))).href;
  switches.covered = switches.readOnLoad;
  const file = await collect(() => import(url));
  files.set(path, file);
  return file;
}

async function answer(question: Question): Promise<Answer> {
  switch (question.kind) {
    case 'loaded':
      return {
        kind: 'loaded',
        statements: [...switches.statements].map(([id, { text }]) => [id, text]),
        readOnLoad: [...switches.readOnLoad],
      };
    case 'run': {
      switches.active = question.isStatic ? question.mutant : 0;
      const file = files.get(question.file) ?? (await load(question.file));
      switches.active = question.mutant;
      const onFailure = (run: TestRun) => process.send?.({ kind: 'failed', run } satisfies Answer);
      const { names, bails } = question;
      const runs = await runTestFile(file, switches, { bails, onFailure, ...(names && { names }) });
      return { kind: 'ran', runs };
    }
  }
}

process.on('message', (question: Question) => {
  answer(question).then(
    (given) => process.send?.(given),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
// What a broken test leaves behind ends no run; a failure is told while its test runs.
process.on('unhandledRejection', () => undefined);
process.on('uncaughtException', () => undefined);
process.send?.({ kind: 'ready' } satisfies Answer);
