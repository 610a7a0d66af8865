import { done, type JobResult } from '../kit/work-queue/work.ts';
import { sql } from './statement.ts';
import type { Database } from './transaction.ts';

const listYoung = sql(
  'statistics.listYoung',
  `SELECT format('%I', relname) AS name FROM pg_stat_user_tables
   WHERE schemaname = current_schema() AND n_mod_since_analyze > 500
     AND n_mod_since_analyze > n_live_tup / 2 AND n_live_tup < 1000000
   ORDER BY relname`,
);

// The plans need the sizes and little else; the default reads ten times as many rows.
const countRoughly = sql('statistics.countRoughly', 'SET LOCAL default_statistics_target = 10');

/**
 * Counts tables anew that have doubled. A prepared statement keeps its plan until then, and a plan made for
 * an empty table may read all of it when it has grown. PostgreSQL's own round does the same once a minute,
 * which a new installation under load would feel; tables that are large already are left to it.
 */
export async function refreshStatistics(context: { database: Database }): Promise<JobResult> {
  const young = await context.database.query<{ name: string }>(listYoung);
  for (const { name } of young) {
    await context.database.transaction('refresh-statistics', async (transaction) => {
      await transaction.query(countRoughly);
      await transaction.query(sql('statistics.refresh', `ANALYZE ${name}`));
    });
  }
  return done;
}
