import type { Job, JobKind, JobResult, QueueDatabase } from './work.ts';
import { type ClaimedJob, claim, findDueLanes, finish, recordUnfinished, renew } from './work-store.ts';

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

const leaseSeconds = 12;
const renewMilliseconds = 4_000;

/** Runs due jobs of all lanes until stopped. Any number of nodes may run workers on one database. */
export function runWorker<Context>(options: WorkerOptions<Context>): Worker {
  const running = new Map<number, ClaimedJob>();
  const finished: ClaimedJob[] = [];
  let stopping = false;
  let turning = false;
  let again = false;
  let idle: (() => void) | undefined;

  async function turn(): Promise<void> {
    if (turning) {
      again = true;
      return;
    }
    turning = true;
    try {
      do {
        again = false;
        await flushFinished();
        if (!stopping) await claimDue();
      } while (again);
    } catch (error) {
      options.onError(error, undefined);
    } finally {
      turning = false;
      if (stopping && running.size === 0) idle?.();
    }
  }

  async function flushFinished(): Promise<void> {
    const ended = finished.splice(0);
    if (ended.length === 0) return;
    try {
      await finish(options.database, ended);
    } finally {
      for (const job of ended) running.delete(job.job_id);
    }
  }

  async function claimDue(): Promise<void> {
    if (running.size >= options.concurrency) return;
    const room = roomByLane(await findDueLanes(options.database), running, options);
    if (room.length === 0) return;
    const jobs = await claim(options.database, room, leaseSeconds);
    for (const job of jobs) {
      running.set(job.job_id, job);
      void start(job);
    }
    again ||= jobs.length > 0;
  }

  async function start(job: ClaimedJob): Promise<void> {
    const result = await runJob(options, job);
    if (result.kind === 'done') {
      finished.push(job);
    } else {
      await recordUnfinished(options.database, job, result, nextTry(options, job, result)).catch(
        (error: unknown) => options.onError(error, { name: job.name, jobId: job.job_id }),
      );
      running.delete(job.job_id);
    }
    setImmediate(() => void turn());
  }

  const poll = setInterval(() => void turn(), options.pollMilliseconds);
  const renewal = setInterval(() => {
    if (running.size > 0) {
      renew(options.database, [...running.values()], leaseSeconds).catch((error: unknown) =>
        options.onError(error, undefined),
      );
    }
  }, renewMilliseconds);
  void turn();

  return {
    wake: () => void turn(),
    async stop(graceMilliseconds) {
      stopping = true;
      clearInterval(poll);
      if (running.size > 0) {
        await Promise.race([
          new Promise<void>((resolve) => {
            idle = resolve;
          }),
          new Promise<void>((resolve) => setTimeout(resolve, graceMilliseconds).unref()),
        ]);
      }
      clearInterval(renewal);
      await turn();
    },
  };
}

/** How many more jobs of each due lane may start: the lane's own limit, within what the node has left. */
function roomByLane<Context>(
  lanes: readonly string[],
  running: ReadonlyMap<number, ClaimedJob>,
  options: WorkerOptions<Context>,
): { lane: string; room: number }[] {
  const busy = new Map<string, number>();
  for (const job of running.values()) busy.set(job.lane, (busy.get(job.lane) ?? 0) + 1);
  const left = options.concurrency - running.size;
  const share = Math.max(1, Math.ceil(left / Math.max(1, lanes.length)));
  return lanes
    .map((lane) => {
      const kind = options.kinds[lane.split(' ')[0] ?? lane];
      return { lane, room: Math.min(share, (kind?.concurrency ?? 0) - (busy.get(lane) ?? 0)) };
    })
    .filter((entry) => entry.room > 0)
    .slice(0, left);
}

async function runJob<Context>(options: WorkerOptions<Context>, claimed: ClaimedJob): Promise<JobResult> {
  const kind = options.kinds[claimed.name];
  if (!kind) return { kind: 'give up', reason: 'no such kind of job' };
  const job: Job = {
    jobId: claimed.job_id,
    name: claimed.name,
    lane: claimed.lane,
    arguments: claimed.arguments,
    failures: claimed.failures,
    isHeld: async () => (await renew(options.database, [claimed], kind.leaseSeconds)).size === 1,
  };
  try {
    return await kind.run(options.context, job);
  } catch (error) {
    options.onError(error, { name: claimed.name, jobId: claimed.job_id });
    return { kind: 'later', reason: error instanceof Error ? error.name : 'unknown error' };
  }
}

/** Seconds until the next try with ±20 % jitter, or nothing after the last one. */
function nextTry<Context>(
  options: WorkerOptions<Context>,
  job: ClaimedJob,
  result: Exclude<JobResult, { kind: 'done' }>,
): number | undefined {
  if (result.kind === 'give up') return undefined;
  if (result.afterSeconds !== undefined) return result.afterSeconds;
  const planned = options.kinds[job.name]?.retryAfterSeconds[job.failures];
  return planned === undefined ? undefined : planned * (0.8 + 0.4 * options.random());
}
