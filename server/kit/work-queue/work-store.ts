import { createHash } from 'node:crypto';
import { cutText } from '../cut-text.ts';
import { storableText } from '../storable-text.ts';
import { laneOf } from './lane.ts';
import type { NewJob, QueueDatabase } from './work.ts';

export type ClaimedJob = {
  job_id: number;
  lane: string;
  name: string;
  arguments: Record<string, unknown>;
  generation: number;
  failures: number;
};

/** A run that is over: done, tried again after a while, or dead. */
export type EndedJob = {
  job: ClaimedJob;
  /** Nothing when the job is done. */
  reason?: string;
  /** Nothing when the job is done or dead. */
  afterSeconds?: number;
  isFailure: boolean;
};

function statement(name: string, text: string) {
  return { name: `${name}:${createHash('sha256').update(text).digest('hex').slice(0, 8)}`, text };
}

const enqueueJobs = statement(
  'jobs.enqueue',
  `WITH clock AS MATERIALIZED (SELECT leveret_now() AS at)
   INSERT INTO jobs (lane, name, key, publisher_id, arguments, run_at, created_at)
   SELECT lane, name, key, publisher_id, arguments, at + after * interval '1 second', at
   FROM clock,
     unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::json[], $6::float8[])
       AS given (lane, name, key, publisher_id, arguments, after)
   ORDER BY name, key
   ON CONFLICT (name, key) WHERE key IS NOT NULL DO UPDATE SET
     run_at = CASE WHEN jobs.leased_until IS NULL THEN least(jobs.run_at,
       excluded.run_at) ELSE jobs.run_at END,
     asked_again_at = CASE WHEN jobs.leased_until IS NULL THEN NULL
       ELSE least(jobs.asked_again_at, excluded.run_at) END`,
);

/** Writes jobs in the caller's transaction, so that a fact and its follow-up are saved together. */
export async function enqueue(transaction: QueueDatabase, jobs: readonly NewJob[]): Promise<void> {
  const distinct = mergeRepeatedKeys(jobs);
  if (distinct.length === 0) return;
  await transaction.query(enqueueJobs, [
    distinct.map(laneOf),
    distinct.map((job) => job.name),
    distinct.map((job) => job.key ?? null),
    distinct.map((job) => job.publisherId ?? null),
    distinct.map((job) => JSON.stringify(job.arguments)),
    distinct.map((job) => job.afterSeconds ?? 0),
  ]);
}

/** One statement cannot touch a keyed row twice; of several requests the soonest counts. */
function mergeRepeatedKeys(jobs: readonly NewJob[]): NewJob[] {
  const keyed = new Map<string, NewJob>();
  for (const job of jobs) {
    if (job.key === undefined) continue;
    const id = `${job.name} ${job.key}`;
    const known = keyed.get(id);
    if (known === undefined || (job.afterSeconds ?? 0) < (known.afterSeconds ?? 0)) keyed.set(id, job);
  }
  return [...jobs.filter((job) => job.key === undefined), ...keyed.values()];
}

// The rows are picked once, before the update: a plan that ran the inner part again would lock more than
// asked. They are named as an array besides, since the plan does not know how few they are, and would look
// for them through all jobs that wait.
const claimJobs = statement(
  'jobs.claim',
  `WITH picked AS MATERIALIZED (
     SELECT due.job_id, wanted.lease_seconds
     FROM unnest($1::text[], $2::integer[], $3::float8[]) AS wanted (lane, room, lease_seconds),
       LATERAL (
         SELECT job_id FROM jobs
         WHERE jobs.lane COLLATE "C" = wanted.lane AND run_at <= (SELECT leveret_now())
           AND (leased_until IS NULL OR leased_until < statement_timestamp())
         ORDER BY run_at, job_id LIMIT wanted.room FOR UPDATE SKIP LOCKED) due)
   UPDATE jobs SET generation = generation + 1,
     leased_until = statement_timestamp() + picked.lease_seconds * interval '1 second',
     asked_again_at = CASE WHEN asked_again_at > (SELECT leveret_now()) THEN asked_again_at END
   FROM picked WHERE jobs.job_id = picked.job_id AND jobs.job_id = ANY (ARRAY(SELECT job_id FROM picked))
   RETURNING jobs.job_id, lane, name, arguments, generation, failures`,
);

export type Room = { lane: string; room: number; leaseSeconds: number };

/** Takes due jobs of these lanes, oldest first; what another node holds is passed over. */
export function claim(database: QueueDatabase, rooms: readonly Room[]): Promise<ClaimedJob[]> {
  return database.query<ClaimedJob>(claimJobs, [
    rooms.map((entry) => entry.lane),
    rooms.map((entry) => entry.room),
    rooms.map((entry) => entry.leaseSeconds),
  ]);
}

