import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Question, RunQuestion } from './worker/main.ts';
import type { TestRun } from './worker/run-test-file.ts';

export type Loaded = { statements: Map<number, string>; readOnLoad: Set<number> };

/** A process that holds the instrumented program and runs tests of it. */
export type Worker = {
  /** Runs tests of one file. `gone`: the worker died, or had to be killed, and is of no use any more. */
  run(question: RunQuestion, mostMilliseconds: number): Promise<TestRun[] | 'gone'>;
  /** The texts of broken statements by mutant, and which mutants were asked for while files were loaded. */
  loaded(): Promise<Loaded>;
  isAlive(): boolean;
  end(): void;
};

const workerFile = fileURLToPath(new URL('./worker/main.js', import.meta.url));
const loadLimit = 120_000;

/** Ends the process where it does not answer in time, or dies. */
export async function startWorker(root: string, database: string): Promise<Worker> {
  const env = { ...process.env, LEVERET_TEST_DATABASE: database };
  const child = fork(workerFile, [root], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await next(child, loadLimit);
  const ask = (question: Question, limit: number) => {
    child.send(question);
    return next(child, limit);
  };
  return {
    async run(question, limit) {
      const { answer, failed } = await ask({ kind: 'run', ...question }, limit);
      if (answer?.kind === 'ran') return answer.runs;
      return failed ? [failed] : 'gone';
    },
    async loaded() {
      const { answer } = await ask({ kind: 'loaded' }, loadLimit);
      if (answer?.kind !== 'loaded') throw new Error('the worker does not say what it loaded');
      return { statements: new Map(answer.statements), readOnLoad: new Set(answer.readOnLoad) };
    },
    isAlive: () => child.connected,
    end: () => void child.kill('SIGKILL'),
  };
}

/** The next whole answer, and what failed before it; no answer where the worker was killed or died. */
function next(child: ChildProcess, limit: number): Promise<{ answer?: Answer; failed?: TestRun }> {
  return new Promise((resolve) => {
    let failed: TestRun | undefined;
    const finish = (answer?: Answer) => {
      clearTimeout(timer);
      child.off('message', hear);
      child.off('exit', die);
      resolve({ ...(answer && { answer }), ...(failed && { failed }) });
    };
    const hear = (answer: Answer) => {
      if (answer.kind === 'failed') failed = answer.run;
      else finish(answer);
    };
    const die = () => finish();
    const timer = setTimeout(() => child.kill('SIGKILL'), limit);
    child.on('message', hear);
    child.once('exit', die);
  });
}
