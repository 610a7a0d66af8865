import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { OrderId, PublisherId } from '../../kit/ids.ts';
import type { LaterStep } from '../../kit/journey-runner.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { done, type Job, type JobKind, type JobResult, type NewJob } from '../../kit/work-queue/work.ts';
import type { OrderEvent } from '../../orders/order.ts';
import { readPaymentMethod } from '../../orders/order-facts.ts';
import { referenceOf } from '../../orders/payment-result.ts';
import { callFor } from '../call-for.ts';
import type { ConfiguredMethod, MethodDirectory } from '../find-method.ts';
import { findPaymentLines, vatOf } from '../find-payment-lines.ts';
import { orderOf, type PaymentEvent } from '../payment.ts';
import type { AttemptFacts } from '../port/payment-request.ts';
import type { Evidence } from '../port/provider-answer.ts';
import { configuredFor } from './ask-page-payment.ts';
import { bookPrepayment } from './book-prepayment.ts';
import { factsOf as factsOfPage, type PagePayment } from './page-payment.ts';
import { findPagePaymentByReference } from './page-payments-store.ts';

type Context = {
  database: Database;
  methods: MethodDirectory;
  provider: SharedHttpClient;
  secrets: { sealing: SealingKeys };
};

type OrderCompleted = Extract<OrderEvent, { name: 'order completed' }>;

/** One job for each order that was paid elsewhere, at a provider that may be one of ours. */
export const confirmPrepayment: LaterStep<OrderCompleted> = {
  stepName: 'confirmPrepayment',
  jobFor: ({ publisherId, orderId, prepaid, paymentMethod }) =>
    prepaid && paymentMethod !== 'other' ? confirmingJob({ publisherId, orderId }) : undefined,
};

export function confirmingJob({ publisherId, orderId }: OfOrder): NewJob {
  return {
    name: 'confirm-prepayment',
    publisherId,
    key: String(orderId),
    arguments: { publisherId, orderId },
  };
}

export const confirmPrepaymentJob: JobKind<Context> = {
  run: (context, job) => runConfirmPrepayment(context, job),
  retryAfterSeconds: [2, 5, 15, 45, 120, 600, 3600, 21_600, 86_400],
  concurrency: 8,
  leaseSeconds: 12,
};

/**
 * Asks the provider about the transaction that the publisher said was paid. What fits becomes a payment of
 * ours that can be captured and refunded; what does not becomes a case, as does a provider that tells nothing
 * to the end of the plan. Where the method is not set up or cannot be asked there is nothing to confirm.
 */
async function runConfirmPrepayment(context: Context, job: Job): Promise<JobResult> {
  const about = orderOf(job.arguments);
  const prepaid = await findPrepaid(context, about);
  const page = prepaid && (await findPage(context, about, prepaid));
  const configured =
    prepaid && (page ? configuredFor(context, page) : findConfigured(context, about, prepaid));
  const ask = configured?.method.ask;
  const isLastTry = job.failures >= confirmPrepaymentJob.retryAfterSeconds.length;
  if (!prepaid) return done;
  if (!configured || !ask) {
    // What was paid through us is money to take, whether its account can be used just now or not.
    if (!page) return done;
    if (!isLastTry) return { kind: 'later', reason: 'not configured' };
    await reportMismatch(context, about, 'the account is not set up');
    return done;
  }
  const facts = await factsOf(context, about, prepaid, page);
  const evidence = await ask(callFor(context, configured), facts);
  if (isOpen(evidence) && !isLastTry) return { kind: 'later', reason: evidence.code ?? evidence.meaning };
  const mismatch =
    mismatchOf(evidence, prepaid) ??
    (await bookPrepayment(context, { ...about, configured, evidence, transactionId: facts.reference, page }));
  if (mismatch !== undefined) await reportMismatch(context, about, mismatch);
  return done;
}

type Prepaid = {
  payment_method: string;
  merchant_id: string | null;
  amount_minor: number;
  currency: string;
  recurring: boolean;
  transaction_id: string;
};

type OfOrder = { publisherId: PublisherId; orderId: OrderId };

const findStatement = sql(
  'orders.findPrepaid',
  `SELECT orders.payment_method, merchant_id, amount_minor, currency, recurring, transaction_id
   FROM orders JOIN prepayments USING (order_id)
   WHERE orders.publisher_id = $1 AND orders.order_id = $2 AND orders.state = 'completed' AND amount_minor > 0
     AND NOT EXISTS (SELECT FROM payment_attempts attempts
       WHERE attempts.order_id = orders.order_id AND attempts.state = 'secured')`,
);

async function findPrepaid(context: Context, about: OfOrder): Promise<Prepaid | undefined> {
  const [row] = await context.database.query<Prepaid>(findStatement, [about.publisherId, about.orderId]);
  return row;
}

function findConfigured(context: Context, about: OfOrder, prepaid: Prepaid): ConfiguredMethod | undefined {
  const name = readPaymentMethod(prepaid.payment_method);
  return name && context.methods.find(about.publisherId, name, prepaid.merchant_id ?? undefined);
}

/** The payment on a page that the order names by what we signed. */
async function findPage(
  { database }: Context,
  { publisherId }: OfOrder,
  { transaction_id: transactionId }: Prepaid,
): Promise<PagePayment | undefined> {
  const reference = referenceOf(transactionId);
  return reference === undefined ? undefined : findPagePaymentByReference(database, publisherId, reference);
}

/**
 * Of what was paid elsewhere the provider knows the transaction's id, whichever of the two it goes by; of a
 * payment on a page our reference and its own.
 */
async function factsOf(
  context: Context,
  about: OfOrder,
  prepaid: Prepaid,
  page: PagePayment | undefined,
): Promise<AttemptFacts> {
  const lines = await findPaymentLines(context.database, about.publisherId, about.orderId);
  if (page) return { ...factsOfPage(page), lines, vatMinor: vatOf(lines) };
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

/** The currency is compared by the adapter, which is told it: evidence speaks of amounts only. */
function mismatchOf({ meaning, code, money }: Evidence, prepaid: Prepaid): string | undefined {
  if (meaning !== 'secured') return `${meaning}${code === undefined ? '' : `: ${code}`}`;
  if (!money) return undefined;
  const securedMinor = Math.max(money.authorizedMinor, money.capturedMinor);
  if (securedMinor !== prepaid.amount_minor) return 'another amount';
  return money.refundedMinor + money.cancelledMinor > 0 ? 'money went back' : undefined;
}

function reportMismatch(context: Context, about: OfOrder, reason: string): Promise<void> {
  return context.database.transaction('prepayment-mismatch', (transaction) =>
    transaction.report<PaymentEvent>([{ name: 'prepayment mismatch', ...about, reason }]),
  );
}
