/** How a job ends its run. Exceptions count as `later` with the error's class as the reason. */
export type JobResult =
  | { kind: 'done' }
  | { kind: 'later'; afterSeconds?: number; reason: string; isFailure?: boolean }
  | { kind: 'give up'; reason: string };

export const done: JobResult = { kind: 'done' };

/** A kind of job: what runs, how often it is tried again, and how many run at once in one lane on one node. */
export type JobKind<Context> = {
  run(context: Context, job: Job): Promise<JobResult>;
  /** Seconds before the second, third, … try; after the last one the job is dead. */
  retryAfterSeconds: readonly number[];
  concurrency: number;
  leaseSeconds: number;
};

/** A claimed job. `isHeld` asks whether the lease still stands, directly before a call that cannot be undone. */
export type Job = {
  jobId: number;
  name: string;
  lane: string;
  arguments: Record<string, unknown>;
  failures: number;
  isHeld(): Promise<boolean>;
};

export type NewJob = {
  name: string;
  publisherId?: number;
  /** Jobs of one lane share a concurrency; the name is the lane unless said. */
  lane?: string;
  /** At most one job with this key waits; a request during its run causes another run. */
  key?: string;
  arguments: Record<string, unknown>;
  afterSeconds?: number;
};

/** What the queue needs of a database; the kit knows no more of it. */
export type QueueDatabase = {
  query<Row extends object>(
    statement: { name: string; text: string },
    values?: readonly unknown[],
  ): Promise<Row[]>;
};
