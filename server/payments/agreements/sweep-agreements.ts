import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import { type EndingRow, isOver } from './agreement-end.ts';
import { stopAgreementsSoon } from './stop-agreement.ts';

const atOnce = 500;

// An hour for money that comes late and may complete a stopped order yet.
const sweepStatement = sql(
  'paymentAgreements.sweep',
  `UPDATE payment_agreements agreements SET next_check_at = (SELECT leveret_now()) + interval '1 day',
     (stop_wanted_at, stop_cause) = (
       SELECT CASE WHEN left_behind.is_so THEN (SELECT leveret_now()) ELSE agreements.stop_wanted_at END,
         CASE WHEN left_behind.is_so THEN left_behind.cause ELSE agreements.stop_cause END
       FROM (
         SELECT coalesce(bool_or(${isOver} AND ended_at < (SELECT leveret_now()) - interval '1 hour'), false)
             AND agreements.stop_wanted_at IS NULL AS is_so,
           CASE WHEN bool_or(orders.state = 'stopped') THEN 'order stopped' ELSE 'refunded' END AS cause
         FROM orders
         WHERE orders.publisher_id = agreements.publisher_id AND orders.order_id = agreements.order_id
       ) left_behind)
   WHERE agreements.ctid = ANY (ARRAY(
     SELECT ctid FROM payment_agreements
     WHERE state = 'active' AND next_check_at <= (SELECT leveret_now())
     ORDER BY next_check_at LIMIT ${atOnce} FOR UPDATE SKIP LOCKED))
   RETURNING agreements.publisher_id, agreements.order_id, agreements.agreement_id,
     agreements.stop_wanted_at IS NOT NULL AS is_wanted`,
);

/**
 * Looks at every agreement once a day: one that was left behind by what it paid for is ended, and one whose
 * end is wanted and was not reached is tried again. Answers `later` where there are more than fit.
 */
export async function sweepAgreements(context: {
  database: Database;
}): Promise<{ kind: 'later' } | undefined> {
  const rows = await context.database.transaction('sweep-agreements', async (transaction) => {
    const looked = await transaction.query<EndingRow & { is_wanted: boolean }>(sweepStatement);
    const wanted = looked.filter((row) => row.is_wanted);
    await stopAgreementsSoon(
      transaction,
      wanted.map((row) => ({ publisherId: row.publisher_id, agreementId: row.agreement_id })),
    );
    return looked.length;
  });
  return rows === atOnce ? { kind: 'later' } : undefined;
}
