import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import type { Evidence, Started } from '../port/provider-answer.ts';
import { goOnIfDropped } from './start-soon.ts';

type Context = { database: Database; secrets: { sealing: SealingKeys } };

/** Applies what a provider answered when it was asked for a session, and keeps where the buyer goes. */
export function recordSession(
  context: Context,
  about: { publisherId: number; attemptId: number },
  started: Started,
): Promise<void> {
  return context.database.transaction('record-session', async (transaction) => {
    if (started.kind === 'started' && started.buyer.to === 'code') {
      const { providerId, buyer } = started;
      const values = [about.publisherId, about.attemptId, providerId, JSON.stringify(buyer)];
      await transaction.query(keepStep, values);
      return;
    }
    const evidence = evidenceOf(started);
    const step = started.kind === 'started' ? { buyerStep: started.buyer } : {};
    const received = { ...about, source: 'answer', evidence, ...step } as const;
    // Without a session there are no questions that would keep watch of the window.
    await goOnIfDropped(transaction, about, await applyEvidence(context, transaction, received));
  });
}

// An attempt that waits for a code stays as it was made: nothing is pending at the provider.
const keepStep = sql(
  'paymentAttempts.keepBuyerStep',
  `UPDATE payment_attempts SET provider_id = $3, buyer_step = $4
   WHERE publisher_id = $1 AND attempt_id = $2`,
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
