import type pg from 'pg';

type Column = { table: string; name: string; type: string };

const ofOrders = 'order_id = ANY ($1::bigint[])';
const ofThem = `(${ofOrders} OR payment_id = ANY ($4::bigint[]))`;
/** What leads from an order, or a payment without one, to rows that carry no order's id of their own. */
const parents: Readonly<Record<string, string>> = {
  attempt_id: `payment_attempts WHERE ${ofThem}`,
  payment_id: `payments WHERE ${ofThem}`,
  delivery_id: `deliveries WHERE ${ofOrders}`,
  subscription_id: `subscriptions WHERE ${ofOrders}`,
};
/** Rows before those that refer to them. */
const firstTables = ['accounts', 'orders', 'payments', 'payment_attempts', 'login_links'];
const span = 1000;
const base = 1_000_000;
const copiesAtOnce = 2000;

export type Copies = {
  orders: readonly number[];
  /** Payments on a page that no order has taken. */
  payments?: readonly number[];
  count: number;
  overDays: number;
  /** How long ago the last of them is; now unless said. */
  endedDaysAgo?: number;
};

/**
 * Copies orders with all their rows by SQL: ids, references and the keys of people become others, and times
 * are spread over the days before now, so that later ids are of later times as they are in life.
 */
export async function multiplyOrders(client: pg.Client, copies: Copies, firstCopy: number): Promise<void> {
  const columns = await readColumns(client);
  const tables = Map.groupBy(columns, ({ table }) => table);
  const order = [...tables.keys()].sort((one, other) => rankOf(one) - rankOf(other));
  for (let done = 0; done < copies.count; done += copiesAtOnce) {
    const last = Math.min(done + copiesAtOnce, copies.count);
    for (const table of order) {
      const copied = copyStatement(table, tables.get(table) ?? [], copies, firstCopy);
      if (copied !== undefined)
        await client.query(copied, [
          copies.orders,
          firstCopy + done,
          firstCopy + last - 1,
          copies.payments ?? [],
        ]);
    }
  }
}

function rankOf(table: string): number {
  const rank = firstTables.indexOf(table);
  return rank === -1 ? firstTables.length : rank;
}

/** Columns that are stored, of the tables that hold what is the orders' own. */
async function readColumns(client: pg.Client): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT table_name AS table, column_name AS name, udt_name AS type
     FROM information_schema.columns JOIN pg_class ON relname = table_name AND NOT relispartition
     WHERE table_schema = 'public' AND is_generated = 'NEVER' AND relkind IN ('r', 'p')
     ORDER BY table_name, ordinal_position`,
  );
  return rows;
}

function copyStatement(
  table: string,
  columns: readonly Column[],
  { count, overDays, endedDaysAgo = 0 }: Copies,
  firstCopy: number,
): string | undefined {
  const isCopied = conditionOf(table, new Set(columns.map(({ name }) => name)));
  if (isCopied === undefined) return undefined;
  const seconds = `${(overDays * 86_400) / count} * (copy - ${firstCopy + count})`;
  const shift = `make_interval(days => -${endedDaysAgo}, secs => ${seconds})`;
  const values = columns.map((column) => `${copiedValue(column, shift)} AS ${column.name}`);
  return `INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')}) OVERRIDING SYSTEM VALUE
    SELECT ${values.join(', ')}
    FROM (SELECT * FROM ${table} WHERE ${isCopied}) seed, generate_series($2::bigint, $3::bigint) copy
    -- Not every table asks for payments; a parameter that nothing names has no type.
    WHERE $4::bigint[] IS NOT NULL
    ORDER BY copy`;
}

function conditionOf(table: string, names: ReadonlySet<string>): string | undefined {
  if (names.has('order_id')) return names.has('payment_id') ? ofThem : ofOrders;
  if (table === 'accounts' || table === 'credentials')
    return `account_id IN (SELECT account_id FROM orders WHERE ${ofOrders})`;
  const parent = Object.entries(parents).find(([id]) => names.has(id));
  return parent && `${parent[0]} IN (SELECT ${parent[0]} FROM ${parent[1]})`;
}

const references = new Set([
  'reference',
  'notice_token',
  'transaction_id',
  'external_order_id',
  'provider_id',
]);

const numbers = new Set(['moved_from', 'invoice_number', 'customer_number']);

function copiedValue({ name, type }: Column, shift: string): string {
  // What is looked at once a day is spread over the coming one, whenever it was made.
  if (name === 'next_check_at') return "now() + copy % 86400 * interval '1 second'";
  if (type === 'timestamptz') return `seed.${name} + ${shift}`;
  if (type === 'int8' && (name.endsWith('_id') || numbers.has(name)))
    return `seed.${name} + ${base} + copy * ${span}`;
  if (name === 'unique_user_id') return `md5(seed.${name} || copy)`;
  if (references.has(name)) return `seed.${name} || '-' || copy`;
  if (type === 'bytea' && /_(key|sha256)$/.test(name))
    return `sha256(seed.${name} || convert_to(copy::text, 'UTF8'))`;
  if (name === 'destination') return `copy || seed.${name}`;
  return `seed.${name}`;
}

const spans = { events: 'year', payment_outcomes: 'year', delivery_tries: 'month' };

/** Events, outcomes and tries of former years lie in partitions of their own, as they do after years. */
export async function makePastPartitions(client: pg.Client, days: number): Promise<void> {
  for (const [table, span] of Object.entries(spans)) {
    const { rows } = await client.query<{ name: string; from: string; to: string }>(
      `SELECT $1::text || to_char(part, CASE $3 WHEN 'year' THEN '_YYYY' ELSE '_YYYYMM' END) AS name,
         part::text AS from, (part + ('1 ' || $3)::interval)::text AS to
       FROM generate_series(date_trunc($3, now() - $2 * interval '1 day', 'UTC'),
         date_trunc($3, now(), 'UTC'), ('1 ' || $3)::interval) part`,
      [table, days, span],
    );
    for (const { name, from, to } of rows) {
      await client.query(
        `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF ${table} FOR VALUES FROM ('${from}') TO ('${to}')`,
      );
    }
  }
}

/** Puts every sequence behind what was copied, so that what comes now has the highest ids. */
export async function moveSequences(client: pg.Client, copies: number): Promise<void> {
  const next = base + (copies + 2) * span;
  await client.query(
    `SELECT setval(format('%I', sequencename)::regclass, $1::bigint) FROM pg_sequences
     WHERE schemaname = 'public' AND sequencename NOT LIKE '%publisher%'`,
    [next + 100_000],
  );
}
