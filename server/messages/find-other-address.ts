import { isTrusted } from '../accounts/trusted-number.ts';
import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import { isCorrected } from '../orders/find-correction.ts';

/**
 * The e-mail address that a reader with a link to a mobile is reached at instead, or the mobile instead of an
 * e-mail address: one that the reader's account has proven, or, where the order is nobody's yet and its
 * address was not corrected, its payer's.
 * A link to it proves the address that it goes to, never the other one.
 *
 * A number that may have changed hands leads to nothing of the account that had it, but for an order that was
 * the account's before that time, and nothing of an account goes to such a number.
 */
export type OtherAddress = {
  link_id: number;
  kind: 'email' | 'mobile';
  credential: string;
  credential_key: Buffer;
};

const ofPayer = (column: string) =>
  `CASE links.credential_kind WHEN 'mobile' THEN payer.email${column} ELSE payer.mobile${column} END`;

const findStatement = sql(
  'loginLinks.findOtherAddress',
  `SELECT DISTINCT ON (links.link_id) links.link_id,
     CASE links.credential_kind WHEN 'mobile' THEN 'email' ELSE 'mobile' END AS kind,
     coalesce(proven.credential, ${ofPayer('')}) AS credential,
     coalesce(proven.credential_key, ${ofPayer('_key')}) AS credential_key
   FROM login_links links
     LEFT JOIN credentials own ON own.publisher_id = links.publisher_id
       AND own.credential_key = links.credential_key AND own.proven_at IS NOT NULL
     LEFT JOIN orders ON orders.publisher_id = links.publisher_id AND orders.order_id = links.order_id
     LEFT JOIN credentials proven ON proven.account_id = own.account_id
       AND proven.kind <> links.credential_kind AND proven.proven_at IS NOT NULL AND ${isTrusted('proven')}
       AND (${isTrusted('own')} OR orders.account_id = own.account_id
         AND orders.registered_at <= own.last_proven_at)
     LEFT JOIN order_parties payer ON payer.order_id = orders.order_id AND payer.line_number = 0
       AND orders.account_id IS NULL AND NOT ${isCorrected('orders.publisher_id', 'orders.order_id')}
   WHERE links.link_id = ANY ($1::bigint[])
     AND coalesce(proven.credential, ${ofPayer('')}) IS NOT NULL
   ORDER BY links.link_id, proven.last_proven_at DESC`,
);

export function findOtherAddresses(database: Queryable, linkIds: readonly number[]): Promise<OtherAddress[]> {
  return database.query<OtherAddress>(findStatement, [linkIds]);
}
