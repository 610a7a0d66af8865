import { failpoint } from '../failpoint.ts';
import { shareRoom } from './share-room.ts';
import type { Job, JobKind, JobResult, QueueDatabase } from './work.ts';
import { type ClaimedJob, claim, type EndedJob, end, findDueLanes, hold, renew } from './work-store.ts';

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
  /** Jobs that run at once on this node, all lanes together. */
  concurrency: number;
  pollMilliseconds: number;
  random: () => number;
  onError(error: unknown, job: { name: string; jobId: number } | undefined): void;
};

const renewMilliseconds = 4_000;

/** Runs due jobs of all lanes until stopped. Any number of nodes may run workers on one database. */
export function runWorker<Context>(options: WorkerOptions<Context>): Worker {
  const running = new Set<ClaimedJob>();
  const quiet = Promise.withResolvers<void>();
  let ended: EndedJob[] = [];
  let lastLane = '';
  let state: 'working' | 'stopping' | 'stopped' = 'working';
  let turning = false;
  let again = false;

  /** One round at a time: what arrives during a round is one more round after it. */
  async function turn(): Promise<void> {
    if (state === 'stopped') return;
    again = true;
    if (turning) return;
    turning = true;
    while (again) {
      again = false;
      await tell(flushEnded);
      if (state === 'working') await tell(claimDue);
    }
    turning = false;
    if (state === 'stopping' && running.size === 0) quiet.resolve();
  }

  async function tell(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      options.onError(error, undefined);
    }
  }

  /** What cannot be recorded now keeps its lease and is recorded in a later round. */
  async function flushEnded(): Promise<void> {
    if (ended.length === 0) return;
    const batch = ended;
    ended = [];
    let left = new Set(batch.map((entry) => entry.job.job_id));
    try {
      failpoint('before end jobs');
      left = await end(options.database, batch);
      failpoint('after end jobs');
    } finally {
      for (const entry of batch) {
        if (left.has(entry.job.job_id)) ended.push(entry);
        else running.delete(entry.job);
      }
    }
  }

  async function claimDue(): Promise<void> {
    if (running.size >= options.concurrency) return;
    const lanes = await findDueLanes(options.database);
    const rooms = shareRoom(lanes, running, { ...options, lastLane });
    if (rooms.length === 0) return;
    lastLane = rooms.at(-1)?.lane ?? '';
    failpoint('before claim jobs');
    const jobs = await claim(options.database, rooms);
    failpoint('after claim jobs');
    for (const job of jobs) {
      running.add(job);
      void start(job);
    }
    again ||= jobs.length > 0;
  }

  async function start(job: ClaimedJob): Promise<void> {
    const ending = endingOf(options, job, await runJob(options, job));
    // Only now: the list may have been replaced while the job ran.
    ended.push(ending);
    setImmediate(() => void turn());
  }

  const poll = setInterval(() => void turn(), options.pollMilliseconds);
  const renewal = setInterval(() => {
    if (running.size === 0) return;
    const leases = [...running].map((job) => ({ job, leaseSeconds: leaseOf(options, job) }));
    void tell(() => renew(options.database, leases));
  }, renewMilliseconds);
  void turn();

  return {
    wake: () => void turn(),
    async stop(graceMilliseconds) {
      if (state === 'working') state = 'stopping';
      void turn();
      const { promise: graceIsOver, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, graceMilliseconds);
      await Promise.race([quiet.promise, graceIsOver]);
      state = 'stopped';
      clearTimeout(timer);
      clearInterval(poll);
      clearInterval(renewal);
    },
  };
}

async function runJob<Context>(options: WorkerOptions<Context>, claimed: ClaimedJob): Promise<JobResult> {
  const kind = options.kinds[claimed.name];
  if (!kind) return { kind: 'later', afterSeconds: 60, reason: 'no such kind of job here', isFailure: false };
  const job: Job = {
    jobId: claimed.job_id,
    name: claimed.name,
    lane: claimed.lane,
    arguments: claimed.arguments,
    failures: claimed.failures,
    isHeld: () => hold(options.database, { job: claimed, leaseSeconds: kind.leaseSeconds }),
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
