import type { CatalogueSnapshots } from '../catalogue/catalogue.ts';
import { type Queryable, sql } from '../database/statement.ts';
import { createBatch } from '../kit/batch.ts';
import type { PublisherId } from '../kit/ids.ts';
import type { AccessQuestion, GrantKind, GrantStanding, HeldGrant } from './access.ts';
import { type AccessAnswer, answerAccess, type Holding } from './answer-access.ts';

/** A question about one holder: a credential by its key, a user, or one who must be both. */
export type AccessCheck = AccessQuestion & {
  publisherId: PublisherId;
  credentialKey?: Buffer | undefined;
  uniqueId?: string | undefined;
  /** Only grants of orders of this customer, and those that were carried to an account of theirs. */
  customerNumber?: number | undefined;
  /** Whether what is over, revoked or still to come is read as well, to say why. */
  wantsReason: boolean;
};

export type CheckAccess = (check: AccessCheck) => Promise<AccessAnswer>;

/** Concurrent checks share one read of the database. */
export function createCheckAccess(context: {
  database: Queryable;
  catalogue: CatalogueSnapshots;
}): CheckAccess {
  return createBatch<AccessCheck, AccessAnswer>({
    run: (checks) => checkAccess(context, checks),
    maxSize: 256,
    ownerOf: ({ publisherId }) => publisherId,
    isFaultOfOne: () => false,
  });
}

/**
 * A credential finds its own grants and those of the account it stands at, proven or pending; an account
 * finds its own and those of its proven credentials. One row for each grant, one empty row for none.
 * `BETWEEN` the same key twice is equality whose yield PostgreSQL does not guess from the most common keys:
 * where one reader holds most of the grants it would read the whole table for everybody. The order of a grant
 * is looked up by a subselect and not by `EXISTS`, which it would answer from all orders at once.
 */
const findHoldings = sql(
  'grants.findHoldings',
  `WITH clock AS MATERIALIZED (SELECT leveret_now() AS at)
   SELECT asked.position, holder.account_id IS NOT NULL AS is_known, held.*
   FROM clock
   CROSS JOIN unnest($1::integer[], $2::bytea[], $3::text[], $4::bigint[], $5::boolean[])
     WITH ORDINALITY
     AS asked (publisher_id, credential_key, unique_id, customer_number, wants_reason, position)
   LEFT JOIN accounts named ON named.unique_user_id = asked.unique_id
     AND named.publisher_id = asked.publisher_id AND named.state <> 'closed'
   LEFT JOIN credentials owned ON owned.publisher_id = asked.publisher_id
     AND owned.credential_key = asked.credential_key
   LEFT JOIN accounts owner ON owner.account_id = owned.account_id AND owner.state <> 'closed'
   CROSS JOIN LATERAL (
     SELECT CASE WHEN asked.unique_id IS NULL THEN owner.account_id
       WHEN asked.credential_key IS NULL OR owner.account_id = named.account_id THEN named.account_id
     END AS account_id,
     CASE WHEN asked.unique_id IS NULL THEN owner.customer_number ELSE named.customer_number END
       AS customer_number) holder
   CROSS JOIN LATERAL (
     SELECT ARRAY(
       SELECT credential_key FROM credentials
       WHERE credentials.account_id = holder.account_id AND proven_at IS NOT NULL
       UNION SELECT asked.credential_key WHERE asked.unique_id IS NULL OR holder.account_id IS NOT NULL)
       AS keys OFFSET 0) proven
   LEFT JOIN LATERAL (
     SELECT order_id, line_number, period_number, kind, product_code, issue_code, article_ref, category_type,
       (extract(epoch FROM starts_at) * 1000)::bigint AS starts_ms,
       (extract(epoch FROM ends_at) * 1000)::bigint AS ends_ms,
       CASE WHEN revoked_at IS NOT NULL THEN 'revoked' WHEN ends_at <= clock.at THEN 'expired'
         WHEN starts_at > clock.at THEN 'not_started' ELSE 'live' END AS standing
     FROM (
       SELECT * FROM grants WHERE grants.account_id = holder.account_id
       UNION ALL
       SELECT grants.* FROM unnest(proven.keys) key JOIN grants
         ON grants.publisher_id = asked.publisher_id AND grants.mobile_key BETWEEN key AND key
       UNION ALL
       SELECT grants.* FROM unnest(proven.keys) key JOIN grants
         ON grants.publisher_id = asked.publisher_id AND grants.email_key BETWEEN key AND key
     ) found
     WHERE found.publisher_id = asked.publisher_id
       AND (asked.wants_reason OR (revoked_at IS NULL AND starts_at <= clock.at
         AND (ends_at IS NULL OR ends_at > clock.at)))
       AND (asked.customer_number IS NULL OR asked.customer_number = (
         SELECT orders.customer_number FROM orders
         WHERE orders.order_id = found.order_id AND orders.publisher_id = asked.publisher_id) OR (
         found.line_number = 0 AND holder.customer_number = asked.customer_number
         AND found.account_id = holder.account_id))
   ) held ON true`,
);

