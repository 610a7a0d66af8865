import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import type { Evidence, Started } from '../port/provider-answer.ts';
import { goOnIfDropped } from './start-soon.ts';

type Context = { database: Database; secrets: { sealing: SealingKeys } };

/**
 * Applies what a provider answered when it was asked for a session, and keeps where the buyer goes. Answers
 * whether the buyer may: an attempt whose answer came too late was dropped, and nobody asks about it.
 */
export function recordSession(
  context: Context,
  about: { publisherId: number; attemptId: number },
  started: Started,
): Promise<boolean> {
  return context.database.transaction('record-session', async (transaction) => {
    if (started.kind === 'started' && started.buyer.to === 'code') {
      const { providerId, buyer } = started;
      const values = [about.publisherId, about.attemptId, providerId, JSON.stringify(buyer)];
      return (await transaction.query(keepStep, values)).length > 0;
    }
    const evidence = evidenceOf(started);
    const step = started.kind === 'started' ? { buyerStep: started.buyer } : {};
    const received = { ...about, source: 'answer', evidence, ...step } as const;
    // Without a session there are no questions that would keep watch of the window.
    const state = await applyEvidence(context, transaction, received);
    await goOnIfDropped(transaction, about, state);
    return state !== 'discarded';
  });
}

// An attempt that waits for a code stays as it was made: nothing is pending at the provider.
const keepStep = sql(
  'paymentAttempts.keepBuyerStep',
  `UPDATE payment_attempts SET provider_id = $3, buyer_step = $4
   WHERE publisher_id = $1 AND attempt_id = $2 AND state = 'created' RETURNING attempt_id`,
);

/** A session whose answer was lost takes no money, as nobody is ever sent to it. */
function evidenceOf(started: Started): Evidence {
  switch (started.kind) {
    case 'started':
      return { meaning: 'pending', providerId: started.providerId, raw: started.raw };
    case 'refused':
      return { meaning: 'declined', code: started.code, reason: started.reason, raw: started.raw };
    case 'not sent':
      return { meaning: 'not_sent', code: started.code, raw: '' };
    case 'unknown':
      return { meaning: 'not_sent', code: started.code, raw: started.raw };
  }
}
