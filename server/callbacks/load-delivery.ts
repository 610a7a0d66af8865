import { type Queryable, sql } from '../database/statement.ts';
import type { ClientSettings } from '../publishers/client-settings.ts';
import { type DeliveryKind, type DeliveryState, failuresBeforeOthersPass } from './callback.ts';

export type LoadedDelivery = {
  delivery_id: number;
  publisher_id: number;
  order_id: number | null;
  kind: DeliveryKind;
  endpoint_id: number | null;
  url: string;
  event_name: string;
  sequence: number | null;
  body: Record<string, unknown>;
  state: DeliveryState;
  failures: number;
  /** The database's time. */
  now: Date;
  seconds_since_queued: number;
  seconds_until_due: number;
  profile: 'original' | 'strict' | null;
  client_settings: Partial<ClientSettings> | null;
  /** Nothing when the endpoint is deleted or switched off. */
  sealed_secrets: Buffer | null;
  /** Whether an earlier event of the order goes first. */
  must_wait: boolean;
};

const load = sql(
  'deliveries.load',
  `SELECT one.delivery_id, one.publisher_id, one.order_id, one.kind, one.endpoint_id, one.url, one.event_name,
     one.sequence, one.body, one.state, one.failures, clock.at AS now,
     extract(epoch FROM clock.at - one.queued_at)::float8 AS seconds_since_queued,
     coalesce(extract(epoch FROM one.next_try_at - clock.at), 0)::float8 AS seconds_until_due,
     clients.profile, clients.settings AS client_settings, endpoints.sealed_secrets,
     EXISTS (
       SELECT FROM deliveries earlier
       WHERE earlier.order_id = one.order_id AND earlier.kind = one.kind
         AND coalesce(earlier.endpoint_id, 0) = coalesce(one.endpoint_id, 0)
         AND earlier.state = 'waiting' AND earlier.failures < $3
         AND (earlier.created_at, earlier.delivery_id) < (one.created_at, one.delivery_id)) AS must_wait
   FROM (SELECT (SELECT leveret_now()) AS at) clock,
     unnest($1::integer[], $2::bigint[]) AS given (publisher_id, delivery_id)
   JOIN deliveries one ON one.delivery_id = given.delivery_id AND one.publisher_id = given.publisher_id
   LEFT JOIN clients ON clients.client_id = one.client_id AND clients.publisher_id = one.publisher_id
   LEFT JOIN webhook_endpoints endpoints ON endpoints.endpoint_id = one.endpoint_id
     AND endpoints.publisher_id = one.publisher_id AND endpoints.disabled_at IS NULL`,
);

export type DeliveryKey = { publisherId: number; deliveryId: number };

/** Everything that each try needs, read once at its beginning; nothing for another publisher's delivery. */
export async function loadDeliveries(
  database: Queryable,
  keys: readonly DeliveryKey[],
): Promise<(LoadedDelivery | undefined)[]> {
  const rows = await database.query<LoadedDelivery>(load, [
    keys.map((key) => key.publisherId),
    keys.map((key) => key.deliveryId),
    failuresBeforeOthersPass,
  ]);
  const found = new Map(rows.map((row) => [row.delivery_id, row]));
  return keys.map((key) => {
    const row = found.get(key.deliveryId);
    return row?.publisher_id === key.publisherId ? row : undefined;
  });
}
