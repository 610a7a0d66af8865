import pg from 'pg';

export type Sent = { name: string; text: string; values: unknown[] };

/**
 * Notes every statement that the pools of this process send, while it is asked to: what a question makes the
 * database do is then known without the questions knowing it.
 */
export function watchStatements() {
  const kept = new Map<string, Sent>();
  let database: string | undefined;
  const original = pg.Client.prototype.query;
  // The driver has many forms of this call; only the one with a text and its values is looked at.
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [config] = given;
    if (database !== undefined && this.database === database && isSent(config)) {
      kept.set(config.text, { name: config.name ?? '', text: config.text, values: config.values ?? [] });
    }
    return Reflect.apply(original, this, given);
  } as typeof original;
  return {
    async during<Result>(
      name: string,
      work: () => Promise<Result>,
    ): Promise<{ result: Result; sent: Sent[] }> {
      kept.clear();
      database = name;
      try {
        return { result: await work(), sent: [...kept.values()] };
      } finally {
        database = undefined;
      }
    },
  };
}

function isSent(given: unknown): given is { name?: string; text: string; values?: unknown[] } {
  return typeof given === 'object' && given !== null && 'text' in given && typeof given.text === 'string';
}

/** The large tables that the statement's plans read whole, each with the statement's name. */
export async function findWholeReads(
  client: pg.Client,
  { name, text, values }: Sent,
  large: ReadonlySet<string>,
): Promise<string[]> {
  if (!/^\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(text)) return [];
  const found = new Set<string>();
  for (const options of ['FORMAT JSON', 'FORMAT JSON, GENERIC_PLAN']) {
    const given = options.includes('GENERIC_PLAN') ? [] : values;
    const { rows } = await client.query({ text: `EXPLAIN (${options}) ${text}`, values: given });
    for (const table of scannedTables(rows))
      if (large.has(table)) found.add(`${table} (${name.replace(/:.*/, '')})`);
  }
  return [...found];
}

function scannedTables(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(scannedTables);
  if (typeof node !== 'object' || node === null) return [];
  const below = Object.values(node).flatMap(scannedTables);
  const isWhole = 'Node Type' in node && node['Node Type'] === 'Seq Scan' && 'Relation Name' in node;
  return isWhole ? [String(node['Relation Name']), ...below] : below;
}
