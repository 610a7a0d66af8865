import { randomBytes } from 'node:crypto';
import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { OrderId, PublisherId } from '../../kit/ids.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { publisherSettingsOf } from '../../publishers/publisher-settings.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import { ensurePayment, lockOrder, type OrderToPay } from '../ledger/attempts-store.ts';
import { newReference } from '../ledger/new-reference.ts';
import type { ConfiguredMethod } from '../merchants/find-method.ts';
import { planCaptures } from '../money-moves/capture-payment.ts';
import type { Evidence } from '../port/provider-answer.ts';
import { findPrepaid } from './find-prepaid.ts';

type Context = { secrets: { sealing: SealingKeys } };

// The provider's own reference is the attempt's, as every later call goes by it. Within one account it is
// unique for good: a transaction that pays an order already pays no other. It begins as secured, which
// completes nothing: the order is completed.
const insertAttempt = sql(
  'paymentAttempts.insertPrepaid',
  `INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, merchant_id, reference,
     notice_token, flow, provider_id, state, last_evidence_at, created_at, ended_at)
   SELECT $1, $2, $3, $4, $5, $6, $7, 'direct', $8, 'secured', at, at, at
   FROM (SELECT (SELECT leveret_now()) AS at) clock
   ON CONFLICT (reference, publisher_id, adapter, merchant_id) DO NOTHING RETURNING attempt_id`,
);

// What was taken before us, so that the sums of our own operations begin there.
const insertTaken = sql(
  'paymentOperations.insertTaken',
  `INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, cause, state,
     created_at, ended_at)
   SELECT attempt_id, publisher_id, 'capture', $3, captured_minor, 'paid elsewhere', 'succeeded', at, at
   FROM payment_attempts, (SELECT (SELECT leveret_now()) AS at) clock
   WHERE publisher_id = $1 AND attempt_id = $2 AND captured_minor > 0`,
);

/** Why what was paid before a withdrawal is not taken any more. */
export const withdrawnMeanwhile = 'withdrawn meanwhile';

export type Confirmed = {
  publisherId: PublisherId;
  orderId: OrderId;
  configured: ConfiguredMethod;
  evidence: Evidence;
  transactionId: string;
};

/**
 * Makes what was paid elsewhere a secured payment of ours, with the money that the provider tells of, and
 * plans what is still to be captured. Answers what stands in the way where another payment has the reference,
 * or a withdrawal has a person give the money back. What another run has booked meanwhile is booked.
 */
export async function bookPrepayment(
  context: Context,
  transaction: Transaction,
  confirmed: Confirmed,
): Promise<string | undefined> {
  const { publisherId, orderId } = confirmed;
  const order = await lockOrder(transaction, publisherId, orderId);
  const prepaid = await findPrepaid(transaction, { publisherId, orderId });
  if (!order || prepaid?.attempt_id !== null) return undefined;
  if (prepaid.is_withdrawn) return withdrawnMeanwhile;
  const attemptId = await insertPrepayment(context, transaction, order, { ...confirmed, source: 'question' });
  if (attemptId === undefined) return 'the transaction pays another order';
  await planCaptures(transaction, [{ publisherId, orderId }]);
  return undefined;
}

type Told = Confirmed & { source: 'question' | 'person' };

/**
 * Writes the payment of a locked order, and what is known of it goes the way of all evidence. Answers its
 * attempt, or nothing where another payment has the reference.
 */
export async function insertPrepayment(
  context: Context,
  transaction: Transaction,
  order: OrderToPay,
  { publisherId, orderId, configured, evidence, transactionId, source }: Told,
): Promise<number | undefined> {
  const { paymentWindowMinutes } = publisherSettingsOf(order.publisher_settings);
  const { payment_id: paymentId } = await ensurePayment(transaction, order, paymentWindowMinutes, 'direct');
  const [row] = await transaction.query<{ attempt_id: number }>(insertAttempt, [
    paymentId,
    publisherId,
    orderId,
    configured.method.name,
    configured.merchantId,
    transactionId,
    randomBytes(18).toString('base64url'),
    evidence.providerId ?? transactionId,
  ]);
  if (!row) return undefined;
  const { attempt_id: attemptId } = row;
  await applyEvidence(context, transaction, { publisherId, attemptId, source, evidence });
  await transaction.query(insertTaken, [publisherId, attemptId, newReference()]);
  return attemptId;
}
