import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { OrderEvent } from '../orders/order.ts';
import { grantKey, keyOf } from './grant-key.ts';

type OrderStopped = Extract<OrderEvent, { name: 'order stopped' }>;

const revokeOfOrders = sql(
  'grants.revokeOfOrders',
  `WITH wanted AS (
     SELECT ${grantKey}
     FROM unnest($1::integer[], $2::bigint[]) AS stopped (publisher_id, order_id)
     JOIN grants ON grants.order_id = stopped.order_id AND grants.publisher_id = stopped.publisher_id
     WHERE grants.revoked_at IS NULL
     ORDER BY ${grantKey} FOR UPDATE OF grants
   ), revoked AS (
     UPDATE grants SET revoked_at = (SELECT leveret_now()), revoked_reason = 'order_stopped'
     FROM wanted WHERE (${grantKey}) = (${keyOf('wanted')})
     RETURNING grants.publisher_id, grants.order_id
   )
   SELECT DISTINCT publisher_id, order_id FROM revoked ORDER BY order_id`,
);

/** A stopped order opens nothing. What other orders gave the same reader stays. */
export const revokeAccess: NowStep<unknown, Transaction, OrderStopped> = {
  stepName: 'revokeAccess',
  reports: ['access revoked'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<{ publisher_id: number; order_id: number }>(revokeOfOrders, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
    ]);
    if (rows.length === 0) return;
    await transaction.report(
      rows.map((row) => ({
        name: 'access revoked' as const,
        publisherId: publisherId(row.publisher_id),
        orderId: orderId(row.order_id),
      })),
    );
  },
};
