import { done, type JobResult } from '../kit/work-queue/work.ts';
import { type Queryable, sql } from './statement.ts';
import type { Database } from './transaction.ts';

/**
 * Tables that only grow, partitioned by this column, and how many months each is kept at least. What is kept
 * for long lies in years: whoever asks for the rows of one order looks into every partition.
 */
const partitioned = [
  { table: 'events', at: 'occurred_at', span: 'year', keptMonths: 120 },
  { table: 'payment_outcomes', at: 'read_at', span: 'year', keptMonths: 120 },
  { table: 'delivery_tries', at: 'tried_at', span: 'month', keptMonths: 3 },
] as const;

const monthsAhead = 3;
/** One statement moves so many rows: far less than it may within its time. */
const movedAtOnce = 20_000;

const listPartitions = sql(
  'partitions.list',
  `SELECT child.relname AS name FROM pg_inherits
     JOIN pg_class child ON child.oid = inhrelid JOIN pg_class parent ON parent.oid = inhparent
   WHERE parent.relname = $1`,
);

const readMonth = sql(
  'partitions.month',
  `SELECT date_trunc('month', (SELECT leveret_now()), 'UTC') AS month`,
);

/**
 * Makes the partitions of the coming months and drops those past their keeping time. What lands outside all
 * of them is caught by the default partition, and moves to one of its own time here: a late run loses
 * nothing. Nodes may do it at once.
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
async function keepTable(transaction: Queryable, kept: Partitioned, month: Date): Promise<void> {
  const { table, keptMonths } = kept;
  await transaction.query(sql('partitions.lock', `LOCK TABLE ONLY ${table} IN SHARE UPDATE EXCLUSIVE MODE`));
  const rows = await transaction.query<{ name: string }>(listPartitions, [table]);
  const existing = new Set(rows.map((one) => one.name));
  const oldest = monthStart(month, -keptMonths);
  // Before anything is made: to drop one takes the whole table, and that is always locked before its parts.
  for (const name of existing) {
    if (isBefore(name, oldest)) await transaction.query(sql('partitions.drop', `DROP TABLE ${name}`));
  }
  const coming = Array.from({ length: monthsAhead + 1 }, (_, ahead) => monthStart(month, ahead));
  for (const start of coming) await makePartition(transaction, kept, start, existing);
  for (const start of await listCaughtMonths(transaction, kept))
    await makePartition(transaction, kept, start, existing);
}

/** The months of rows that the default partition caught. */
async function listCaughtMonths(transaction: Queryable, { table, at }: Partitioned): Promise<Date[]> {
  const caught = await transaction.query<{ month: Date }>(
    sql(
      'partitions.caughtMonths',
      `SELECT DISTINCT date_trunc('month', ${at}, 'UTC') AS month FROM ${table}_default ORDER BY 1`,
    ),
  );
  return caught.map(({ month }) => month);
}

/** Takes over what the default partition caught of its time: with such rows left, none could be attached. */
async function makePartition(
  transaction: Queryable,
  kept: Partitioned,
  month: Date,
  existing: Set<string>,
): Promise<void> {
  const { table, at } = kept;
  const partition = partitionOf(kept, month, existing);
  const { name } = partition;
  if (existing.has(name)) return;
  existing.add(name);
  const [from, until] = [partition.from.toISOString(), partition.until.toISOString()];
  const make = (what: string, text: string) => transaction.query(sql(`partitions.${what}`, text));
  await make('make', `CREATE TABLE ${name} (LIKE ${table} INCLUDING ALL)`);
  await make('lockDefault', `LOCK TABLE ${table}_default IN ACCESS EXCLUSIVE MODE`);
  await moveRows(transaction, `${table}_default`, name, `${at} >= '${from}' AND ${at} < '${until}'`);
  await make(
    'attach',
    `ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM ('${from}') TO ('${until}')`,
  );
}

async function moveRows(
  transaction: Queryable,
  source: string,
  target: string,
  condition: string,
): Promise<void> {
  const move = sql(
    'partitions.moveRows',
    `WITH moved AS (
       DELETE FROM ${source} WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM ${source} WHERE ${condition} LIMIT ${movedAtOnce})) RETURNING *
     ), kept AS (INSERT INTO ${target} SELECT * FROM moved)
     SELECT count(*)::integer AS moved FROM moved`,
  );
  for (;;) {
    const [batch] = await transaction.query<{ moved: number }>(move);
    if ((batch?.moved ?? 0) < movedAtOnce) return;
  }
}

type Partition = { name: string; from: Date; until: Date };

/** Where rows of a month belong. A year that an earlier release began in months goes on in months. */
function partitionOf({ table, span }: Partitioned, month: Date, existing: ReadonlySet<string>): Partition {
  const ofYear = `${table}_${month.getUTCFullYear()}`;
  const isInMonths = [...existing].some((name) => name.startsWith(ofYear) && name !== ofYear);
  if (span === 'month' || isInMonths) {
    const digits = String(month.getUTCMonth() + 1).padStart(2, '0');
    return { name: `${ofYear}${digits}`, from: month, until: monthStart(month, 1) };
  }
  const from = monthStart(month, -month.getUTCMonth());
  return { name: ofYear, from, until: monthStart(from, 12) };
}

/** Whether a partition, of a year or of a month by its name, ends before this month. */
function isBefore(name: string, oldest: Date): boolean {
  const [, year = '', month = '12'] = /_(\d{4})(\d{2})?$/.exec(name) ?? [];
  return year !== '' && new Date(Date.UTC(Number(year), Number(month), 1)) <= oldest;
}

function monthStart(from: Date, ahead: number): Date {
  return new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + ahead, 1));
}
