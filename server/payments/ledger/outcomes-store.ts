import { randomBytes } from 'node:crypto';
import type { SealedColumn } from '../../database/reseal-column.ts';
import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { cutText } from '../../kit/cut-text.ts';
import { type SealingKeys, seal, sealWith, unseal } from '../../kit/seal.ts';
import type { OperationAnswer } from '../port/provider-answer.ts';
import type { ReceivedEvidence } from './received-evidence.ts';

const insertOutcomeStatement = sql(
  'paymentOutcomes.insert',
  `INSERT INTO payment_outcomes (attempt_id, publisher_id, source, meaning, code, carries_money, applied,
     raw_sealed, read_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, (SELECT leveret_now()))`,
);

/** A payment and the key of its evidence, where it is known that there is one. */
export type PaymentKey = { payment_id: number; sealed_key?: Buffer | null };

/**
 * Appends evidence. The raw text is sealed with the payment's own key: erasing that key erases the evidence.
 */
export async function insertOutcome(
  context: { secrets: { sealing: SealingKeys } },
  transaction: Transaction,
  payment: PaymentKey,
  received: ReceivedEvidence,
  result: { isApplied: boolean; carriesMoney: boolean },
): Promise<void> {
  const { publisherId, attemptId, source, evidence } = received;
  const raw =
    evidence.raw === '' ? null : await sealRaw(context, transaction, { payment, attemptId }, evidence.raw);
  await transaction.query(insertOutcomeStatement, [
    attemptId,
    publisherId,
    source,
    evidence.meaning,
    evidence.code ?? null,
    result.carriesMoney,
    result.isApplied,
    raw,
  ]);
}

const insertOfOperation = sql(
  'paymentOutcomes.insertOfOperation',
  `INSERT INTO payment_outcomes (attempt_id, publisher_id, operation_id, source, meaning, code, carries_money,
     applied, raw_sealed, read_at)
   VALUES ($1, $2, $3, 'answer', $4, $5, false, true, $6, (SELECT leveret_now()))`,
);

const meanings: Record<OperationAnswer['kind'], string> = {
  succeeded: 'succeeded',
  pending: 'pending',
  failed: 'failed',
  'already secured': 'failed',
  'not sent': 'not_sent',
  'not now': 'not_sent',
  unknown: 'unknown',
};

/** Appends the answer to a capture, cancellation or refund; it carries no money that could pay an order. */
export async function insertOperationOutcome(
  context: { secrets: { sealing: SealingKeys } },
  transaction: Transaction,
  key: { publisherId: number; payment: PaymentKey; attemptId: number; operationId: number },
  answer: OperationAnswer,
): Promise<void> {
  const text = 'raw' in answer ? answer.raw : '';
  await transaction.query(insertOfOperation, [
    key.attemptId,
    key.publisherId,
    key.operationId,
    meanings[answer.kind],
    'code' in answer ? answer.code : null,
    text === '' ? null : await sealRaw(context, transaction, key, text),
  ]);
}

async function sealRaw(
  context: { secrets: { sealing: SealingKeys } },
  transaction: Transaction,
  { payment, attemptId }: { payment: PaymentKey; attemptId: number },
  raw: string,
): Promise<Buffer | null> {
  const key = await paymentKey(context, transaction, payment);
  if (!key) return null;
  return sealWith(key, `payment_outcomes ${attemptId}`, Buffer.from(cutText(raw, 20_000)));
}

/** Keys of payments, as they are sealed anew. What they seal in turn stays as it is. */
export const sealedPaymentKeys: SealedColumn = {
  table: 'payment_keys',
  column: 'sealed_key',
  where: 'sealed_key IS NOT NULL',
  key: { payment_id: 'bigint' },
  placeOf: (row) => paymentKeyPlace(Number(row['payment_id'])),
};

function paymentKeyPlace(paymentId: number): string {
  return `payment_keys ${paymentId}`;
}

const ensureKey = sql(
  'paymentKeys.ensure',
  `INSERT INTO payment_keys (payment_id, sealed_key) VALUES ($1, $2)
   ON CONFLICT (payment_id) DO UPDATE SET sealed_key = payment_keys.sealed_key RETURNING sealed_key`,
);

/**
 * Made with the first evidence, and read with the lock afterwards: to make sure of it writes it anew. Nothing
 * where the payer was erased: from then on nothing is kept of what is said of them.
 */
async function paymentKey(
  context: { secrets: { sealing: SealingKeys } },
  transaction: Transaction,
  { payment_id: paymentId, sealed_key: known }: PaymentKey,
): Promise<Buffer | undefined> {
  const place = paymentKeyPlace(paymentId);
  if (known) return unseal(context.secrets.sealing, place, known);
  const fresh = seal(context.secrets.sealing, place, randomBytes(32));
  const [row] = await transaction.query<{ sealed_key: Buffer | null }>(ensureKey, [paymentId, fresh]);
  if (!row) throw new Error('the key of the payment was neither made nor found');
  return row.sealed_key ? unseal(context.secrets.sealing, place, row.sealed_key) : undefined;
}
