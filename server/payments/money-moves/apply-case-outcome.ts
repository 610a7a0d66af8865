import type { CaseEvent, CaseOutcome } from '../../cases/case.ts';
import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import { orderOf, type PaymentEvent } from '../payment.ts';
import { applyOperationOutcome } from './apply-operation-outcome.ts';
import { giveBackByPerson } from './give-back-by-person.ts';

type Context = { secrets: { sealing: SealingKeys } };
type Answered = Extract<CaseEvent, { name: 'case answered' }>;
type OfAttempt = Answered & { attemptId: number };

/** What a person found out or did about money is evidence like any other, whatever the case was about. */
export const applyCaseOutcome: NowStep<Context, Transaction, Answered> = {
  stepName: 'applyCaseOutcome',
  reports: [
    'payment secured',
    'unattached payment secured',
    'renewal secured',
    'invoice paid',
    'method secured',
    'late money',
    'surplus money',
    'attempt ended without money',
    'payment failed',
    'payment captured',
    'payment refunded',
    'payment released',
    'attention needed',
    'give-back due',
    'attempt settled',
    'operation settled',
    'operation wanted',
    'refund accepted',
  ],
  async run(context, transaction, events) {
    for (const event of events) await apply(context, transaction, event);
  },
};

async function apply(context: Context, transaction: Transaction, event: Answered): Promise<void> {
  const { attemptId } = event;
  switch (event.kind) {
    case 'attempt unresolved':
    case 'action required':
    case 'fraud reversed':
    case 'authorization lost':
    case 'payment disputed':
      if (attemptId !== undefined) await settleAttempt(context, transaction, { ...event, attemptId });
      return;
    case 'prepaid order left':
      if (event.orderId !== undefined) await endLeftOrder(transaction, event.outcome, orderOf(event));
      return;
    case 'give-back due':
    case 'surplus money':
    case 'capture failed':
    case 'release failed':
    case 'refund failed':
    case 'refund by hand':
      if (event.operationId !== undefined) await applyOperationOutcome(transaction, event, event.operationId);
      return;
    // What an order was paid by before, and what is withdrawn, is answered by steps of their own.
    case 'prepayment mismatch':
    case 'capture due':
    case 'message withheld':
    case 'link undelivered':
    case 'withdrawal to check':
    case 'withdrawal refund due':
      return;
  }
}

async function settleAttempt(context: Context, transaction: Transaction, event: OfAttempt): Promise<void> {
  const { outcome, publisherId, attemptId } = event;
  const meaning = meaningOf(outcome);
  if (meaning === undefined) return;
  const isRefunded = outcome === 'given_back';
  const evidence = { meaning, code: `person: ${outcome}`, raw: '' } as const;
  const about = { publisherId, attemptId };
  await applyEvidence(context, transaction, { ...about, source: 'person', evidence, isRefunded });
  if (isRefunded) await giveBackByPerson(transaction, about);
}

/** What an outcome says of an attempt; what answers no question of its money says nothing. */
function meaningOf(outcome: CaseOutcome): 'secured' | 'declined' | undefined {
  switch (outcome) {
    case 'paid':
    case 'given_back':
      return 'secured';
    case 'not_paid':
      return 'declined';
    case 'again':
    case 'accepted':
    case 'refused':
    case 'dismissed':
      return undefined;
  }
}

const findAttached = sql(
  'paymentAttempts.findAttached',
  `SELECT attempt_id FROM payment_attempts JOIN payments USING (payment_id)
   WHERE payments.publisher_id = $1 AND payments.order_id = $2 AND purpose = 'order'
     AND payment_attempts.state = 'secured'`,
);

/** A dismissed case leaves the order to expire. */
async function endLeftOrder(
  transaction: Transaction,
  outcome: CaseOutcome,
  about: ReturnType<typeof orderOf>,
): Promise<void> {
  switch (outcome) {
    case 'paid':
      return transaction.report<PaymentEvent>([
        { name: 'payment secured', ...about, securedBy: 'prepayment' },
      ]);
    case 'given_back':
      await giveBackOfOrder(transaction, about);
      return transaction.report<PaymentEvent>([{ name: 'payment failed', ...about, reason: outcome }]);
    case 'not_paid':
      return transaction.report<PaymentEvent>([{ name: 'payment failed', ...about, reason: outcome }]);
    case 'again':
    case 'accepted':
    case 'refused':
    case 'dismissed':
      return;
  }
}

/** Booked before the order stops: a payment that it has leaves then, and would be refunded once more. */
async function giveBackOfOrder(
  transaction: Transaction,
  { publisherId, orderId }: ReturnType<typeof orderOf>,
): Promise<void> {
  const rows = await transaction.query<{ attempt_id: number }>(findAttached, [publisherId, orderId]);
  for (const { attempt_id: attemptId } of rows)
    await giveBackByPerson(transaction, { publisherId, attemptId });
}
