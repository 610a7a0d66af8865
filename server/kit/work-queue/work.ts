/**
 * How a job ends its run. Exceptions count as `later` with the error's class as the reason. `later` without
 * `afterSeconds` follows the plan of its kind, and dies at the plan's end; with it, it never dies.
 */
export type JobResult =
  | { kind: 'done' }
  | { kind: 'later'; afterSeconds?: number; reason: string; isFailure?: boolean }
  | { kind: 'give up'; reason: string };

export const done: JobResult = { kind: 'done' };

/** A kind of job: what runs, how often it is tried again, and how many run at once on one node. */
export type JobKind<Context> = {
  run(context: Context, job: Job): Promise<JobResult>;
  /** Seconds before the second, third, … try; after the last one the job is dead. */
  retryAfterSeconds: readonly number[];
  /** How many run at once in one lane: of one publisher, and where jobs say so of one host or channel. */
  concurrency: number;
  /**
   * How many run at once in all lanes of this kind; nothing means as many as the node runs. One publisher
   * holds at most half of them, as `fair-share.ts` says.
   */
  concurrencyOfAllLanes?: number;
  /** How long a claim holds without a sign of life; a living node renews it every four seconds. */
  leaseSeconds: number;
};

/**
 * A claimed job. `isHeld` asks whether the lease still stands, directly before a call that cannot be undone.
 */
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
  /** Whose work it is. Publishers take turns; without one it is the installation's own. */
  publisherId?: number;
  /** Jobs of one name and publisher share a lane, with its concurrency; one word makes finer ones: a host. */
  within?: string;
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