const heldLeases = `WITH held AS MATERIALIZED (
     SELECT jobs.job_id, given.lease_seconds
     FROM unnest($1::bigint[], $2::integer[], $3::float8[]) AS given (job_id, generation, lease_seconds)
     JOIN jobs ON jobs.job_id = given.job_id AND jobs.generation = given.generation
       AND jobs.leased_until IS NOT NULL
     FOR UPDATE OF jobs SKIP LOCKED)`;

const renewLeases = statement(
  'jobs.renew',
  `${heldLeases}
   UPDATE jobs SET leased_until = statement_timestamp() + held.lease_seconds * interval '1 second'
   FROM held WHERE jobs.job_id = held.job_id`,
);

export type Lease = { job: ClaimedJob; leaseSeconds: number };

/**
 * Renews leases without waiting for rows that are being changed; the next round renews those. A job that was
 * postponed meanwhile has no lease any more and gets none: it would count as running until it is due.
 */
export async function renew(database: QueueDatabase, leases: readonly Lease[]): Promise<void> {
  await database.query(renewLeases, leaseColumns(leases));
}

function leaseColumns(leases: readonly Lease[]): unknown[] {
  return [
    leases.map((lease) => lease.job.job_id),
    leases.map((lease) => lease.job.generation),
    leases.map((lease) => lease.leaseSeconds),
  ];
}

const holdLease = statement(
  'jobs.hold',
  `${heldLeases}
   UPDATE jobs SET leased_until = statement_timestamp() + held.lease_seconds * interval '1 second'
   FROM held WHERE jobs.job_id = held.job_id RETURNING jobs.job_id, jobs.generation`,
);

/**
 * Whether each job is still this runner's; if so, its lease begins anew. A row that is being changed by
 * another at this moment counts as lost, so that no job waits for another's row: the job is taken up again.
 */
export async function hold(database: QueueDatabase, leases: readonly Lease[]): Promise<boolean[]> {
  const rows = await database.query<{ job_id: number; generation: number }>(holdLease, leaseColumns(leases));
  const generations = new Map(rows.map((row) => [row.job_id, row.generation]));
  return leases.map(({ job }) => generations.get(job.job_id) === job.generation);
}

// A row that a request under the same key is changing right now is left for the next round: waiting for it
// would hold up every other job. A job that was asked for again during its run is not removed but due again.
const endJobs = statement(
  'jobs.end',
  `WITH ended AS (
     SELECT * FROM unnest($1::bigint[], $2::integer[], $3::float8[], $4::integer[], $5::text[])
       AS ended (job_id, generation, after, failed, reason)
   ), held AS MATERIALIZED (
     SELECT jobs.job_id, jobs.asked_again_at, ended.after, ended.failed, ended.reason
     FROM ended JOIN jobs ON jobs.job_id = ended.job_id AND jobs.generation = ended.generation
     FOR UPDATE OF jobs SKIP LOCKED
   ), gone AS (
     DELETE FROM jobs USING held
     WHERE jobs.job_id = held.job_id AND held.after IS NULL AND held.asked_again_at IS NULL
     RETURNING jobs.*, held.reason
   ), buried AS (
     INSERT INTO dead_jobs
       (job_id, lane, name, key, publisher_id, arguments, failures, last_error, created_at, died_at)
     SELECT job_id, lane, name, key, publisher_id, arguments, failures + 1, reason, created_at,
       (SELECT leveret_now())
     FROM gone WHERE reason IS NOT NULL
   ), postponed AS (
     UPDATE jobs SET leased_until = NULL, asked_again_at = NULL, last_error = held.reason,
       run_at = least((SELECT leveret_now()) + held.after * interval '1 second', held.asked_again_at),
       failures = CASE WHEN held.after IS NULL THEN 0 ELSE failures + held.failed END
     FROM held
     WHERE jobs.job_id = held.job_id AND (held.after IS NOT NULL OR held.asked_again_at IS NOT NULL))
   SELECT jobs.job_id FROM ended JOIN jobs ON jobs.job_id = ended.job_id
     AND jobs.generation = ended.generation
   WHERE NOT EXISTS (SELECT FROM held WHERE held.job_id = ended.job_id)`,
);

/**
 * Removes, postpones or buries jobs whose run is over; one that another runner holds by now is left alone.
 * Answers the ids that could not be ended yet.
 */
export async function end(database: QueueDatabase, ended: readonly EndedJob[]): Promise<Set<number>> {
  const rows = await database.query<{ job_id: number }>(endJobs, [
    ended.map((entry) => entry.job.job_id),
    ended.map((entry) => entry.job.generation),
    ended.map((entry) => entry.afterSeconds ?? null),
    ended.map((entry) => (entry.isFailure ? 1 : 0)),
    ended.map((entry) => storable(entry.reason)),
  ]);
  return new Set(rows.map((row) => row.job_id));
}

/** A text that the database refuses would keep every job of the batch from ending. */
function storable(reason: string | undefined): string | null {
  return reason === undefined ? null : cutText(storableText(reason), 500);
}
