import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { MessageEvent } from '../messages/message.ts';
import type { OrderEvent } from '../orders/order.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import type { CaseEvent, CaseKind } from './case.ts';

type Cause = Extract<OrderEvent | PaymentEvent | MessageEvent, { name: CaseKind }>;

const openStatement = sql(
  'cases.open',
  `INSERT INTO cases (publisher_id, order_id, attempt_id, operation_id, kind, state, opened_at)
   SELECT given.publisher_id, given.order_id, given.attempt_id, given.operation_id, given.kind, 'open',
     leveret_now()
   FROM unnest($1::integer[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[])
     AS given (publisher_id, order_id, attempt_id, operation_id, kind)
   ORDER BY given.order_id
   ON CONFLICT DO NOTHING RETURNING case_id, publisher_id, order_id, kind`,
);

type Row = { case_id: number; publisher_id: number; order_id: number; kind: CaseKind };

/** Opens a case for each cause; the same cause has one open case at a time. */
export const openCase: NowStep<unknown, Transaction, Cause> = {
  stepName: 'openCase',
  reports: ['case opened'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<Row>(openStatement, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
      events.map((event) => ('attemptId' in event ? event.attemptId : null)),
      events.map((event) => ('operationId' in event ? event.operationId : null)),
      events.map((event) => (event.name === 'refund by hand' ? event.kind : event.name)),
    ]);
    await transaction.report<CaseEvent>(
      rows.map((row) => ({
        name: 'case opened',
        publisherId: publisherId(row.publisher_id),
        orderId: orderId(row.order_id),
        caseId: row.case_id,
        kind: row.kind,
      })),
    );
  },
};
