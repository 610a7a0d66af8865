import { type Queryable, sql } from '../database/statement.ts';

export type Purchase = { name: string; accessUntil: Date | undefined };

// The grants of the account itself and of the credentials that it has proven, as the access check finds them.
const findStatement = sql(
  'grants.findPurchases',
  `WITH held AS (
     SELECT credential_key AS key FROM credentials
     WHERE credentials.publisher_id = $1 AND credentials.account_id = $2 AND proven_at IS NOT NULL
   ), found AS (
     SELECT * FROM grants WHERE grants.account_id = $2
     UNION SELECT grants.* FROM held JOIN grants ON grants.publisher_id = $1 AND grants.mobile_key = held.key
     UNION SELECT grants.* FROM held JOIN grants ON grants.publisher_id = $1 AND grants.email_key = held.key
   )
   SELECT lines.description AS name,
     CASE WHEN bool_or(found.ends_at IS NULL) THEN NULL ELSE max(found.ends_at) END AS access_until
   FROM found JOIN order_lines lines USING (order_id, line_number)
   WHERE found.publisher_id = $1 AND revoked_at IS NULL AND found.starts_at <= (SELECT leveret_now())
     AND (found.ends_at IS NULL OR found.ends_at > (SELECT leveret_now()))
   GROUP BY order_id, line_number, lines.description
   ORDER BY order_id DESC, line_number LIMIT 50`,
);

/** What a reader can read now, newest purchase first. One that lasts has no end. */
export async function findPurchases(
  database: Queryable,
  publisherId: number,
  accountId: number,
): Promise<Purchase[]> {
  const rows = await database.query<{ name: string; access_until: Date | null }>(findStatement, [
    publisherId,
    accountId,
  ]);
  return rows.map((row) => ({ name: row.name, accessUntil: row.access_until ?? undefined }));
}
