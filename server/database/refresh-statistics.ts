import { done, type JobResult } from '../kit/work-queue/work.ts';
import { type Queryable, sql } from './statement.ts';

const listYoung = sql(
  'statistics.listYoung',
  `SELECT format('%I', relname) AS name FROM pg_stat_user_tables
   WHERE schemaname = current_schema() AND n_mod_since_analyze > 500
     AND n_mod_since_analyze > n_live_tup / 2 AND n_live_tup < 1000000
   ORDER BY relname`,
);

/**
 * Counts tables anew that have doubled. A prepared statement keeps its plan until then, and a plan made for
 * an empty table may read all of it when it has grown. PostgreSQL's own round does the same once a minute,
 * which a new installation under load would feel; tables that are large already are left to it.
 */
export async function refreshStatistics(context: { database: Queryable }): Promise<JobResult> {
  const young = await context.database.query<{ name: string }>(listYoung);
  for (const { name } of young) await context.database.query(sql('statistics.refresh', `ANALYZE ${name}`));
  return done;
}
