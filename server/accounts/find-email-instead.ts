import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';

/**
 * The e-mail address that a reader with a link to a mobile is reached at instead: one that the reader's
 * account has proven, or, where the order is nobody's yet, its payer's. A link to it proves the address that
 * it goes to, never the mobile.
 */
export type EmailInstead = { link_id: number; credential: string; credential_key: Buffer };

const findStatement = sql(
  'loginLinks.findEmailInstead',
  `SELECT DISTINCT ON (links.link_id) links.link_id,
     coalesce(proven.credential, payer.email) AS credential,
     coalesce(proven.credential_key, payer.email_key) AS credential_key
   FROM login_links links
     LEFT JOIN credentials own ON own.publisher_id = links.publisher_id
       AND own.credential_key = links.credential_key AND own.proven_at IS NOT NULL
     LEFT JOIN credentials proven ON proven.account_id = own.account_id AND proven.kind = 'email'
       AND proven.proven_at IS NOT NULL
     LEFT JOIN orders ON orders.publisher_id = links.publisher_id AND orders.order_id = links.order_id
       AND orders.account_id IS NULL
     LEFT JOIN order_parties payer ON payer.order_id = orders.order_id AND payer.line_number = 0
   WHERE links.link_id = ANY ($1::bigint[]) AND links.credential_kind = 'mobile'
     AND coalesce(proven.credential, payer.email) IS NOT NULL
   ORDER BY links.link_id, proven.proven_at DESC`,
);

export function findEmailInstead(database: Queryable, linkIds: readonly number[]): Promise<EmailInstead[]> {
  return database.query<EmailInstead>(findStatement, [linkIds]);
}