type HoldingRow = {
  position: number;
  is_known: boolean;
  order_id: number | null;
  line_number: number;
  period_number: number;
  kind: GrantKind;
  product_code: string | null;
  issue_code: string | null;
  article_ref: string | null;
  category_type: string | null;
  starts_ms: number;
  ends_ms: number | null;
  standing: GrantStanding;
};

async function checkAccess(
  context: { database: Queryable; catalogue: CatalogueSnapshots },
  checks: readonly AccessCheck[],
): Promise<AccessAnswer[]> {
  const publisherIds = [...new Set(checks.map((check) => check.publisherId))];
  const [rows, snapshots] = await Promise.all([
    context.database.query<HoldingRow>(findHoldings, [
      checks.map((check) => check.publisherId),
      checks.map((check) => check.credentialKey ?? null),
      checks.map((check) => check.uniqueId ?? null),
      checks.map((check) => check.customerNumber ?? null),
      checks.map((check) => check.wantsReason),
    ]),
    Promise.all(publisherIds.map((id) => context.catalogue.of(id))),
  ]);
  const catalogues = new Map(publisherIds.map((id, index) => [id, snapshots[index]]));
  const byCheck = Map.groupBy(rows, (row) => row.position);
  return checks.map((check, index) => {
    const catalogue = catalogues.get(check.publisherId);
    if (!catalogue) throw new Error(`publisher ${check.publisherId} has no catalogue snapshot`);
    return answerAccess(check, gatherHolding(check, byCheck.get(index + 1) ?? []), catalogue);
  });
}

/** A grant that is held in two ways, by account and by credential, is found twice and counts once. */
function gatherHolding(check: AccessCheck, rows: readonly HoldingRow[]): Holding {
  const grants = new Map<string, HeldGrant>();
  for (const row of rows) {
    if (row.order_id === null) continue;
    const key = `${row.order_id} ${row.line_number} ${row.kind} ${row.period_number}`;
    grants.set(key, toGrant(row.order_id, row));
  }
  const isKnown = rows.some((row) => row.is_known || row.order_id !== null);
  const whyUnknown = check.uniqueId === undefined ? 'unknown_credential' : 'unknown_user';
  return { grants: [...grants.values()], whyNothing: isKnown ? 'no_grant' : whyUnknown };
}

function toGrant(orderId: number, row: HoldingRow): HeldGrant {
  return {
    orderId,
    lineNumber: row.line_number,
    periodNumber: row.period_number,
    kind: row.kind,
    standing: row.standing,
    productCode: row.product_code ?? undefined,
    issueCode: row.issue_code ?? undefined,
    articleRef: row.article_ref ?? undefined,
    categoryType: row.category_type ?? undefined,
    startsAt: row.starts_ms,
    endsAt: row.ends_ms ?? undefined,
  };
}
