import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import type { OperationKind, PaymentEvent } from '../payment.ts';
import { canRelease, lockMoney } from './attempt-money.ts';
import { lockOperation, operationWanted, settleOperation } from './operations-store.ts';

type Moved = Extract<PaymentEvent, { name: 'payment captured' | 'payment refunded' | 'payment released' }>;

const kindOf: Record<Moved['name'], OperationKind> = {
  'payment captured': 'capture',
  'payment refunded': 'refund',
  'payment released': 'cancel',
};

/** What the provider's totals say at once of all operations of a kind, whichever answer was lost. */
export const settleOperations: NowStep<unknown, Transaction, Moved> = {
  stepName: 'settleOperations',
  reports: ['operation settled', 'operation wanted'],
  async run(_context, transaction, events) {
    const underWay = await findUnderWay(transaction, events);
    for (const event of events.filter(({ attemptId }) => underWay.has(attemptId))) {
      await settleCovered(transaction, event);
      if (event.name === 'payment captured') await wakeRelease(transaction, event);
    }
  },
};

const underWayStatement = sql(
  'paymentOperations.findUnderWay',
  `SELECT DISTINCT attempt_id FROM payment_operations
   WHERE (publisher_id, attempt_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
     AND kind IN ('capture', 'cancel', 'refund') AND state IN ('created', 'sent', 'unknown', 'by_hand')`,
);

/** Most money moves by the first call of an attempt, and leaves nothing to settle. */
async function findUnderWay(transaction: Transaction, events: readonly Moved[]): Promise<Set<number>> {
  const rows = await transaction.query<{ attempt_id: number }>(underWayStatement, [
    events.map((event) => event.publisherId),
    events.map((event) => event.attemptId),
  ]);
  return new Set(rows.map((row) => row.attempt_id));
}

// A release takes the rest as a whole, so that it settles those too that waited for it.
const findCovered = sql(
  'paymentOperations.findCovered',
  `WITH moved AS (
     SELECT operation_id, operations.state, amount_minor,
       CASE kind WHEN 'capture' THEN attempts.captured_minor WHEN 'refund' THEN attempts.refunded_minor
         ELSE attempts.cancelled_minor END AS total
     FROM payment_operations operations JOIN payment_attempts attempts USING (attempt_id)
     WHERE operations.publisher_id = $1 AND attempt_id = $2 AND kind = $3
       AND (operations.state IN ('sent', 'unknown', 'succeeded')
         OR (operations.state = 'by_hand' AND sent_at IS NOT NULL)
         OR (operations.state = 'created' AND kind = 'cancel')))
   SELECT operation_id FROM moved
   WHERE state <> 'succeeded' AND total >= (SELECT sum(amount_minor) FROM moved)
   ORDER BY operation_id`,
);

/** Settles what is under way only where the total covers all of it: which part moved cannot be told else. */
async function settleCovered(transaction: Transaction, event: Moved): Promise<void> {
  const values = [event.publisherId, event.attemptId, kindOf[event.name]];
  for (const row of await transaction.query<{ operation_id: number }>(findCovered, values)) {
    const operation = await lockOperation(transaction, event.publisherId, row.operation_id);
    if (operation) await settleOperation(transaction, operation);
  }
}

const findWaiting = sql(
  'paymentOperations.wakeRelease',
  `UPDATE payment_operations SET code = NULL WHERE operation_id = (
     SELECT min(operation_id) FROM payment_operations
     WHERE publisher_id = $1 AND attempt_id = $2 AND kind = 'cancel' AND state = 'created' AND code = 'waits')
   RETURNING operation_id, amount_minor`,
);

/** Once nothing else is to be taken, one of the releases that waited for that gives up the rest. */
async function wakeRelease(transaction: Transaction, event: Moved): Promise<void> {
  const { publisherId, orderId, attemptId } = event;
  const [money] = await lockMoney(transaction, publisherId, orderId, attemptId);
  if (!money || !canRelease(money)) return;
  const waiting = await transaction.query<{ operation_id: number; amount_minor: number }>(findWaiting, [
    publisherId,
    attemptId,
  ]);
  await transaction.report(
    waiting.map((row) =>
      operationWanted({
        ...event,
        kind: 'cancel',
        operationId: row.operation_id,
        amountMinor: row.amount_minor,
      }),
    ),
  );
}
