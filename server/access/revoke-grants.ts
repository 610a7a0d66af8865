import { type Statement, sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import { grantKey, keyOf } from './grant-key.ts';

/**
 * A statement that ends grants, for a reason that is kept: those that `ended`, a part of a FROM, names by the
 * columns of `key`.
 */
export function revoking(
  name: string,
  reason: 'order_stopped' | 'refunded',
  ended: string,
  key: string,
): Statement {
  return sql(
    name,
    `WITH wanted AS (
       SELECT ${grantKey}
       FROM ${ended} JOIN grants USING (${key})
       WHERE grants.revoked_at IS NULL
       ORDER BY ${grantKey} FOR UPDATE OF grants
     ), revoked AS (
       UPDATE grants SET revoked_at = (SELECT leveret_now()), revoked_reason = '${reason}'
       FROM wanted WHERE (${grantKey}) = (${keyOf('wanted')})
       RETURNING grants.publisher_id, grants.order_id
     )
     SELECT DISTINCT publisher_id, order_id FROM revoked ORDER BY order_id`,
  );
}

/** Runs a statement of `revoking` and reports each order that has lost access. */
export async function revokeGrants(
  transaction: Transaction,
  statement: Statement,
  lists: readonly unknown[][],
): Promise<void> {
  const rows = await transaction.query<{ publisher_id: number; order_id: number }>(statement, lists);
  if (rows.length === 0) return;
  await transaction.report(
    rows.map((row) => ({
      name: 'access revoked' as const,
      publisherId: publisherId(row.publisher_id),
      orderId: orderId(row.order_id),
    })),
  );
}
