import type { AccountEvent } from '../accounts/account.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { MessageEvent } from '../messages/message.ts';
import type { OrderEvent } from '../orders/order.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import type { WithdrawalEvent } from '../withdrawals/withdrawal.ts';
import type { CaseEvent, CaseKind } from './case.ts';

type Cause = Extract<
  OrderEvent | PaymentEvent | MessageEvent | AccountEvent | WithdrawalEvent,
  { name: 'attention needed' | 'refund by hand' }
>;

const openStatement = sql(
  'cases.open',
  `INSERT INTO cases (publisher_id, order_id, attempt_id, operation_id, kind, withdrawal_id, state, opened_at)
   SELECT given.publisher_id, given.order_id, given.attempt_id, given.operation_id, given.kind,
     given.withdrawal_id, 'open', (SELECT leveret_now())
   FROM unnest($1::integer[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[])
     AS given (publisher_id, order_id, attempt_id, operation_id, kind, withdrawal_id)
   ORDER BY given.order_id
   ON CONFLICT DO NOTHING RETURNING case_id, publisher_id, order_id, kind`,
);

type Row = { case_id: number; publisher_id: number; order_id: number | null; kind: CaseKind };

/** Opens a case for each cause; the same cause has one open case at a time. */
export const openCase: NowStep<unknown, Transaction, Cause> = {
  stepName: 'openCase',
  reports: ['case opened'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<Row>(openStatement, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId ?? null),
      events.map((event) => ('attemptId' in event ? event.attemptId : null)),
      events.map((event) => ('operationId' in event ? event.operationId : null)),
      events.map((event) => event.kind),
      events.map((event) => ('withdrawalId' in event ? event.withdrawalId : null)),
    ]);
    await transaction.report<CaseEvent>(
      rows.map((row) => ({
        name: 'case opened',
        publisherId: publisherId(row.publisher_id),
        ...(row.order_id !== null && { orderId: orderId(row.order_id) }),
        caseId: row.case_id,
        kind: row.kind,
      })),
    );
  },
};
