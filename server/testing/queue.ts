import { createPool } from '../database/connect.ts';
import { createDatabase, type Database } from '../database/transaction.ts';
import { runWorker, type Worker, type WorkerOptions } from '../kit/work-queue/run-worker.ts';
import type { JobKind, NewJob } from '../kit/work-queue/work.ts';
import { enqueue } from '../kit/work-queue/work-store.ts';
import { createTestDatabase } from './database.ts';

export type JobRow = {
  job_id: number;
  name: string;
  key: string | null;
  failures: number;
  last_error: string | null;
};

/** A queue on a real database, with workers as on nodes of their own. For tests. */
export type TestQueue = Awaited<ReturnType<typeof openTestQueue>>;

export async function openTestQueue() {
  const testDatabase = await createTestDatabase();
  const pool = createPool(
    { connection: testDatabase.connection, poolSize: 16, preparedStatements: true },
    () => undefined,
  );
  const database: Database = createDatabase(pool, {
    preparedStatements: true,
    report: async () => undefined,
    random: Math.random,
  });
  const workers: Worker[] = [];
  const errors: unknown[] = [];
  const wake = () => workers.forEach((worker) => worker.wake());
  const query = <Row extends object>(text: string, values: unknown[] = []) =>
    database.query<Row>({ name: '', text }, values);
  return {
    database,
    errors,
    wake,
    query,
    startWorker(
      kinds: Record<string, JobKind<object>>,
      changes: Partial<WorkerOptions<object>> = {},
    ): Worker {
      const worker = runWorker<object>({
        database,
        context: {},
        kinds,
        concurrency: 64,
        pollMilliseconds: 1_000,
        random: () => 0.5,
        onError: (error) => errors.push(error),
        ...changes,
      });
      workers.push(worker);
      return worker;
    },
    async add(...jobs: NewJob[]): Promise<void> {
      await enqueue(database, jobs);
      wake();
    },
    jobs: () => query<JobRow>('SELECT * FROM jobs ORDER BY job_id'),
    deadJobs: () => query<JobRow>('SELECT * FROM dead_jobs ORDER BY job_id'),
    /** Resolves once no job waits or runs. */
    async untilEmpty(): Promise<void> {
      for (;;) {
        const [row] = await query<{ count: number }>('SELECT count(*) AS count FROM jobs');
        if (row?.count === 0) return;
      }
    },
    async close(): Promise<void> {
      await Promise.all(workers.map((worker) => worker.stop(1_000)));
      await database.close();
      await testDatabase.drop();
    },
  };
}

/** A job that waits inside its run until the test lets it go on. */
export function gate() {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    open: opened.resolve,
    async pass(): Promise<void> {
      reached.resolve();
      await opened.promise;
    },
  };
}
