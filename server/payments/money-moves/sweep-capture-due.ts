import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import { orderOf, type PaymentEvent } from '../payment.ts';

// A day before, or a tenth of the time that there was, whichever is longer. What is on its way to be taken in
// time, or to be released, needs nobody. Cases are looked for by order: there may be many more of them.
const findDue = sql(
  'paymentAttempts.findCaptureDue',
  `SELECT attempts.publisher_id, attempts.order_id, attempts.attempt_id
   FROM payment_attempts attempts LEFT JOIN LATERAL (
     SELECT case_id FROM cases WHERE cases.order_id = attempts.order_id
       AND cases.publisher_id = attempts.publisher_id AND cases.attempt_id = attempts.attempt_id
       AND cases.kind = 'capture due' LIMIT 1) known ON true
   WHERE attempts.order_id IS NOT NULL AND attempts.state = 'secured' AND capture_before IS NOT NULL
     AND authorized_minor > captured_minor + cancelled_minor
     AND capture_before - greatest(interval '1 day', (capture_before - created_at) / 10)
       <= (SELECT leveret_now())
     AND authorized_minor - captured_minor - cancelled_minor > coalesce((
       SELECT sum(amount_minor) FROM payment_operations operations
       WHERE operations.attempt_id = attempts.attempt_id AND kind IN ('capture', 'cancel')
         AND operations.state IN ('created', 'sent', 'unknown')
         AND coalesce(due_at, (SELECT leveret_now())) < capture_before), 0)
     AND known.case_id IS NULL
   ORDER BY capture_before LIMIT 200`,
);

type Row = { publisher_id: number; order_id: number; attempt_id: number };

/** Tells of money that is reserved, that nothing is going to take, and that will soon be lost; once each. */
export async function sweepCaptureDue(context: { database: Database }): Promise<void> {
  await context.database.transaction('sweep-capture-due', async (transaction) => {
    const rows = await transaction.query<Row>(findDue);
    if (rows.length === 0) return;
    await transaction.report<PaymentEvent>(
      rows.map((row) => ({
        name: 'attention needed',
        kind: 'capture due',
        ...orderOf({ publisherId: row.publisher_id, orderId: row.order_id }),
        attemptId: row.attempt_id,
      })),
    );
  });
}
