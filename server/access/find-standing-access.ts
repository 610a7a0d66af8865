import { type Queryable, sql } from '../database/statement.ts';
import type { GrantKind } from './access.ts';
import type { StandingAccess } from './decide-carried-access.ts';

const told = `order_id, line_number, kind, product_code, issue_code, article_ref, category_type,
     starts_at, ends_at`;

const findStatement = sql(
  'grants.findStanding',
  `WITH held AS MATERIALIZED (
     SELECT position, key, account_id
     FROM unnest($4::bigint[], $5::bytea[], $6::bigint[]) AS held (position, key, account_id))
   SELECT asked.position, ${told}
   FROM unnest($2::bigint[], $3::bigint[]) AS asked (position, account_id)
   JOIN grants USING (account_id) WHERE publisher_id = $1 AND revoked_at IS NULL
   UNION
   SELECT position, ${told}
   FROM held JOIN grants ON publisher_id = $1 AND mobile_key = key
   WHERE revoked_at IS NULL AND (grants.account_id IS NULL OR grants.account_id = held.account_id)
   UNION
   SELECT position, ${told}
   FROM held JOIN grants ON publisher_id = $1 AND email_key = key
   WHERE revoked_at IS NULL AND (grants.account_id IS NULL OR grants.account_id = held.account_id)`,
);

type Row = {
  position: number;
  order_id: number;
  line_number: number;
  kind: GrantKind;
  product_code: string | null;
  issue_code: string | null;
  article_ref: string | null;
  category_type: string | null;
  starts_at: Date;
  ends_at: Date | null;
};

/** An account that may be here, with the keys of its credentials. */
type Holder = { accountId: number | undefined; keys: readonly Buffer[] };

/** What each may read here already, by its account or by a credential that no other account has. */
export async function findStandingAccess(
  database: Queryable,
  publisherId: number,
  holders: readonly Holder[],
): Promise<StandingAccess[][]> {
  const known = holders.flatMap(({ accountId }, index) =>
    accountId === undefined ? [] : [{ index, accountId }],
  );
  const held = holders.flatMap(({ accountId = null, keys }, index) =>
    keys.map((key) => ({ index, key, accountId })),
  );
  const rows = await database.query<Row>(findStatement, [
    publisherId,
    known.map(({ index }) => index),
    known.map(({ accountId }) => accountId),
    held.map(({ index }) => index),
    held.map(({ key }) => key),
    held.map(({ accountId }) => accountId),
  ]);
  const byPosition = Map.groupBy(rows, ({ position }) => position);
  return holders.map((_holder, index) => (byPosition.get(index) ?? []).map(toAccess));
}

function toAccess(row: Row): StandingAccess {
  return {
    orderId: row.order_id,
    isCarried: row.line_number === 0,
    kind: row.kind,
    product: row.product_code ?? undefined,
    issue: row.issue_code ?? undefined,
    articleRef: row.article_ref ?? undefined,
    categoryType: row.category_type ?? undefined,
    startsAt: row.starts_at,
    endsAt: row.ends_at ?? undefined,
  };
}
