import { type Queryable, sql } from '../database/statement.ts';
import type { DeliveryKind, DeliveryState } from './callback.ts';
import { microsecondsOf, type Position, timeOf } from './position.ts';

export type DeliveryRow = {
  delivery_id: number;
  order_id: number | null;
  kind: DeliveryKind;
  endpoint_id: number | null;
  url: string;
  event_name: string;
  sequence: number | null;
  state: DeliveryState;
  tries: number;
  next_try_at: Date | null;
  created_at: Date;
  ended_at: Date | null;
  at_microseconds: number;
  /** The latest tries, newest first. */
  latest_tries: {
    try_number: number;
    outcome: string;
    status: number | null;
    milliseconds: number;
    reply: string | null;
    tried_at: string;
  }[];
};

export type DeliveryFilter = {
  publisherId: number;
  before?: Position | undefined;
  deliveryId?: number | undefined;
  orderId?: number | undefined;
  state?: DeliveryState | undefined;
  limit: number;
};

const shownTries = 20;

// What waits has a job, given up or not, and there are few of these beside all that was ever sent. An index
// that names the state would cost every delivery a second entry in each of its indexes.
const inState: Readonly<Record<DeliveryState, string>> = {
  waiting: `state = 'waiting' AND delivery_id = ANY (ARRAY(
    SELECT key::bigint FROM jobs WHERE name = 'deliver' AND publisher_id = $1
    UNION SELECT key::bigint FROM dead_jobs WHERE name = 'deliver' AND publisher_id = $1))`,
  delivered: `state = 'delivered'`,
  failed: `state = 'failed' AND failed_at IS NOT NULL`,
};

/** A publisher's callbacks and webhooks, newest first, with their latest tries. */
export function findDeliveries(database: Queryable, filter: DeliveryFilter): Promise<DeliveryRow[]> {
  const values: unknown[] = [filter.publisherId, filter.limit];
  const conditions = ['publisher_id = $1'];
  const given = (value: unknown) => `$${values.push(value)}`;
  if (filter.deliveryId !== undefined) conditions.push(`delivery_id = ${given(filter.deliveryId)}`);
  if (filter.orderId !== undefined) conditions.push(`order_id = ${given(filter.orderId)}`);
  if (filter.state !== undefined) conditions.push(inState[filter.state]);
  if (filter.before) {
    const [at, id] = [given(filter.before.atMicroseconds), given(filter.before.id)];
    conditions.push(`(created_at, delivery_id) < (${timeOf(at)}, ${id})`);
  }
  const list = sql(
    'deliveries.list',
    `SELECT page.*, coalesce(latest_tries, '[]') AS latest_tries FROM (
       SELECT delivery_id, order_id, kind, endpoint_id, url, event_name, sequence, state, tries,
         next_try_at, created_at, ended_at, ${microsecondsOf('created_at')} AS at_microseconds
       FROM deliveries WHERE ${conditions.join(' AND ')}
       ORDER BY created_at DESC, delivery_id DESC LIMIT $2) page
     LEFT JOIN LATERAL (
       SELECT jsonb_agg(to_jsonb(latest)) AS latest_tries FROM (
         SELECT try_number, outcome, status, milliseconds, reply, tried_at FROM delivery_tries
         WHERE delivery_tries.delivery_id = page.delivery_id
         ORDER BY try_number DESC LIMIT ${shownTries}) latest) tried ON true
     ORDER BY created_at DESC, delivery_id DESC`,
  );
  return database.query<DeliveryRow>(list, values);
}
