import type { Database } from '../database/transaction.ts';
import type { SealingKeys } from '../kit/seal.ts';
import { applyEvidence } from './apply-evidence.ts';
import { findAttemptByReference } from './attempts-store.ts';
import type { MethodDirectory } from './find-method.ts';
import type { Notice } from './port/notice.ts';

export type NoticeOutcome = 'applied' | 'not ours' | 'wrong credentials' | 'not understood';

type Context = { database: Database; methods: MethodDirectory; secrets: { sealing: SealingKeys } };

/**
 * Takes a provider's notice at the unguessable address of a merchant. One that cannot be read back from the
 * provider counts only with the right credentials and for an attempt that we made.
 */
export async function receiveNotice(
  context: Context,
  adapter: string,
  gateToken: string,
  notice: Notice,
): Promise<NoticeOutcome> {
  const configured = context.methods.findByGateToken(adapter, gateToken);
  // This node may not have read a new merchant yet; a refusal makes the provider send the notice again.
  if (!configured) return 'wrong credentials';
  const reading = configured.method.readNotice?.(configured.settings, notice);
  if (reading?.kind === 'refused') return reading.reason;
  if (reading?.kind !== 'evidence') return 'not ours';
  const { publisherId } = configured;
  const attempt = await findAttemptByReference(context.database, publisherId, adapter, reading.reference);
  if (!attempt) return 'not ours';
  await context.database.transaction('apply-notice', (transaction) =>
    applyEvidence(context, transaction, {
      publisherId,
      orderId: attempt.order_id,
      attemptId: attempt.attempt_id,
      source: 'notice',
      evidence: reading.evidence,
    }),
  );
  return 'applied';
}
