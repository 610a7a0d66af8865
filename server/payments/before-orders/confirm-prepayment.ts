import type { Database, Transaction } from '../../database/transaction.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { OrderId, PublisherId } from '../../kit/ids.ts';
import type { LaterStep } from '../../kit/journey-runner.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { done, type Job, type JobKind, type JobResult, type NewJob } from '../../kit/work-queue/work.ts';
import { enqueue } from '../../kit/work-queue/work-store.ts';
import type { OrderEvent } from '../../orders/order.ts';
import { takerOf } from '../../orders/payment-methods.ts';
import { anotherAmount, isAnotherAmount } from '../ledger/another-amount.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import { isToConfirm, noteConfirmedPayment } from '../ledger/attach-payment.ts';
import { lockOrder } from '../ledger/attempts-store.ts';
import { findAttempt } from '../ledger/find-attempt.ts';
import { findPaymentLines, vatOf } from '../lines/find-payment-lines.ts';
import { callFor } from '../merchants/call-for.ts';
import type { ConfiguredMethod, MethodDirectory } from '../merchants/find-method.ts';
import { planCaptures } from '../money-moves/capture-payment.ts';
import { orderOf, type PaymentEvent } from '../payment.ts';
import type { AttemptFacts } from '../port/payment-request.ts';
import type { Evidence } from '../port/provider-answer.ts';
import { bookPrepayment, withdrawnMeanwhile } from './book-prepayment.ts';
import { accountOfPrepaid, findPrepaid, type Prepaid } from './find-prepaid.ts';

type Context = {
  database: Database;
  methods: MethodDirectory;
  provider: SharedHttpClient;
  secrets: { sealing: SealingKeys };
};

type OrderCompleted = Extract<OrderEvent, { name: 'order completed' }>;

/** One job for each order that was paid before it, at a provider that may be one of ours. */
export const confirmPrepayment: LaterStep<OrderCompleted> = {
  stepName: 'confirmPrepayment',
  jobFor: ({ publisherId, orderId, prepaid, paymentMethod }) =>
    prepaid && takerOf(paymentMethod) !== 'publisher' ? confirming({ publisherId, orderId }) : undefined,
};

type OrderKey = { publisherId: number; orderId: number };

function confirming({ publisherId, orderId }: OrderKey): NewJob {
  return {
    name: 'confirm-prepayment',
    publisherId,
    key: String(orderId),
    arguments: { publisherId, orderId },
  };
}

/** Has what completed orders were paid by asked about; one job waits for each. */
export function confirmSoon(transaction: Transaction, orders: readonly OrderKey[]): Promise<void> {
  return enqueue(transaction, orders.map(confirming));
}

export const confirmPrepaymentJob: JobKind<Context> = {
  run: (context, job) => runConfirmPrepayment(context, job),
  retryAfterSeconds: [2, 5, 15, 45, 120, 600, 3600, 21_600, 86_400],
  concurrency: 8,
  leaseSeconds: 12,
};

/**
 * Asks the provider about what the order was paid by: a payment of ours that it took, or a transaction that
 * the publisher named. What fits can be captured and refunded from then on; what does not becomes a case, as
 * does a provider that tells nothing to the end of the plan. Where the publisher's transaction is of a method
 * that is not set up or cannot be asked, there is nothing to confirm.
 */
async function runConfirmPrepayment(context: Context, job: Job): Promise<JobResult> {
  const about = orderOf(job.arguments);
  const prepaid = await findPrepaid(context.database, about);
  if (!prepaid) return done;
  const isLastTry = job.failures >= confirmPrepaymentJob.retryAfterSeconds.length;
  const { configured, facts } = await findSubject(context, about, prepaid);
  const ask = configured?.method.ask;
  if (!configured || !ask) {
    if (prepaid.attempt_id === null) return done;
    if (!isLastTry) return { kind: 'later', reason: 'not configured' };
    await leaveUnconfirmed(context, about, prepaid, { reason: 'the account is not set up' });
    return done;
  }
  const evidence = await ask(callFor(context, configured), facts);
  if (isOpen(evidence) && !isLastTry) return { kind: 'later', reason: evidence.code ?? evidence.meaning };
  const mismatch =
    mismatchOf(evidence, prepaid) ?? (await book(context, about, prepaid, { configured, evidence }));
  if (mismatch !== undefined) await leaveUnconfirmed(context, about, prepaid, { reason: mismatch, evidence });
  return done;
}

