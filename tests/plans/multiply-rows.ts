import type { Client } from 'pg';

/**
 * Repeats the rows of a database until there are so many orders: what is in it, and in which shapes, is what
 * the nodes themselves have written. Ids, hashed keys and unique texts of a copy are its own, its times lie
 * further back, and it hangs together as its original does.
 */
export async function multiplyRows(
  client: Client,
  fixed: ReadonlySet<string>,
  orders: number,
): Promise<void> {
  const tables = (await client.query<Table>(listTables)).rows.filter(({ name }) => !fixed.has(name));
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${name}`);
    counts.set(name, Number(rows[0]?.count));
  }
  const copies = Math.ceil(orders / (counts.get('orders') ?? 0));
  const parents = new Set(tables.flatMap((table) => table.parents));
  await client.query('BEGIN');
  for (const table of parentsFirst(tables)) {
    const count = counts.get(table.name) ?? 0;
    if (count === 0) continue;
    // Of the many events and tries of an order a part will do; a row that others point at may not be missing.
    const part = Math.ceil(orders / 3 / count);
    const isWhole = parents.has(table.name) || table.name === 'grants';
    const most = table.parents.length > 0 ? Math.min(copies, part) : part;
    await client.query(copyTable(table, isWhole ? copies : most));
  }
  await client.query('COMMIT');
  await client.query('ANALYZE');
}

function parentsFirst(tables: readonly Table[]): Table[] {
  const sorted: Table[] = [];
  const place = (table: Table): void => {
    if (sorted.includes(table)) return;
    for (const parent of tables) if (parent !== table && table.parents.includes(parent.name)) place(parent);
    sorted.push(table);
  };
  tables.forEach(place);
  return sorted;
}

type Column = { name: string; type: string; isUnique: boolean };
type Table = { name: string; columns: Column[]; uniques: string[][]; parents: string[] };

/** Tables of the fixture, with their unique indexes and the tables that they point at. */
const listTables = `SELECT relname AS name,
    (SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, NULL),
       'isUnique', EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisunique
         AND attnum = ANY (indkey))) ORDER BY attnum)
     FROM pg_attribute WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
       AND attgenerated = '') AS columns,
    (SELECT coalesce(json_agg(parts), '[]') FROM (
       SELECT array_agg(attname) AS parts FROM pg_index
       JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
       WHERE indrelid = pg_class.oid AND indisunique GROUP BY indexrelid) one) AS uniques,
    ARRAY(SELECT confrelid::regclass::text FROM pg_constraint
      WHERE conrelid = pg_class.oid AND contype = 'f') AS parents
  FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
  ORDER BY relname`;

const step = 1_000_000_000;

function copyTable({ name, columns, uniques }: Table, copies: number): string {
  const values = columns.map((column) => copyColumn(column, needsSuffix(column, columns, uniques)));
  const names = columns.map((column) => column.name).join(', ');
  return `INSERT INTO ${name} (${names}) OVERRIDING SYSTEM VALUE
    SELECT ${values.join(', ')} FROM ${name}, generate_series(1, ${copies}) AS copy`;
}

function copyColumn({ name, type, isUnique }: Column, isSuffixed: boolean): string {
  if (isShifted({ name, type, isUnique })) return `${name} + copy * ${step}::bigint`;
  if (isHashed({ type })) return `sha256(${name} || copy::text::bytea)`;
  if (type === 'uuid') return `md5(${name}::text || copy)::uuid`;
  if (type === 'timestamp with time zone') return `${name} - copy * interval '10 minutes'`;
  if (!isSuffixed) return name;
  return `CASE WHEN ${name} ~ '^[0-9a-f]{32}$' THEN md5(${name} || copy) ELSE ${name} || '-' || copy END`;
}

function isShifted({ name, type, isUnique }: Column): boolean {
  return type === 'bigint' && (isUnique || name.endsWith('_id') || name === 'customer_number');
}

function isHashed({ type }: { type: string }): boolean {
  return type === 'bytea';
}

/**
 * What names a login, of which a reader has few, and the last text of a unique index in which nothing else
 * tells a copy from its original.
 */
function needsSuffix(column: Column, columns: Column[], uniques: string[][]): boolean {
  if (column.type === 'text' && ['grant_id', 'session_uid'].includes(column.name)) return true;
  return uniques.some((parts) => {
    const members = columns.filter(({ name }) => parts.includes(name));
    const isTold = members.some((member) => isShifted(member) || isHashed(member));
    return !isTold && members.findLast(({ type }) => type === 'text') === column;
  });
}
