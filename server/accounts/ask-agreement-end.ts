import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { PaymentEvent } from '../payments/payment.ts';

const lockOrder = sql(
  'orders.lockForAgreement',
  'SELECT order_id FROM orders WHERE publisher_id = $1 AND order_id = $2 FOR UPDATE',
);

type Agreement = { publisherId: number; orderId: number; agreementId: number };

/** A reader ends an agreement: nothing renews from now on, and its provider is told. */
export function askAgreementEnd(context: { database: Database }, agreement: Agreement): Promise<void> {
  const { agreementId } = agreement;
  return context.database.transaction('ask-agreement-end', async (transaction) => {
    await transaction.query(lockOrder, [agreement.publisherId, agreement.orderId]);
    const about = { publisherId: publisherId(agreement.publisherId), orderId: orderId(agreement.orderId) };
    await transaction.report<PaymentEvent>([{ name: 'agreement end asked', ...about, agreementId }]);
  });
}
