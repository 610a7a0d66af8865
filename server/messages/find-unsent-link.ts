import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';

const findStatement = sql(
  'messages.findUnsentLink',
  `SELECT messages.message_id IS NULL AS is_unsent
   FROM login_links LEFT JOIN messages USING (link_id)
   WHERE login_links.publisher_id = $1 AND login_links.order_id = $2 AND credential_key = $3
   ORDER BY login_links.created_at DESC, link_id DESC LIMIT 1`,
);

/** Whether the newest link of an order to a credential was not queued for sending to it. */
export async function isLinkUnsent(
  database: Queryable,
  about: { publisherId: number; orderId: number; credentialKey: Buffer },
): Promise<boolean> {
  const values = [about.publisherId, about.orderId, about.credentialKey];
  const [row] = await database.query<{ is_unsent: boolean }>(findStatement, values);
  return row?.is_unsent === true;
}
