import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { AttemptState } from '../payment.ts';
import type { AttemptRow } from './attempts-store.ts';
import type { ReceivedEvidence } from './received-evidence.ts';

// All that one piece of evidence says of an attempt beside its money is one write of its row. No evidence
// leads back to `created` or `sent`.
const moveText = `UPDATE payment_attempts SET state = $2, reason = $3,
     provider_id = coalesce($4, provider_id),
     buyer_reason = $6, last_evidence_at = (SELECT leveret_now()),
     unresolvable_at = CASE WHEN $5 THEN (SELECT leveret_now()) ELSE unresolvable_at END,
     ended_at = CASE WHEN $2 IN ('pending', 'unknown') THEN NULL ELSE (SELECT leveret_now()) END,
     capture_before = coalesce($7, capture_before), attention = coalesce($8, attention),
     buyer_step = coalesce($9, buyer_step)
   WHERE attempt_id = $1`;

const moveStatement = sql('paymentAttempts.move', moveText);

const operationStates: Partial<Record<AttemptState, string>> = {
  secured: 'succeeded',
  declined: 'failed',
  aborted: 'failed',
  expired: 'failed',
  discarded: 'failed',
  unknown: 'unknown',
};

const moveWithOperation = sql(
  'paymentAttempts.moveWithOperation',
  `WITH moved AS (${moveText})
   UPDATE payment_operations SET state = $10,
     ended_at = CASE WHEN $10 = 'unknown' THEN NULL ELSE (SELECT leveret_now()) END
   WHERE attempt_id = $1 AND kind IN ('charge', 'authorize') AND state <> $10`,
);

const rememberMobile = sql(
  'chargedMobiles.insert',
  `INSERT INTO charged_mobiles (publisher_id, adapter, merchant_id, mobile_key, first_charged_at)
   VALUES ($1, $2, $3, $4, (SELECT leveret_now())) ON CONFLICT DO NOTHING`,
);

/**
 * Moves an attempt and its first operation forward, with what the evidence says beside it; a mobile that was
 * charged is remembered by its key.
 */
export async function moveAttempt(
  transaction: Transaction,
  attempt: AttemptRow,
  mobileKey: Buffer | undefined,
  target: AttemptState,
  { evidence, buyerStep }: Pick<ReceivedEvidence, 'evidence' | 'buyerStep'>,
): Promise<void> {
  const { code = null, providerId = null, isUnresolvable = false, reason = null } = evidence;
  const { captureBefore = null, attention = null } = evidence;
  const values = [
    attempt.attempt_id,
    target,
    code,
    providerId,
    isUnresolvable,
    reason,
    captureBefore,
    attention,
    buyerStep === undefined ? null : JSON.stringify(buyerStep),
  ];
  const operationState = operationStates[target];
  if (operationState) await transaction.query(moveWithOperation, [...values, operationState]);
  else await transaction.query(moveStatement, values);
  if (target !== 'secured') return;
  if (mobileKey && attempt.flow === 'direct') {
    const { publisher_id, adapter, merchant_id } = attempt;
    await transaction.query(rememberMobile, [publisher_id, adapter, merchant_id, mobileKey]);
  }
}
