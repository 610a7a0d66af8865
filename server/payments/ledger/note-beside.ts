import { createHmac } from 'node:crypto';
import type { SealedColumn } from '../../database/reseal-column.ts';
import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { type SealingKeys, seal } from '../../kit/seal.ts';
import { isOpen, orderOf, type PaymentEvent, paymentOf } from '../payment.ts';
import type { Evidence } from '../port/provider-answer.ts';
import type { AttemptRow } from './attempts-store.ts';
import type { ReceivedEvidence } from './received-evidence.ts';

type Secrets = { secrets: { sealing: SealingKeys } };

const noteStatement = sql(
  'paymentAttempts.note',
  `UPDATE payment_attempts SET capture_before = coalesce($3, capture_before),
     attention = coalesce($4, attention), buyer_step = coalesce($6, buyer_step),
     provider_id = CASE WHEN $6 IS NULL THEN coalesce(provider_id, $5) ELSE coalesce($5, provider_id) END
   WHERE publisher_id = $1 AND attempt_id = $2`,
);

/**
 * Keeps what evidence says of an attempt that it does not move: the deadline for capturing, what a person
 * should see, where the buyer goes. What is known already is not written again.
 */
export async function noteInPlace(
  transaction: Transaction,
  attempt: AttemptRow,
  { evidence, buyerStep }: Pick<ReceivedEvidence, 'evidence' | 'buyerStep'>,
): Promise<void> {
  const { captureBefore = null, attention = null, providerId = null } = evidence;
  const step = buyerStep !== undefined && isOpen(attempt.state) ? JSON.stringify(buyerStep) : null;
  const isNew =
    (captureBefore !== null && captureBefore.getTime() !== attempt.capture_before?.getTime()) ||
    (attention !== null && attention !== attempt.attention) ||
    (providerId !== null && attempt.provider_id === null) ||
    step !== null;
  if (!isNew) return;
  const values = [attempt.publisher_id, attempt.attempt_id, captureBefore, attention, providerId, step];
  await transaction.query(noteStatement, values);
}

/** Keeps what the buyer agreed to. Answers the events of that, and of what a person should see, if new. */
export async function noteBeside(
  context: Secrets,
  transaction: Transaction,
  attempt: AttemptRow,
  evidence: Evidence,
): Promise<PaymentEvent[]> {
  const { attention = null, agreement } = evidence;
  const isPaid = evidence.meaning === 'secured';
  return [
    ...(agreement ? await keepAgreement(context, transaction, attempt, agreement, isPaid) : []),
    ...(attention === null || attention === attempt.attention ? [] : [attentionEvent(attempt, attention)]),
  ];
}

const attentionKinds = {
  'action required': 'action required',
  'fraud reversed': 'fraud reversed',
  'authorization lost': 'authorization lost',
  disputed: 'payment disputed',
} as const;

function attentionEvent(attempt: AttemptRow, attention: keyof typeof attentionKinds): PaymentEvent {
  return {
    name: 'attention needed',
    kind: attentionKinds[attention],
    ...paymentOf(attempt),
    attemptId: attempt.attempt_id,
  };
}

const keepStatement = sql(
  'paymentAgreements.keep',
  `INSERT INTO payment_agreements (publisher_id, order_id, attempt_id, adapter, merchant_id, token_sealed,
     token_key, state, created_at, stopped_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, (SELECT leveret_now()),
     CASE WHEN $8 = 'stopped' THEN (SELECT leveret_now()) END)
   ON CONFLICT (attempt_id) DO UPDATE SET state = 'stopped', stopped_at = (SELECT leveret_now())
   WHERE payment_agreements.state = 'active' AND excluded.state = 'stopped'
   RETURNING agreement_id, xmax <> 0 AS was_active`,
);

type Kept = { agreement_id: number; was_active: boolean };

/**
 * Keeps what the buyer agreed to. An agreement that stood, or was paid under, and does no more is told at
 * once: a question about the payment may learn it before the provider's notice about the agreement does.
 */
async function keepAgreement(
  { secrets }: Secrets,
  transaction: Transaction,
  attempt: AttemptRow,
  { token, state }: NonNullable<Evidence['agreement']>,
  isPaid: boolean,
): Promise<PaymentEvent[]> {
  // What is agreed on pays for an order's lines.
  if (attempt.order_id === null) return [];
  const [kept] = await transaction.query<Kept>(keepStatement, [
    attempt.publisher_id,
    attempt.order_id,
    attempt.attempt_id,
    attempt.adapter,
    attempt.merchant_id,
    seal(secrets.sealing, agreementPlace(attempt.attempt_id), Buffer.from(token)),
    agreementKey(secrets.sealing, attempt.adapter, token),
    state,
  ]);
  if (!kept || state !== 'stopped' || !(kept.was_active || isPaid)) return [];
  const about = orderOf({ publisherId: attempt.publisher_id, orderId: attempt.order_id });
  return [{ name: 'agreement stopped', ...about, agreementId: kept.agreement_id }];
}

/** Tokens of agreements, as they are sealed anew. */
export const sealedTokens: SealedColumn = {
  table: 'payment_agreements',
  column: 'token_sealed',
  key: { attempt_id: 'bigint' },
  placeOf: (row) => agreementPlace(Number(row['attempt_id'])),
};

/** The place that a sealed token of an agreement is bound to. */
export function agreementPlace(attemptId: number): string {
  return `payment_agreements ${attemptId}`;
}

/** The keyed hash by which a notice about an agreement finds it; it stays when sealing keys are replaced. */
export function agreementKey(keys: SealingKeys, adapter: string, token: string): Buffer {
  return createHmac('sha256', keys.hashing).update(`payment_agreements ${adapter} ${token}`).digest();
}
