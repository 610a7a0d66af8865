import { done, type JobResult } from '../kit/work-queue/work.ts';
import { type Queryable, type Statement, sql } from './statement.ts';

/** A run looks at no more, so that it takes as long whatever a table holds. */
const rowsAtATime = 200;

/** Rows of a table that are looked at in the order of their ids, which is nearly that of their age. */
export type Pruned = {
  table: string;
  id: string;
  /** The column that says how old a row is. */
  at: string;
  /** Which rows of the table come into question; a partial index holds the same. */
  among?: string;
  /** Which of those that are too old may go, spoken of as `old`. */
  condition: string;
  /** What is deleted, from rows named `gone` with the id; the rows themselves unless said. */
  deletion?: string;
};

/** What is pruned, under the name that its mark has. */
export type Prune = { name: string; batch: Statement };

/**
 * One batch: looks at the next rows after $1 and deletes what is older than $3 days say, for publishers $2.
 * Answers the last id that it looked at, and whether what follows may be too old as well: as long as one row
 * was, since a single younger one among them says nothing.
 */
export function pruneOf(name: string, pruned: Pruned): Prune {
  const { table, id, at, among = 'true', condition, deletion } = pruned;
  const batch = sql(
    name,
    `WITH kept AS MATERIALIZED (
       SELECT publisher_id, (SELECT leveret_now()) - days * interval '1 day' AS until
       FROM unnest($2::integer[], $3::integer[]) AS given (publisher_id, days)
     ), looked_at AS MATERIALIZED (
       SELECT * FROM ${table} WHERE ${id} > $1 AND ${among} ORDER BY ${id} LIMIT ${rowsAtATime}
     ), gone AS MATERIALIZED (
       SELECT old.${id} FROM looked_at old JOIN kept USING (publisher_id)
       WHERE old.${at} < kept.until AND ${condition}
     ), ${deletion ?? `deleted AS (DELETE FROM ${table} USING gone WHERE ${table}.${id} = gone.${id})`}
     SELECT max(${id}) AS last, count(*)::integer AS looked_at,
       min(${at}) < (SELECT max(until) FROM kept) AS goes_on
     FROM looked_at`,
  );
  return { name, batch };
}

type Batch = { last: number | null; looked_at: number; goes_on: boolean | null };

const findMark = sql('pruneMarks.find', 'SELECT last_id FROM prune_marks WHERE name = $1');

const moveMark = sql(
  'pruneMarks.move',
  `INSERT INTO prune_marks (name, last_id) VALUES ($1, $2)
   ON CONFLICT (name) DO UPDATE SET last_id = excluded.last_id`,
);

/**
 * Runs the batch behind the one before. Answers `later` where there is more to look at; behind the last one
 * the next round begins anew, since what had to stay may go by then.
 */
export async function pruneNextBatch(
  database: Queryable,
  { name, batch }: Prune,
  kept: readonly { publisherId: number; days: number }[],
): Promise<JobResult> {
  const publishers = [kept.map(({ publisherId }) => publisherId), kept.map(({ days }) => days)];
  const [mark] = await database.query<{ last_id: number }>(findMark, [name]);
  const [looked] = await database.query<Batch>(batch, [mark?.last_id ?? 0, ...publishers]);
  const isMore = looked?.goes_on === true && looked.looked_at === rowsAtATime;
  await database.query(moveMark, [name, isMore ? looked.last : 0]);
  return isMore ? { kind: 'later', afterSeconds: 0, reason: 'more to look at', isFailure: false } : done;
}
