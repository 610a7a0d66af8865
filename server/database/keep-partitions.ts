import { done, type JobResult } from '../kit/work-queue/work.ts';
import { type Queryable, sql } from './statement.ts';
import type { Database } from './transaction.ts';

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

const readMonth = sql('partitions.month', `SELECT date_trunc('month', leveret_now(), 'UTC') AS month`);

/**
 * Makes the partitions of the coming months and drops those past their keeping time. What lands outside
 * all months is caught by the default partition, so a late run loses nothing. Nodes may do it at once.
 */
export async function keepPartitions(context: { database: Database }): Promise<JobResult> {
  const [row] = await context.database.query<{ month: Date }>(readMonth);
  if (!row) throw new Error('the database gave no time');
  const { month } = row;
  for (const one of partitioned) {
    await context.database.transaction('keep-partitions', (transaction) =>
      keepTable(transaction, one, month),
    );
  }
  return done;
}

type Partitioned = (typeof partitioned)[number];

/** `IF NOT EXISTS` does not see a table that another node is just making, so they take turns. */
async function keepTable(
  transaction: Queryable,
  { table, keptMonths }: Partitioned,
  month: Date,
): Promise<void> {
  await transaction.query(sql('partitions.lock', `LOCK TABLE ONLY ${table} IN SHARE UPDATE EXCLUSIVE MODE`));
  const rows = await transaction.query<{ name: string }>(listPartitions, [table]);
  const existing = new Set(rows.map((one) => one.name));
  const months = Array.from({ length: monthsAhead + 1 }, (_, ahead) => monthStart(month, ahead));
  for (const start of months) await makePartition(transaction, table, start, existing);
  const oldest = partitionName(table, monthStart(month, -keptMonths));
  for (const name of existing) {
    if (/_\d{6}$/.test(name) && name < oldest)
      await transaction.query(sql('partitions.drop', `DROP TABLE ${name}`));
  }
}

async function makePartition(
  database: Queryable,
  table: string,
  month: Date,
  existing: ReadonlySet<string>,
): Promise<void> {
  const name = partitionName(table, month);
  if (existing.has(name)) return;
  const [from, until] = [month.toISOString(), monthStart(month, 1).toISOString()];
  await database.query(
    sql(
      'partitions.make',
      `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF ${table} FOR VALUES FROM ('${from}') TO ('${until}')`,
    ),
  );
}

function partitionName(table: string, month: Date): string {
  return `${table}_${month.toISOString().slice(0, 7).replace('-', '')}`;
}

function monthStart(from: Date, ahead: number): Date {
  return new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + ahead, 1));
}
