import type { TestNode } from './node.ts';

/** Every row of every table, as text and as it is: what a dump of the database holds. */
export type DumpedRow = { table: string; text: string; row: Record<string, unknown> };

export async function dumpOf({ rows }: Pick<TestNode, 'rows'>): Promise<DumpedRow[]> {
  const tables = await rows<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
     ORDER BY relname`,
  );
  const dumped: DumpedRow[] = [];
  for (const { name } of tables) {
    const found = await rows<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(listed) AS row FROM ${name} listed ORDER BY to_jsonb(listed)::text`,
    );
    dumped.push(...found.map(({ row }) => ({ table: name, text: JSON.stringify(row), row })));
  }
  return dumped;
}

/** Where any of these words stand, as `table: word`. */
export function hitsOf(dump: readonly DumpedRow[], words: readonly string[]): string[] {
  const found = dump.flatMap(({ table, text }) =>
    words
      .filter((word) => text.toLowerCase().includes(word.toLowerCase()))
      .map((word) => `${table}: ${word}`),
  );
  return [...new Set(found)].sort();
}
