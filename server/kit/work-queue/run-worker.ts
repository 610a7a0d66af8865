import { setTimeout as pause } from 'node:timers/promises';
import { createBatch } from '../batch.ts';
import { failpoint } from '../failpoint.ts';
import { mostOf } from '../fair-share.ts';
import { type Cuts, findDueLanes } from './find-due-lanes.ts';
import { shareRoom } from './share-room.ts';
import type { Job, JobKind, JobResult, QueueDatabase } from './work.ts';
import { type ClaimedJob, claim, type EndedJob, end, hold, type Lease, renew } from './work-store.ts';

export type Worker = {
  /** A hint that there is work; polling finds it anyway within a second. */
  wake(): void;
  /** Stops claiming, waits for what runs (at most `graceMilliseconds`), and leaves the rest to the leases. */
  stop(graceMilliseconds: number): Promise<void>;
};

export type WorkerOptions<Context> = {
  database: QueueDatabase;
  context: Context;
  kinds: Readonly<Record<string, JobKind<Context>>>;
  /** Jobs that run at once on this node, all lanes together; twice as many where many publishers hang. */
  concurrency: number;
  pollMilliseconds: number;
  random: () => number;
  onError(error: unknown, job: { name: string; jobId: number } | undefined): void;
};

const renewMilliseconds = 4_000;

/**
 * Under load many jobs end and are claimed by one statement; a job that comes to a quiet worker starts at
 * once.
 */
const restMilliseconds = 20;

/** Runs due jobs of all lanes until stopped. Any number of nodes may run workers on one database. */
export function runWorker<Context>(options: WorkerOptions<Context>): Worker {
  return new WorkerLoop(options);
}

class WorkerLoop<Context> implements Worker {
  readonly #options: WorkerOptions<Context>;
  readonly #running = new Set<ClaimedJob>();
  readonly #quiet = Promise.withResolvers<void>();
  readonly #timers: NodeJS.Timeout[];
  readonly #hold: Hold;
  #ended: EndedJob[] = [];
  #lastLane = '';
  #cuts: Cuts = new Map();
  #state: 'working' | 'stopping' | 'stopped' = 'working';
  #turning = false;
  #again = false;

  constructor(options: WorkerOptions<Context>) {
    this.#options = options;
    this.#hold = createBatch<Lease, boolean>({
      run: (leases) => hold(options.database, leases),
      maxSize: 256,
      isFaultOfOne: () => false,
    });
    this.#timers = [
      setInterval(() => this.wake(), options.pollMilliseconds),
      setInterval(() => void this.#renewLeases(), renewMilliseconds),
    ];
    this.wake();
  }

  wake(): void {
    void this.#turn();
  }

  async stop(graceMilliseconds: number): Promise<void> {
    if (this.#state === 'working') this.#state = 'stopping';
    this.wake();
    const { promise: graceIsOver, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, graceMilliseconds);
    await Promise.race([this.#quiet.promise, graceIsOver]);
    this.#state = 'stopped';
    clearTimeout(timer);
    for (const interval of this.#timers) clearInterval(interval);
  }

  /** One round at a time, and a rest after each: what arrives meanwhile shares the next one. */
  async #turn(): Promise<void> {
    if (this.#state === 'stopped') return;
    this.#again = true;
    if (this.#turning) return;
    this.#turning = true;
    while (this.#again) {
      this.#again = false;
      await this.#tell(() => this.#flushEnded());
      if (this.#state === 'working') await this.#tell(() => this.#claimDue());
      await pause(restMilliseconds);
    }
    this.#turning = false;
    if (this.#state === 'stopping' && this.#running.size === 0) this.#quiet.resolve();
  }

  async #tell(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.onError(error, undefined);
    }
  }

  /** What cannot be recorded now keeps its lease and is recorded in a later round. */
  async #flushEnded(): Promise<void> {
    if (this.#ended.length === 0) return;
    const batch = this.#ended;
    this.#ended = [];
    let left = new Set(batch.map((entry) => entry.job.job_id));
    try {
      failpoint('before end jobs');
      left = await end(this.#options.database, batch);
      failpoint('after end jobs');
    } finally {
      for (const entry of batch) {
        if (left.has(entry.job.job_id)) this.#ended.push(entry);
        else this.#running.delete(entry.job);
      }
    }
  }

  async #claimDue(): Promise<void> {
    if (this.#running.size >= mostOf(this.#options.concurrency)) return;
    const { lanes, cuts } = await findDueLanes(this.#options.database, this.#cuts);
    this.#cuts = cuts;
    this.#again ||= cuts.size > 0;
    const rooms = shareRoom(lanes, this.#running, { ...this.#options, lastLane: this.#lastLane });
    if (rooms.length === 0) return;
    this.#lastLane = rooms.at(-1)?.lane ?? '';
    failpoint('before claim jobs');
    const jobs = await claim(this.#options.database, rooms);
    failpoint('after claim jobs');
    for (const job of jobs) {
      this.#running.add(job);
      void this.#start(job);
    }
    this.#again ||= jobs.length > 0;
  }

  async #start(job: ClaimedJob): Promise<void> {
    const ending = endingOf(this.#options, job, await runJob(this.#options, this.#hold, job));
    // Only now: the list may have been replaced while the job ran.
    this.#ended.push(ending);
    setImmediate(() => this.wake());
  }

  async #renewLeases(): Promise<void> {
    if (this.#running.size === 0) return;
    const leases = [...this.#running].map((job) => ({ job, leaseSeconds: leaseOf(this.#options, job) }));
    await this.#tell(() => renew(this.#options.database, leases));
  }
}

/** Asks for one lease; concurrent askers share a statement. */
type Hold = (lease: Lease) => Promise<boolean>;

async function runJob<Context>(
  options: WorkerOptions<Context>,
  askHold: Hold,
  claimed: ClaimedJob,
): Promise<JobResult> {
  const kind = options.kinds[claimed.name];
  if (!kind) return { kind: 'later', afterSeconds: 60, reason: 'no such kind of job here', isFailure: false };
  const job: Job = {
    jobId: claimed.job_id,
    name: claimed.name,
    lane: claimed.lane,
    arguments: claimed.arguments,
    failures: claimed.failures,
    isHeld: () => askHold({ job: claimed, leaseSeconds: kind.leaseSeconds }),
  };
  try {
    return await kind.run(options.context, job);
  } catch (error) {
    options.onError(error, { name: claimed.name, jobId: claimed.job_id });
    return { kind: 'later', reason: error instanceof Error ? error.name : 'unknown error' };
  }
}

function leaseOf<Context>(options: WorkerOptions<Context>, job: ClaimedJob): number {
  return options.kinds[job.name]?.leaseSeconds ?? 12;
}

/**
 * A `later` without a time of its own follows its kind's plan with ±20 % jitter, and is dead after the last
 * try.
 */
function endingOf<Context>(options: WorkerOptions<Context>, job: ClaimedJob, result: JobResult): EndedJob {
  if (result.kind === 'done') return { job, isFailure: false };
  if (result.kind === 'give up') return { job, reason: result.reason, isFailure: true };
  const isFailure = result.isFailure ?? true;
  if (result.afterSeconds !== undefined) {
    return { job, reason: result.reason, afterSeconds: result.afterSeconds, isFailure };
  }
  const planned = options.kinds[job.name]?.retryAfterSeconds[job.failures];
  if (planned === undefined) return { job, reason: result.reason, isFailure };
  return { job, reason: result.reason, afterSeconds: planned * (0.8 + 0.4 * options.random()), isFailure };
}
