import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import type { OrderEvent } from '../../orders/order.ts';
import type { WithdrawalEvent } from '../../withdrawals/withdrawal.ts';
import type { PaymentEvent } from '../payment.ts';
import { agreementEndWanted, type EndingRow, isOver } from './agreement-end.ts';

type OfOrder = Extract<
  OrderEvent | PaymentEvent | WithdrawalEvent,
  { name: 'order stopped' | 'refund accepted' | 'withdrawal accepted' }
>;
type OfAttempt = Extract<PaymentEvent, { name: 'give-back due' | 'surplus money' }>;
type Asked = Extract<PaymentEvent, { name: 'agreement end asked' }>;

const ofOrders = sql(
  'paymentAgreements.endOfOrders',
  `UPDATE payment_agreements agreements SET stop_wanted_at = (SELECT leveret_now()), stop_cause = $3
   FROM orders
   WHERE (orders.publisher_id, orders.order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
     AND agreements.publisher_id = orders.publisher_id AND agreements.order_id = orders.order_id
     AND agreements.state = 'active' AND stop_wanted_at IS NULL AND ${isOver}
   RETURNING agreements.publisher_id, agreements.order_id, agreement_id`,
);

/** An agreement ends where all that it pays for has ended: with its order, or with its last refunded line. */
export const endAgreements: NowStep<unknown, Transaction, OfOrder> = {
  stepName: 'endAgreements',
  reports: ['agreement end wanted'],
  async run(_context, transaction, events) {
    const [first] = events;
    if (!first) return;
    const cause = first.name === 'order stopped' ? 'order stopped' : 'refunded';
    const keys = [events.map((event) => event.publisherId), events.map((event) => event.orderId)];
    await report(transaction, await transaction.query<EndingRow>(ofOrders, [...keys, cause]));
  },
};

/** What was agreed on with money that goes back pays for nothing. */
export const endAgreementOfAttempt = ending<OfAttempt>('endAgreementOfAttempt', {
  by: 'attempt_id',
  cause: 'not paid by it',
  idOf: (event) => event.attemptId,
});

/** A reader has asked that nothing is charged any more. */
export const endAskedAgreement = ending<Asked>('endAskedAgreement', {
  by: 'agreement_id',
  cause: 'reader',
  idOf: (event) => event.agreementId,
});

function ending<Event extends OfAttempt | Asked>(
  stepName: string,
  { by, cause, idOf }: { by: string; cause: string; idOf(event: Event): number },
): NowStep<unknown, Transaction, Event> {
  const statement = sql(
    `paymentAgreements.${stepName}`,
    `UPDATE payment_agreements SET stop_wanted_at = (SELECT leveret_now()), stop_cause = '${cause}'
     WHERE (publisher_id, ${by}) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
       AND state = 'active' AND stop_wanted_at IS NULL
     RETURNING publisher_id, order_id, agreement_id`,
  );
  return {
    stepName,
    reports: ['agreement end wanted'],
    async run(_context, transaction, events) {
      const keys = [events.map((event) => event.publisherId), events.map(idOf)];
      await report(transaction, await transaction.query<EndingRow>(statement, keys));
    },
  };
}

async function report(transaction: Transaction, rows: readonly EndingRow[]): Promise<void> {
  if (rows.length > 0) await transaction.report<PaymentEvent>(rows.map(agreementEndWanted));
}
