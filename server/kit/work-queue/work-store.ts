import { createHash } from 'node:crypto';
import type { JobResult, NewJob, QueueDatabase } from './work.ts';

export type ClaimedJob = {
  job_id: number;
  lane: string;
  name: string;
  arguments: Record<string, unknown>;
  generation: number;
  requests: number;
  failures: number;
};

function statement(name: string, text: string) {
  return { name: `${name}:${createHash('sha256').update(text).digest('hex').slice(0, 8)}`, text };
}

const enqueueJobs = statement(
  'jobs.enqueue',
  `INSERT INTO jobs (lane, name, key, publisher_id, arguments, run_at, created_at)
   SELECT lane, name, key, publisher_id, arguments, at + after * interval '1 second', at
   FROM (SELECT leveret_now() AS at) clock,
     unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::jsonb[], $6::float8[])
       AS given (lane, name, key, publisher_id, arguments, after)
   ORDER BY name, key
   ON CONFLICT (name, key) WHERE key IS NOT NULL DO UPDATE
   SET requests = jobs.requests + 1, run_at = least(jobs.run_at, excluded.run_at)`,
);

/** Writes jobs in the caller's transaction, so that a fact and its follow-up are saved together. */
export async function enqueue(transaction: QueueDatabase, jobs: readonly NewJob[]): Promise<void> {
  const distinct = dropRepeatedKeys(jobs);
  if (distinct.length === 0) return;
  await transaction.query(enqueueJobs, [
    distinct.map((job) => job.lane ?? job.name),
    distinct.map((job) => job.name),
    distinct.map((job) => job.key ?? null),
    distinct.map((job) => job.publisherId ?? null),
    distinct.map((job) => JSON.stringify(job.arguments)),
    distinct.map((job) => job.afterSeconds ?? 0),
  ]);
}

/** One statement cannot touch a keyed row twice. */
function dropRepeatedKeys(jobs: readonly NewJob[]): NewJob[] {
  const seen = new Set<string>();
  return jobs.filter((job) => {
    if (job.key === undefined) return true;
    const id = `${job.name} ${job.key}`;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/** Lanes with due work, found by skipping from one lane to the next in the index. */
const listDueLanes = statement(
  'jobs.listDueLanes',
  `WITH RECURSIVE lanes (lane) AS (
     (SELECT lane FROM jobs ORDER BY lane LIMIT 1)
     UNION ALL
     SELECT (SELECT jobs.lane FROM jobs WHERE jobs.lane > lanes.lane ORDER BY jobs.lane LIMIT 1)
     FROM lanes WHERE lanes.lane IS NOT NULL)
   SELECT lane FROM lanes WHERE lane IS NOT NULL AND EXISTS (
     SELECT FROM jobs WHERE jobs.lane = lanes.lane AND run_at <= leveret_now()
       AND (leased_until IS NULL OR leased_until < statement_timestamp()))`,
);

export async function findDueLanes(database: QueueDatabase): Promise<string[]> {
  const rows = await database.query<{ lane: string }>(listDueLanes);
  return rows.map((row) => row.lane);
}

const claimJobs = statement(
  'jobs.claim',
  `UPDATE jobs SET generation = generation + 1, leased_until = statement_timestamp() + $3 * interval '1 second'
   WHERE job_id IN (
     SELECT picked.job_id FROM unnest($1::text[], $2::integer[]) AS wanted (lane, room),
       LATERAL (
         SELECT job_id FROM jobs
         WHERE jobs.lane = wanted.lane AND run_at <= leveret_now()
           AND (leased_until IS NULL OR leased_until < statement_timestamp())
         ORDER BY run_at, job_id LIMIT wanted.room FOR UPDATE SKIP LOCKED) picked)
   RETURNING job_id, lane, name, arguments, generation, requests, failures`,
);

export function claim(
  database: QueueDatabase,
  room: readonly { lane: string; room: number }[],
  leaseSeconds: number,
): Promise<ClaimedJob[]> {
  return database.query<ClaimedJob>(claimJobs, [
    room.map((entry) => entry.lane),
    room.map((entry) => entry.room),
    leaseSeconds,
  ]);
}

const renewLeases = statement(
  'jobs.renew',
  `UPDATE jobs SET leased_until = statement_timestamp() + $3 * interval '1 second'
   FROM unnest($1::bigint[], $2::integer[]) AS held (job_id, generation)
   WHERE jobs.job_id = held.job_id AND jobs.generation = held.generation
   RETURNING jobs.job_id`,
);

/** Renews leases and answers the jobs that are still ours. */
export async function renew(
  database: QueueDatabase,
  held: readonly ClaimedJob[],
  leaseSeconds: number,
): Promise<Set<number>> {
  const rows = await database.query<{ job_id: number }>(renewLeases, [
    held.map((job) => job.job_id),
    held.map((job) => job.generation),
    leaseSeconds,
  ]);
  return new Set(rows.map((row) => row.job_id));
}

const finishJobs = statement(
  'jobs.finish',
  `WITH ended AS (
     SELECT * FROM unnest($1::bigint[], $2::integer[], $3::integer[]) AS ended (job_id, generation, requests)
   ), gone AS (
     DELETE FROM jobs USING ended WHERE jobs.job_id = ended.job_id AND jobs.generation = ended.generation
       AND jobs.requests = ended.requests)
   UPDATE jobs SET leased_until = NULL, failures = 0, run_at = leveret_now()
   FROM ended WHERE jobs.job_id = ended.job_id AND jobs.generation = ended.generation
     AND jobs.requests <> ended.requests`,
);

/** Removes finished jobs; one that was asked for again while it ran is due at once instead. */
export async function finish(database: QueueDatabase, jobs: readonly ClaimedJob[]): Promise<void> {
  await database.query(finishJobs, [
    jobs.map((job) => job.job_id),
    jobs.map((job) => job.generation),
    jobs.map((job) => job.requests),
  ]);
}

const postponeJob = statement(
  'jobs.postpone',
  `UPDATE jobs SET leased_until = NULL, run_at = leveret_now() + $3 * interval '1 second',
     failures = failures + $4, last_error = $5
   WHERE job_id = $1 AND generation = $2`,
);

const buryJob = statement(
  'jobs.bury',
  `WITH gone AS (DELETE FROM jobs WHERE job_id = $1 AND generation = $2 RETURNING *)
   INSERT INTO dead_jobs (job_id, lane, name, key, publisher_id, arguments, failures, last_error, created_at, died_at)
   SELECT job_id, lane, name, key, publisher_id, arguments, failures + 1, $3, created_at, leveret_now() FROM gone`,
);

/** Records a run that did not finish: tried again after a while, or dead after the last try of its plan. */
export async function recordUnfinished(
  database: QueueDatabase,
  job: ClaimedJob,
  result: Exclude<JobResult, { kind: 'done' }>,
  afterSeconds: number | undefined,
): Promise<void> {
  if (result.kind === 'give up' || afterSeconds === undefined) {
    await database.query(buryJob, [job.job_id, job.generation, result.reason]);
    return;
  }
  const failures = result.isFailure === false ? 0 : 1;
  await database.query(postponeJob, [job.job_id, job.generation, afterSeconds, failures, result.reason]);
}
