import pg from 'pg';

/** The rows of every table that are not the stranger's, as text, with how often each stands there. */
export type State = ReadonlyMap<string, ReadonlyMap<string, number>>;

export type StateReader = { read(): Promise<State>; close(): Promise<void> };

/** What nodes write for themselves, whoever calls: presence, schedules, and counters of tries. */
const ofTheFixture = ['nodes', 'schedules', 'order_expiry', 'attempt_counters', 'schema_migrations'];

/** Reads the whole database but for what belongs to one publisher; partitions count as their table. */
export async function openStateReader(
  databaseUrl: string,
  stranger: { publisherId: number; clientId: string },
): Promise<StateReader> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
       AND relname <> ALL ($1) ORDER BY relname`,
    [ofTheFixture],
  );
  const sessions = new Set<string>();
  return {
    async read() {
      for (const uid of await readSessions(client, stranger.publisherId)) sessions.add(uid);
      const state = new Map<string, Map<string, number>>();
      for (const { name } of tables)
        state.set(name, await readTable(client, name, { ...stranger, sessions: [...sessions] }));
      return state;
    },
    close: () => client.end(),
  };
}

/** What their end leaves behind names nothing else than the session. */
async function readSessions(client: pg.Client, publisherId: number): Promise<string[]> {
  const { rows } = await client.query<{ uid: string }>(
    'SELECT session_uid::text AS uid FROM sessions WHERE publisher_id = $1',
    [publisherId],
  );
  return rows.map(({ uid }) => uid);
}

type Stranger = { publisherId: number; clientId: string; sessions: readonly string[] };

/** A row is the stranger's by its publisher, its client, its session, or the order that it belongs to. */
async function readTable(client: pg.Client, table: string, stranger: Stranger): Promise<Map<string, number>> {
  const { rows } = await client.query<{ row: string; times: string }>(
    `SELECT row::text AS row, count(*) AS times FROM (SELECT to_jsonb(t) AS row FROM ${table} t) listed
     WHERE (row ->> 'publisher_id') IS DISTINCT FROM $1
       AND (row ? 'publisher_id' OR (row ->> 'client_id') IS DISTINCT FROM $2)
       AND NOT ((row ->> 'model') IS NOT DISTINCT FROM 'EndedSession' AND (row ->> 'record_id') = ANY ($4))
       AND (row ? 'publisher_id' OR NOT (row ? 'order_id') OR NOT EXISTS (
         SELECT FROM orders
         WHERE orders.publisher_id = $3 AND orders.order_id = (row ->> 'order_id')::bigint))
     GROUP BY row`,
    [String(stranger.publisherId), stranger.clientId, stranger.publisherId, stranger.sessions],
  );
  return new Map(rows.map(({ row, times }) => [row, Number(times)]));
}

/** Which rows came, went or changed, as `+ table row` and `- table row`. */
export function changesBetween(before: State, after: State): string[] {
  const changes: string[] = [];
  for (const [table, rows] of after) {
    const former = before.get(table) ?? new Map<string, number>();
    for (const [row, times] of rows) if (former.get(row) !== times) changes.push(`+ ${table} ${row}`);
    for (const [row, times] of former) if (rows.get(row) !== times) changes.push(`- ${table} ${row}`);
  }
  return changes;
}

/** How many rows there are. */
export function sizeOf(state: State): number {
  let size = 0;
  for (const rows of state.values()) for (const times of rows.values()) size += times;
  return size;
}
