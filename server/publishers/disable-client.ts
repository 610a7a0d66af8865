import { type Queryable, sql } from '../database/statement.ts';
import type { PublisherId } from '../kit/ids.ts';

const update = sql(
  'clients.disable',
  `UPDATE clients SET disabled_at = CASE WHEN $3 THEN coalesce(disabled_at, (SELECT leveret_now())) END
   WHERE publisher_id = $1 AND client_id = $2 RETURNING client_id`,
);

/**
 * Disables a client, or enables it again: no token is given to it and none of its tokens is believed, on
 * every node within five seconds. Its orders, callbacks and readers go on. Doing it again changes nothing.
 * Answers whether the publisher has such a client.
 */
export async function setClientDisabled(
  database: Queryable,
  publisherId: PublisherId,
  clientId: string,
  isDisabled: boolean,
): Promise<boolean> {
  const rows = await database.query(update, [publisherId, clientId, isDisabled]);
  return rows.length > 0;
}
