import type { Transaction } from '../../database/transaction.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import type { AttemptState } from '../payment.ts';
import { applyEvidence } from './apply-evidence.ts';
import { lockPayment } from './lock-payment.ts';

/**
 * Ends an attempt whose charge nobody has claimed: the provider has taken nothing, and will not. One that was
 * claimed meanwhile stays as it is; answers the state that it is in afterwards.
 */
export async function dropAttempt(
  context: { secrets: { sealing: SealingKeys } },
  transaction: Transaction,
  { publisherId, attemptId }: { publisherId: number; attemptId: number },
): Promise<AttemptState> {
  const locked = await lockPayment(transaction, { publisherId, attemptId });
  if (!locked) throw new Error('there is no such attempt');
  if (locked.attempt.state !== 'created') return locked.attempt.state;
  const evidence = { meaning: 'not_sent', code: 'never sent', raw: '' } as const;
  return applyEvidence(context, transaction, { publisherId, attemptId, source: 'answer', evidence });
}
