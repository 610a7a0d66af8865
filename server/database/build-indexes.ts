import type pg from 'pg';

const mark = '-- outside a transaction';
const form = /^CREATE (UNIQUE )?INDEX CONCURRENTLY (\w+) ON (\w+) ([\s\S]+)$/;

type Index = { name: string; table: string; create: string; definition: string };

/** Whether a migration says in its first line that it runs outside a transaction. */
export function isBuiltOutside(text: string): boolean {
  return text.startsWith(`${mark}\n`);
}

/**
 * Builds the indexes of a migration one by one while others write to their tables. It may be killed anywhere
 * and run again: an index that is complete stays, and one that was left behind invalid is dropped and built
 * anew. Such a migration holds nothing but `CREATE INDEX CONCURRENTLY name ON table …;`. Throws
 * `SyntaxError` for anything else before it changes anything.
 */
export async function buildIndexes(client: pg.Client, text: string): Promise<void> {
  for (const index of readIndexes(text)) {
    if (await isPartitioned(client, index.table)) await buildOnPartitions(client, index);
    else await build(client, index);
  }
}

function readIndexes(text: string): Index[] {
  const statements = text.replace(/--.*$/gm, '').split(';');
  return statements
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
    .map(readIndex);
}

function readIndex(statement: string): Index {
  const [, unique = '', name = '', table = '', definition = ''] = form.exec(statement) ?? [];
  if (name === '') throw new SyntaxError(`not CREATE INDEX CONCURRENTLY name ON table …: ${statement}`);
  return { name, table, create: `CREATE ${unique}INDEX`, definition };
}

async function isPartitioned(client: pg.Client, table: string): Promise<boolean> {
  const found = await client.query(`SELECT FROM pg_class WHERE oid = to_regclass($1) AND relkind = 'p'`, [
    table,
  ]);
  return found.rows.length > 0;
}

async function build(client: pg.Client, { name, table, create, definition }: Index): Promise<void> {
  const found = await client.query<{ is_valid: boolean }>(
    'SELECT indisvalid AS is_valid FROM pg_index WHERE indexrelid = to_regclass($1)',
    [name],
  );
  const [left] = found.rows;
  if (left?.is_valid === true) return;
  if (left) await client.query(`DROP INDEX CONCURRENTLY ${name}`);
  await client.query(`${create} CONCURRENTLY ${name} ON ${table} ${definition}`);
}

/**
 * PostgreSQL builds no index of a partitioned table while others write, but of each partition, and takes it
 * over. A partition that is made meanwhile has its index by itself.
 */
async function buildOnPartitions(
  client: pg.Client,
  { name, table, create, definition }: Index,
): Promise<void> {
  await client.query(`${create} IF NOT EXISTS ${name} ON ONLY ${table} ${definition}`);
  const lacking = await client.query<{ partition: string }>(
    `SELECT child.relname AS partition
     FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
     WHERE inhparent = to_regclass($1) AND NOT EXISTS (
       SELECT FROM pg_inherits attached JOIN pg_index ON indexrelid = attached.inhrelid
       WHERE attached.inhparent = to_regclass($2) AND indrelid = child.oid)
     ORDER BY partition`,
    [table, name],
  );
  for (const { partition } of lacking.rows) {
    const own = `${partition}_${name}`;
    await build(client, { name: own, table: partition, create, definition });
    await client.query(`ALTER INDEX ${name} ATTACH PARTITION ${own}`);
  }
}
