import { createHash } from 'node:crypto';
import type { QueueDatabase } from './work.ts';

/** Where the last round stopped within the lanes of a name and publisher that has more than it looks at. */
export type Cuts = ReadonlyMap<string, string>;

export type DueLanes = { lanes: string[]; cuts: Cuts };

/** Lanes of one name and publisher that a round looks at; the next one goes on behind them. */
export const lanesAtATime = 128;

// Lanes are found by skipping from one to the next in the index, owner by owner (a name and publisher); in
// each lane it stops at the first due job. Thus neither a hundred thousand jobs in one lane nor ten thousand
// lanes of one publisher make the others' lanes dear to find. A lane's text is compared byte by byte: behind
// all that begin with an owner comes the owner with an exclamation mark.
const owner = `substring(lane FROM '^[^ ]* ?[^ ]*') COLLATE "C" AS owner`;
const nextOnes = 'ORDER BY lane COLLATE "C" LIMIT 1';

const text = `WITH RECURSIVE
  clock AS MATERIALIZED (SELECT leveret_now() AS at, statement_timestamp() AS real),
  owners AS (
    (SELECT ${owner} FROM jobs ${nextOnes})
    UNION ALL
    SELECT next.owner FROM owners, LATERAL (
      SELECT ${owner} FROM jobs WHERE jobs.lane COLLATE "C" >= owners.owner || '!' ${nextOnes}) next)
  SELECT owners.owner, lanes.lane, due.it IS NOT NULL AS is_due, lanes.place = $3 AS is_cut
  FROM clock, owners LEFT JOIN unnest($1::text[], $2::text[]) AS cut (owner, behind)
      ON cut.owner = owners.owner,
    LATERAL (
      WITH RECURSIVE found AS (
        (SELECT lane COLLATE "C" AS lane, 1 AS place FROM jobs
         WHERE lane COLLATE "C" >= owners.owner AND lane COLLATE "C" > coalesce(cut.behind, '')
           AND lane COLLATE "C" < owners.owner || '!' ${nextOnes})
        UNION ALL
        SELECT next.lane, place + 1 FROM found, LATERAL (
          SELECT lane COLLATE "C" AS lane FROM jobs
          WHERE jobs.lane COLLATE "C" > found.lane AND jobs.lane COLLATE "C" < owners.owner || '!'
          ${nextOnes}) next
        WHERE place < $3)
      SELECT * FROM found) lanes
    LEFT JOIN LATERAL (
      SELECT true AS it FROM jobs
      WHERE jobs.lane COLLATE "C" = lanes.lane AND run_at <= clock.at
        AND (leased_until IS NULL OR leased_until < clock.real)
      ORDER BY run_at, job_id LIMIT 1) due ON true
  WHERE due.it OR lanes.place = $3`;

const statement = {
  name: `jobs.findDueLanes:${createHash('sha256').update(text).digest('hex').slice(0, 8)}`,
  text,
};

type Row = { owner: string; lane: string; is_due: boolean; is_cut: boolean };

/** Lanes with due work, and where to go on for those who have too many lanes to look at in one round. */
export async function findDueLanes(database: QueueDatabase, cuts: Cuts): Promise<DueLanes> {
  const rows = await database.query<Row>(statement, [[...cuts.keys()], [...cuts.values()], lanesAtATime]);
  return {
    lanes: rows.filter((row) => row.is_due).map((row) => row.lane),
    cuts: new Map(rows.filter((row) => row.is_cut).map((row) => [row.owner, row.lane])),
  };
}
