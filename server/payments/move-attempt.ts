import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { AttemptRow, OrderToPay } from './attempts-store.ts';
import type { AttemptState } from './payment.ts';
import type { Evidence } from './port/provider-answer.ts';

const moveStatement = sql(
  'paymentAttempts.move',
  `UPDATE payment_attempts SET state = $2, reason = $3, provider_id = coalesce($4, provider_id),
     buyer_reason = $6, last_evidence_at = leveret_now(),
     unresolvable_at = CASE WHEN $5 THEN leveret_now() ELSE unresolvable_at END,
     ended_at = CASE WHEN $2 IN ('created', 'sent', 'pending', 'unknown') THEN NULL ELSE leveret_now() END
   WHERE attempt_id = $1`,
);

const operationStates: Partial<Record<AttemptState, string>> = {
  secured: 'succeeded',
  declined: 'failed',
  aborted: 'failed',
  expired: 'failed',
  discarded: 'failed',
  unknown: 'unknown',
};

const moveOperation = sql(
  'paymentOperations.move',
  `UPDATE payment_operations SET state = $2,
     ended_at = CASE WHEN $2 = 'unknown' THEN NULL ELSE leveret_now() END
   WHERE attempt_id = $1 AND kind IN ('charge', 'authorize') AND state <> $2`,
);

const rememberMobile = sql(
  'chargedMobiles.insert',
  `INSERT INTO charged_mobiles (publisher_id, adapter, merchant_id, mobile_key, first_charged_at)
   VALUES ($1, $2, $3, $4, leveret_now()) ON CONFLICT DO NOTHING`,
);

/** Moves an attempt and its first operation forward. */
export async function moveAttempt(
  transaction: Transaction,
  attempt: AttemptRow,
  order: OrderToPay,
  target: AttemptState,
  evidence: Evidence,
): Promise<void> {
  const { code = null, providerId = null, isUnresolvable = false, reason = null } = evidence;
  const values = [attempt.attempt_id, target, code, providerId, isUnresolvable, reason];
  await transaction.query(moveStatement, values);
  const operationState = operationStates[target];
  if (operationState) await transaction.query(moveOperation, [attempt.attempt_id, operationState]);
  if (target !== 'secured') return;
  if (order.mobile_key && attempt.flow === 'direct') {
    const { publisher_id, adapter, merchant_id } = attempt;
    await transaction.query(rememberMobile, [publisher_id, adapter, merchant_id, order.mobile_key]);
  }
}
