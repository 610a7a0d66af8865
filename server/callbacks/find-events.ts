import { type Queryable, sql } from '../database/statement.ts';
import { microsecondsOf, type Position, timeOf } from './position.ts';

export type EventRow = {
  event_id: number;
  order_id: number | null;
  name: string;
  facts: Record<string, unknown>;
  occurred_at: Date;
  at_microseconds: number;
};

export type EventFilter = {
  publisherId: number;
  after: Position | undefined;
  orderId: number | undefined;
  name: string | undefined;
  limit: number;
};

// An event is stamped when it is written and seen when its transaction commits, so a younger one may be seen
// first. Nothing can still appear before this moment: every transaction that had begun to write is over. One
// that only reads counts from its running statement; sixty seconds are longer than any transaction may last.
const readSettledTime = sql(
  'events.settledTime',
  `SELECT
     ${microsecondsOf('(SELECT leveret_now()) - (statement_timestamp() - settled_at)')} AS at_microseconds
   FROM (
     SELECT greatest(statement_timestamp() - interval '60 seconds',
       least(statement_timestamp(), min(CASE WHEN backend_xid IS NULL THEN query_start ELSE xact_start END))
         - interval '20 milliseconds') AS settled_at
     FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
       AND (backend_xid IS NOT NULL OR state = 'active')) settled`,
);

/**
 * A publisher's events, oldest first, after a position. Only what is settled is shown: no event can appear
 * later before one that was shown, so a reader who goes on from the last position misses nothing.
 */
export async function findEvents(database: Queryable, filter: EventFilter): Promise<EventRow[]> {
  const [settled] = await database.query<{ at_microseconds: number }>(readSettledTime);
  if (!settled) throw new Error('the database gave no time');
  const values: unknown[] = [filter.publisherId, settled.at_microseconds, filter.limit];
  const conditions = ['publisher_id = $1', `occurred_at < ${timeOf('$2')}`];
  const given = (value: unknown) => `$${values.push(value)}`;
  if (filter.orderId !== undefined) conditions.push(`order_id = ${given(filter.orderId)}`);
  if (filter.name !== undefined) conditions.push(`name = ${given(filter.name)}`);
  if (filter.after) {
    const [at, id] = [given(filter.after.atMicroseconds), given(filter.after.id)];
    conditions.push(`(occurred_at, event_id) > (${timeOf(at)}, ${id})`);
  }
  const list = sql(
    'events.list',
    `SELECT event_id, order_id, name, facts, occurred_at, ${microsecondsOf('occurred_at')} AS at_microseconds
     FROM events WHERE ${conditions.join(' AND ')} ORDER BY occurred_at, event_id LIMIT $3`,
  );
  return database.query<EventRow>(list, values);
}
