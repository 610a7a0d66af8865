import { type Queryable, sql } from '../database/statement.ts';

export type EndpointRow = {
  endpoint_id: number;
  url: string;
  event_names: string[];
  failing_since: Date | null;
  disabled_at: Date | null;
  disabled_reason: 'gone' | 'only failed' | null;
  created_at: Date;
};

const columns = 'endpoint_id, url, event_names, failing_since, disabled_at, disabled_reason, created_at';

const list = sql(
  'webhookEndpoints.list',
  `SELECT ${columns} FROM webhook_endpoints WHERE publisher_id = $1 ORDER BY endpoint_id`,
);

export function listEndpoints(database: Queryable, publisherId: number): Promise<EndpointRow[]> {
  return database.query<EndpointRow>(list, [publisherId]);
}

const find = sql(
  'webhookEndpoints.find',
  `SELECT ${columns} FROM webhook_endpoints WHERE publisher_id = $1 AND endpoint_id = $2`,
);

export async function findEndpoint(
  database: Queryable,
  publisherId: number,
  endpointId: number,
): Promise<EndpointRow | undefined> {
  return (await database.query<EndpointRow>(find, [publisherId, endpointId]))[0];
}

// The id comes first, because it is part of what the secrets are sealed with.
const nextId = sql(
  'webhookEndpoints.nextId',
  `SELECT nextval(pg_get_serial_sequence('webhook_endpoints', 'endpoint_id')) AS endpoint_id`,
);

export async function nextEndpointId(database: Queryable): Promise<number> {
  const [row] = await database.query<{ endpoint_id: number }>(nextId);
  if (!row) throw new Error('the database gave no endpoint id');
  return row.endpoint_id;
}

export type NewEndpoint = {
  endpointId: number;
  publisherId: number;
  clientId: string;
  url: string;
  eventNames: readonly string[];
  sealedSecrets: Buffer;
};

const lockPublisher = sql(
  'webhookEndpoints.lockPublisher',
  'SELECT publisher_id FROM publishers WHERE publisher_id = $1 FOR NO KEY UPDATE',
);

const insert = sql(
  'webhookEndpoints.insert',
  `INSERT INTO webhook_endpoints
     (endpoint_id, publisher_id, client_id, url, host, event_names, sealed_secrets, created_at)
   OVERRIDING SYSTEM VALUE
   SELECT $1, $2, $3, $4, $5, $6, $7, (SELECT leveret_now())
   WHERE (SELECT count(*) FROM webhook_endpoints WHERE publisher_id = $2) < $8
   RETURNING ${columns}`,
);

/** Writes an endpoint, or nothing when the publisher has `most` of them. Runs in a transaction of its own. */
export async function insertEndpoint(
  transaction: Queryable,
  endpoint: NewEndpoint,
  most: number,
): Promise<EndpointRow | undefined> {
  await transaction.query(lockPublisher, [endpoint.publisherId]);
  const rows = await transaction.query<EndpointRow>(insert, [
    endpoint.endpointId,
    endpoint.publisherId,
    endpoint.clientId,
    endpoint.url,
    new URL(endpoint.url).host,
    endpoint.eventNames,
    endpoint.sealedSecrets,
    most,
  ]);
  return rows[0];
}

const remove = sql(
  'webhookEndpoints.remove',
  'DELETE FROM webhook_endpoints WHERE publisher_id = $1 AND endpoint_id = $2 RETURNING endpoint_id',
);

export async function deleteEndpoint(
  database: Queryable,
  publisherId: number,
  endpointId: number,
): Promise<boolean> {
  return (await database.query(remove, [publisherId, endpointId])).length === 1;
}

const enable = sql(
  'webhookEndpoints.enable',
  `UPDATE webhook_endpoints SET disabled_at = NULL, disabled_reason = NULL, failing_since = NULL
   WHERE publisher_id = $1 AND endpoint_id = $2 RETURNING ${columns}`,
);

/** Switches an endpoint on, with its failures forgotten. */
export async function enableEndpoint(
  database: Queryable,
  publisherId: number,
  endpointId: number,
): Promise<EndpointRow | undefined> {
  return (await database.query<EndpointRow>(enable, [publisherId, endpointId]))[0];
}

const lockSecrets = sql(
  'webhookEndpoints.lockSecrets',
  `SELECT sealed_secrets, (SELECT leveret_now()) AS now FROM webhook_endpoints
   WHERE publisher_id = $1 AND endpoint_id = $2 FOR UPDATE`,
);

export async function lockEndpointSecrets(
  transaction: Queryable,
  publisherId: number,
  endpointId: number,
): Promise<{ sealed_secrets: Buffer; now: Date } | undefined> {
  const values = [publisherId, endpointId];
  return (await transaction.query<{ sealed_secrets: Buffer; now: Date }>(lockSecrets, values))[0];
}

const writeSecrets = sql(
  'webhookEndpoints.writeSecrets',
  'UPDATE webhook_endpoints SET sealed_secrets = $3 WHERE publisher_id = $1 AND endpoint_id = $2',
);

export async function writeEndpointSecrets(
  transaction: Queryable,
  publisherId: number,
  endpointId: number,
  sealed: Buffer,
): Promise<void> {
  await transaction.query(writeSecrets, [publisherId, endpointId, sealed]);
}
