import { randomBytes } from 'node:crypto';
import type { SealedColumn } from '../database/reseal-column.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { type SealingKeys, seal, sealWith, unseal } from '../kit/seal.ts';
import type { OperationAnswer } from './port/provider-answer.ts';
import type { ReceivedEvidence } from './received-evidence.ts';

const insertOutcomeStatement = sql(
  'paymentOutcomes.insert',
  `INSERT INTO payment_outcomes (attempt_id, publisher_id, order_id, source, meaning, code, carries_money,
    applied, raw_sealed, read_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, leveret_now())`,
);

/**
 * Appends evidence. The raw text is sealed with the order's own key: erasing that key erases the evidence.
 */
export async function insertOutcome(
  context: { secrets: { sealing: SealingKeys } },
  transaction: Transaction,
  received: ReceivedEvidence,
  result: { isApplied: boolean; carriesMoney: boolean },
): Promise<void> {
  const { publisherId, orderId, attemptId, source, evidence } = received;
  const raw = evidence.raw === '' ? null : await sealRaw(context, transaction, received, evidence.raw);
  await transaction.query(insertOutcomeStatement, [
    attemptId,
    publisherId,
    orderId,
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
  `INSERT INTO payment_outcomes (attempt_id, publisher_id, order_id, operation_id, source, meaning, code,
    carries_money, applied, raw_sealed, read_at)
   VALUES ($1, $2, $3, $4, 'answer', $5, $6, false, true, $7, leveret_now())`,
);

const meanings: Record<OperationAnswer['kind'], string> = {
  succeeded: 'succeeded',
  pending: 'pending',
  failed: 'failed',
  'already secured': 'failed',
  'not sent': 'not_sent',
  unknown: 'unknown',
};

/** Appends the answer to a capture, cancellation or refund; it carries no money that could pay an order. */
export async function insertOperationOutcome(
  context: { secrets: { sealing: SealingKeys } },
  transaction: Transaction,
  key: { publisherId: number; orderId: number; attemptId: number; operationId: number },
  answer: OperationAnswer,
): Promise<void> {
  const text = 'raw' in answer ? answer.raw : '';
  await transaction.query(insertOfOperation, [
    key.attemptId,
    key.publisherId,
    key.orderId,
    key.operationId,
    meanings[answer.kind],
    'code' in answer ? answer.code : null,
    text === '' ? null : await sealRaw(context, transaction, key, text),
  ]);
}

async function sealRaw(
  context: { secrets: { sealing: SealingKeys } },
  transaction: Transaction,
  { orderId, attemptId }: { orderId: number; attemptId: number },
  raw: string,
): Promise<Buffer> {
  const key = await orderKey(context, transaction, orderId);
  return sealWith(key, `payment_outcomes ${attemptId}`, Buffer.from(raw.slice(0, 20_000)));
}

/** Keys of orders, as they are sealed anew. What they seal in turn stays as it is. */
export const sealedOrderKeys: SealedColumn = {
  table: 'order_keys',
  column: 'sealed_key',
  key: { order_id: 'bigint' },
  placeOf: (row) => orderKeyPlace(Number(row['order_id'])),
};

function orderKeyPlace(orderId: number): string {
  return `order_keys ${orderId}`;
}

const ensureKey = sql(
  'orderKeys.ensure',
  `INSERT INTO order_keys (order_id, sealed_key) VALUES ($1, $2)
   ON CONFLICT (order_id) DO UPDATE SET sealed_key = order_keys.sealed_key RETURNING sealed_key`,
);

async function orderKey(
  context: { secrets: { sealing: SealingKeys } },
  transaction: Transaction,
  orderId: number,
): Promise<Buffer> {
  const place = orderKeyPlace(orderId);
  const fresh = seal(context.secrets.sealing, place, randomBytes(32));
  const [row] = await transaction.query<{ sealed_key: Buffer }>(ensureKey, [orderId, fresh]);
  if (!row) throw new Error('the key of the order was neither made nor found');
  return unseal(context.secrets.sealing, place, row.sealed_key);
}
