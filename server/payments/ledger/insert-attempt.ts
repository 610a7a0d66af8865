import { randomBytes } from 'node:crypto';
import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { type ConfiguredMethod, pinnedOf } from '../merchants/find-method.ts';
import type { OrderToPay, PaymentFlow } from './attempts-store.ts';
import { newReference } from './new-reference.ts';

// A session takes no money by itself, so that making the row may also claim its call. One that the buyer
// confirms by a code is charged by a call of ours, which is claimed when the code is typed.
const insertStatement = sql(
  'paymentAttempts.insert',
  `WITH made AS (
     INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, merchant_id, reference,
       notice_token, flow, return_page, pinned, state, created_at, guest_id, held_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11, CASE WHEN $12 THEN 'sent' ELSE 'created' END,
       (SELECT leveret_now()), $13, (SELECT leveret_now()) + $14 * interval '1 minute')
     RETURNING attempt_id, publisher_id, reference, state)
   INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, state, created_at,
     sent_at)
   SELECT attempt_id, publisher_id, CASE WHEN $12 THEN 'authorize' ELSE 'charge' END, reference,
     $10, state, (SELECT leveret_now()), CASE WHEN state = 'sent' THEN (SELECT leveret_now()) END
   FROM made RETURNING attempt_id`,
);

export type WrittenAttempt = { attemptId: number; reference: string; noticeToken: string };

/**
 * Writes attempt and operation with our reference, before the provider hears of them: `created` where a call
 * that takes money is still to be claimed, `sent` for a session in the browser.
 */
export async function insertAttempt(
  transaction: Transaction,
  order: Pick<OrderToPay, 'publisher_id' | 'amount_minor'> & { order_id: number | null },
  paymentId: number,
  configured: ConfiguredMethod,
  how: { flow: PaymentFlow; returnPage?: string; guest?: { id: string; windowMinutes: number } },
): Promise<WrittenAttempt> {
  const reference = newReference();
  const isSession = how.flow === 'browser' && configured.method.confirm === undefined;
  const noticeToken = randomBytes(18).toString('base64url');
  const [row] = await transaction.query<{ attempt_id: number }>(insertStatement, [
    paymentId,
    order.publisher_id,
    order.order_id,
    configured.method.name,
    configured.merchantId,
    reference,
    noticeToken,
    how.flow,
    how.returnPage ?? null,
    order.amount_minor,
    JSON.stringify(pinnedOf(configured)),
    isSession,
    how.guest?.id ?? null,
    how.guest?.windowMinutes ?? null,
  ]);
  if (!row) throw new Error('the attempt was not written');
  return { attemptId: row.attempt_id, reference, noticeToken };
}
