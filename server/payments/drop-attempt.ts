import type { Transaction } from '../database/transaction.ts';
import type { SealingKeys } from '../kit/seal.ts';
import { applyEvidence } from './apply-evidence.ts';
import { lockAttempt, lockOrder } from './attempts-store.ts';
import type { AttemptState } from './payment.ts';

/**
 * Ends an attempt whose charge nobody has claimed: the provider has taken nothing, and will not. One that was
 * claimed meanwhile stays as it is; answers the state that it is in afterwards.
 */
export async function dropAttempt(
  context: { secrets: { sealing: SealingKeys } },
  transaction: Transaction,
  about: { publisherId: number; orderId: number; attemptId: number },
): Promise<AttemptState> {
  await lockOrder(transaction, about.publisherId, about.orderId);
  const attempt = await lockAttempt(transaction, about.publisherId, about.attemptId);
  if (!attempt) throw new Error('there is no such attempt');
  if (attempt.state !== 'created') return attempt.state;
  const evidence = { meaning: 'not_sent', code: 'never sent', raw: '' } as const;
  return applyEvidence(context, transaction, { ...about, source: 'answer', evidence });
}
