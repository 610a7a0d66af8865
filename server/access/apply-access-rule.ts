import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import { grantKey, keyOf } from './grant-key.ts';

type RefundAccepted = Extract<PaymentEvent, { name: 'refund accepted' }>;

const revokeOfLines = sql(
  'grants.revokeOfLines',
  `WITH wanted AS (
     SELECT ${grantKey}
     FROM unnest($1::integer[], $2::bigint[], $3::smallint[]) AS ended (publisher_id, order_id, line_number)
     JOIN grants ON grants.order_id = ended.order_id AND grants.line_number = ended.line_number
       AND grants.publisher_id = ended.publisher_id
     WHERE grants.revoked_at IS NULL
     ORDER BY ${grantKey} FOR UPDATE OF grants
   ), revoked AS (
     UPDATE grants SET revoked_at = (SELECT leveret_now()), revoked_reason = 'refunded'
     FROM wanted WHERE (${grantKey}) = (${keyOf('wanted')})
     RETURNING grants.publisher_id, grants.order_id
   )
   SELECT DISTINCT publisher_id, order_id FROM revoked ORDER BY order_id`,
);

/**
 * The grants of lines whose refund was accepted with `end_now` open nothing any more; those of other lines
 * and orders stay. `end_at_period_end` leaves each grant its own end, and `keep` leaves everything.
 */
export const applyAccessRule: NowStep<unknown, Transaction, RefundAccepted> = {
  stepName: 'applyAccessRule',
  reports: ['access revoked'],
  async run(_context, transaction, events) {
    const ended = events.flatMap((event) =>
      event.lines
        .filter((line) => line.access === 'end_now')
        .map(({ lineNumber }) => ({ publisherId: event.publisherId, orderId: event.orderId, lineNumber })),
    );
    if (ended.length === 0) return;
    const rows = await transaction.query<{ publisher_id: number; order_id: number }>(revokeOfLines, [
      ended.map((line) => line.publisherId),
      ended.map((line) => line.orderId),
      ended.map((line) => line.lineNumber),
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
