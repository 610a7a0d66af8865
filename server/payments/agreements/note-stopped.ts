import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import { orderOf, type PaymentEvent } from '../payment.ts';

const stopStatement = sql(
  'paymentAgreements.stop',
  `UPDATE payment_agreements SET state = 'stopped', stopped_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND agreement_id = $2 AND state = 'active' RETURNING agreement_id`,
);

/** An agreement that its provider says has ended; told once. */
export function noteStopped(
  database: Database,
  { publisherId, orderId, agreementId }: { publisherId: number; orderId: number; agreementId: number },
): Promise<void> {
  return database.transaction('agreement-stopped', async (transaction) => {
    const stopped = await transaction.query(stopStatement, [publisherId, agreementId]);
    if (stopped.length === 0) return;
    const about = { ...orderOf({ publisherId, orderId }), agreementId };
    await transaction.report<PaymentEvent>([{ name: 'agreement stopped', ...about }]);
  });
}
