import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import { aboutAttempt, type OperationKind, type PaymentEvent } from '../payment.ts';
import { canRelease, lockMoney } from './attempt-money.ts';
import { isOfGoingBack } from './going-back.ts';
import { leaveToPerson } from './leave-to-person.ts';
import { lockOperation, operationWanted, settleOperation } from './operations-store.ts';

type Moved = Extract<PaymentEvent, { name: 'payment captured' | 'payment refunded' | 'payment released' }>;

const kindOf: Record<Moved['name'], OperationKind> = {
  'payment captured': 'capture',
  'payment refunded': 'refund',
  'payment released': 'cancel',
};

/**
 * What the provider's totals say at once of all operations of a kind, whichever answer was lost. What it took
 * of money that is to go back, late or beside a release, goes back too; where a person has said that it went
 * back already, a person says whether this did.
 */
export const settleOperations: NowStep<unknown, Transaction, Moved> = {
  stepName: 'settleOperations',
  reports: ['operation settled', 'operation wanted', 'give-back due', 'attention needed'],
  async run(_context, transaction, events) {
    const known = await findKnown(transaction, events);
    for (const event of events) {
      const { isUnderWay = false, goesBack = false, isSaidBack = false } = known.get(event.attemptId) ?? {};
      if (isUnderWay) await settleCovered(transaction, event);
      if (event.name !== 'payment captured') continue;
      if (isUnderWay) await wakeRelease(transaction, event);
      if (goesBack && isSaidBack) await leaveTaken(transaction, event);
      else if (goesBack) {
        await transaction.report<PaymentEvent>([{ name: 'give-back due', ...aboutAttempt(event) }]);
      }
    }
  },
};

const knownStatement = sql(
  'paymentOperations.findKnown',
  `SELECT attempt_id AS "attemptId",
     bool_or(state IN ('created', 'sent', 'unknown', 'by_hand')) AS "isUnderWay",
     coalesce(bool_or(${isOfGoingBack}), false) AS "goesBack",
     EXISTS (SELECT FROM cases WHERE cases.attempt_id = payment_operations.attempt_id
       AND outcome = 'given_back') AS "isSaidBack"
   FROM payment_operations
   WHERE (publisher_id, attempt_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
     AND kind IN ('capture', 'cancel', 'refund')
   GROUP BY attempt_id`,
);

type Known = { attemptId: number; isUnderWay: boolean; goesBack: boolean; isSaidBack: boolean };

/** Most money moves by the first call of an attempt, and leaves nothing to settle. */
async function findKnown(transaction: Transaction, events: readonly Moved[]): Promise<Map<number, Known>> {
  const rows = await transaction.query<Known>(knownStatement, [
    events.map((event) => event.publisherId),
    events.map((event) => event.attemptId),
  ]);
  return new Map(rows.map((row) => [row.attemptId, row]));
}

async function leaveTaken(transaction: Transaction, event: Moved): Promise<void> {
  const money = await lockMoney(transaction, event.publisherId, event.attemptId);
  if (money) await leaveToPerson(transaction, event, money, 'taken after it was given back');
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
  const { publisherId, attemptId } = event;
  const money = await lockMoney(transaction, publisherId, attemptId);
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
