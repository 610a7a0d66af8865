import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';

type RefundAccepted = Extract<PaymentEvent, { name: 'refund accepted' }>;

// What a bill is credited with is gone at once; money is noted when it has moved.
const endStatement = sql(
  'orderLines.endRefunded',
  `UPDATE order_lines SET
     ended_reason = CASE WHEN is_whole THEN coalesce(ended_reason, 'refunded') ELSE ended_reason END,
     refunded_minor = refunded_minor + credited
   FROM unnest($1::integer[], $2::bigint[], $3::smallint[], $4::boolean[], $5::bigint[])
     AS refunded (publisher_id, order_id, line_number, is_whole, credited)
   WHERE order_lines.publisher_id = refunded.publisher_id AND order_lines.order_id = refunded.order_id
     AND order_lines.line_number = refunded.line_number`,
);

/** Lines that are refunded whole have ended; what had ended before keeps its reason. */
export const endRefundedLines: NowStep<unknown, Transaction, RefundAccepted> = {
  stepName: 'endRefundedLines',
  reports: [],
  async run(_context, transaction, events) {
    const lines = events.flatMap(({ publisherId, orderId, refundBy, lines }) =>
      lines.map((line) => ({
        ...line,
        publisherId,
        orderId,
        creditedMinor: refundBy === 'credit note' ? line.amountMinor : 0,
      })),
    );
    await transaction.query(endStatement, [
      lines.map((line) => line.publisherId),
      lines.map((line) => line.orderId),
      lines.map((line) => line.lineNumber),
      lines.map((line) => line.isWhole),
      lines.map((line) => line.creditedMinor),
    ]);
  },
};
