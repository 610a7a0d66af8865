import { done, type JobResult } from '../kit/work-queue/work.ts';
import { type Queryable, sql } from './statement.ts';

/** Tables that only grow, partitioned by month, and how many months each is kept. */
const partitioned = [
  { table: 'events', keptMonths: 120 },
  { table: 'payment_outcomes', keptMonths: 120 },
  { table: 'delivery_tries', keptMonths: 3 },
] as const;

const monthsAhead = 3;

const listPartitions = sql(
  'partitions.list',
  `SELECT child.relname AS name FROM pg_inherits
     JOIN pg_class child ON child.oid = inhrelid JOIN pg_class parent ON parent.oid = inhparent
   WHERE parent.relname = $1`,
);

const readMonth = sql('partitions.month', `SELECT date_trunc('month', leveret_now() AT TIME ZONE 'UTC') AS month`);

/**
 * Makes the partitions of the coming months and drops those past their keeping time. What lands outside
 * all months is caught by the default partition, so a late run loses nothing.
 */
export async function keepPartitions(context: { database: Queryable }): Promise<JobResult> {
  const [row] = await context.database.query<{ month: Date }>(readMonth);
  if (!row) throw new Error('the database gave no time');
  const months = Array.from({ length: monthsAhead + 1 }, (_, ahead) => monthStart(row.month, ahead));
  for (const { table, keptMonths } of partitioned) {
    const existing = new Set((await context.database.query<{ name: string }>(listPartitions, [table])).map((one) => one.name));
    for (const month of months) await makePartition(context.database, table, month, existing);
    const oldest = partitionName(table, monthStart(row.month, -keptMonths));
    for (const name of existing) {
      if (/_\d{6}$/.test(name) && name < oldest) await context.database.query(sql('partitions.drop', `DROP TABLE ${name}`));
    }
  }
  return done;
}

async function makePartition(database: Queryable, table: string, month: Date, existing: ReadonlySet<string>): Promise<void> {
  const name = partitionName(table, month);
  if (existing.has(name)) return;
  const [from, until] = [month.toISOString(), monthStart(month, 1).toISOString()];
  await database.query(
    sql('partitions.make', `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF ${table} FOR VALUES FROM ('${from}') TO ('${until}')`),
  );
}

function partitionName(table: string, month: Date): string {
  return `${table}_${month.toISOString().slice(0, 7).replace('-', '')}`;
}

function monthStart(from: Date, ahead: number): Date {
  return new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + ahead, 1));
}
