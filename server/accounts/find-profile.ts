import { type Queryable, sql } from '../database/statement.ts';

export type Profile = {
  customerNumber: number | undefined;
  name: {
    firstName?: string | undefined;
    middleName?: string | undefined;
    lastName?: string | undefined;
    companyName?: string | undefined;
    departmentName?: string | undefined;
  };
  /** What the account has proven, the newest first. */
  credentials: readonly { kind: 'email' | 'mobile'; credential: string }[];
};

/**
 * The name and number are of the newest order of the account that its own credential paid for: an order may
 * be tied to a reader whom somebody else paid for, and whose name that is.
 */
const findStatement = sql(
  'accounts.findProfile',
  `WITH proven AS MATERIALIZED (
     SELECT credential_key, kind, credential, proven_at FROM credentials
     WHERE publisher_id = $1 AND account_id = $2 AND proven_at IS NOT NULL)
   SELECT coalesce(accounts.customer_number, own.customer_number) AS customer_number, own.party,
     ARRAY(SELECT json_build_object('kind', kind, 'credential', credential) FROM proven
       ORDER BY proven_at DESC, credential_key) AS credentials
   FROM accounts LEFT JOIN LATERAL (
     SELECT orders.customer_number, order_parties.party FROM orders
     JOIN order_parties ON order_parties.order_id = orders.order_id AND line_number = 0
     WHERE orders.account_id = $2 AND orders.publisher_id = $1
       AND (mobile_key IN (SELECT credential_key FROM proven)
         OR email_key IN (SELECT credential_key FROM proven))
     ORDER BY orders.order_id DESC LIMIT 1) own ON true
   WHERE accounts.publisher_id = $1 AND accounts.account_id = $2`,
);

type Row = {
  customer_number: number | null;
  party: Profile['name'] | null;
  credentials: Profile['credentials'][number][];
};

export async function findProfile(
  database: Queryable,
  publisherId: number,
  accountId: number,
): Promise<Profile | undefined> {
  const [row] = await database.query<Row>(findStatement, [publisherId, accountId]);
  if (!row) return undefined;
  const { firstName, middleName, lastName, companyName, departmentName } = row.party ?? {};
  return {
    customerNumber: row.customer_number ?? undefined,
    name: { firstName, middleName, lastName, companyName, departmentName },
    credentials: row.credentials,
  };
}