type OfOrder = { publisherId: PublisherId; orderId: OrderId };

type Subject = { configured: ConfiguredMethod | undefined; facts: AttemptFacts };

async function findSubject(context: Context, about: OfOrder, prepaid: Prepaid): Promise<Subject> {
  if (prepaid.attempt_id !== null) {
    const found = await findAttempt(context, about.publisherId, prepaid.attempt_id);
    if (!found) throw new Error('the payment of an order does not exist');
    return found;
  }
  const configured = accountOfPrepaid(context.methods, about.publisherId, prepaid);
  return { configured, facts: await factsOf(context, about, prepaid) };
}

/** Of what was paid elsewhere the provider knows the transaction's id, whichever of the two it goes by. */
async function factsOf(context: Context, about: OfOrder, prepaid: Prepaid): Promise<AttemptFacts> {
  const lines = await findPaymentLines(context.database, about.publisherId, about.orderId);
  return {
    reference: prepaid.transaction_id,
    providerId: prepaid.transaction_id,
    amountMinor: prepaid.amount_minor,
    vatMinor: vatOf(lines),
    currency: prepaid.currency,
    lines,
    money: { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 },
    isAgreement: prepaid.recurring,
  };
}

function isOpen({ meaning, isUnresolvable }: Evidence): boolean {
  return isUnresolvable !== true && (meaning === 'unknown' || meaning === 'pending');
}

/**
 * The currency is compared by the adapter, which is told it: evidence speaks of amounts only. What a person
 * accepted pays the order as it stands, as far as there is money.
 */
function mismatchOf({ meaning, code, money }: Evidence, prepaid: Prepaid): string | undefined {
  if (meaning !== 'secured') return `${meaning}${code === undefined ? '' : `: ${code}`}`;
  if (!money || prepaid.is_accepted) return undefined;
  if (isAnotherAmount(prepaid.amount_minor, money)) return anotherAmount;
  return money.refundedMinor + money.cancelledMinor > 0 ? 'money went back' : undefined;
}

/** Books what fits, and plans what is still to be captured. Answers what stands in the way. */
function book(
  context: Context,
  about: OfOrder,
  { attempt_id: attemptId, transaction_id: transactionId }: Prepaid,
  told: { configured: ConfiguredMethod; evidence: Evidence },
): Promise<string | undefined> {
  if (attemptId === null) {
    return context.database.transaction('book-prepayment', (transaction) =>
      bookPrepayment(context, transaction, { ...about, ...told, transactionId }),
    );
  }
  const { evidence } = told;
  return context.database.transaction('confirm-prepayment', async (transaction) => {
    const key = { publisherId: about.publisherId, attemptId };
    await applyEvidence(context, transaction, { ...key, source: 'question', evidence });
    if ((await findPrepaid(transaction, about))?.is_withdrawn) return withdrawnMeanwhile;
    if (await noteConfirmedPayment(transaction, about)) {
      await planCaptures(transaction, [about]);
      await transaction.report<PaymentEvent>([{ name: 'page payment confirmed', ...about }]);
    }
    return undefined;
  });
}

/**
 * From now on a person decides, and nothing of the money moves by this server. What the provider says of a
 * payment of ours is kept.
 */
function leaveUnconfirmed(
  context: Context,
  about: OfOrder,
  { attempt_id: attemptId }: Prepaid,
  { reason, evidence }: { reason: string; evidence?: Evidence },
): Promise<void> {
  const { publisherId, orderId } = about;
  return context.database.transaction('prepayment-mismatch', async (transaction) => {
    await lockOrder(transaction, publisherId, orderId);
    const prepaid = await findPrepaid(transaction, about);
    // Another run has confirmed it meanwhile, or the case of the withdrawal asks for the same money already.
    if (!prepaid || (reason === withdrawnMeanwhile && prepaid.is_asked_back)) return;
    if (attemptId !== null) {
      if (!(await isToConfirm(transaction, about))) return;
      const received = evidence && { publisherId, attemptId, source: 'question' as const, evidence };
      if (received) await applyEvidence(context, transaction, received);
    }
    const ofAttempt = { ...about, ...(attemptId !== null && { attemptId }) };
    await transaction.report<PaymentEvent>([
      { name: 'attention needed', kind: 'prepayment mismatch', ...ofAttempt, reason },
    ]);
  });
}
