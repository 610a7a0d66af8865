import { randomBytes } from 'node:crypto';
import type { Database } from '../database/transaction.ts';
import { failpoint } from '../kit/failpoint.ts';
import type { HttpClient } from '../kit/http-client.ts';
import type { LaterStep } from '../kit/journey-runner.ts';
import { done, type Job, type JobKind, type JobResult } from '../kit/work-queue/work.ts';
import { readPaymentMethod } from '../orders/order-facts.ts';
import { defaultPublisherSettings } from '../publishers/publisher.ts';
import { applyEvidence } from './apply-evidence.ts';
import {
  ensurePayment,
  findOpenAttempt,
  insertAttempt,
  lockOrder,
  markSent,
  type OrderToPay,
  wasCharged,
} from './attempts-store.ts';
import type { ConfiguredMethod, MethodDirectory } from './find-method.ts';
import { orderOf, type PaymentEvent } from './payment.ts';
import type { ChargeRequest, Evidence } from './payment-method.ts';

type Context = {
  database: Database;
  methods: MethodDirectory;
  provider: HttpClient;
  secrets: { sealing: Buffer };
};

type PaymentWanted = Extract<PaymentEvent, { name: 'payment wanted' }>;

export const startPayment: LaterStep<PaymentWanted> = {
  stepName: 'startPayment',
  jobFor: ({ publisherId, orderId }) => ({
    name: 'start-payment',
    publisherId,
    key: String(orderId),
    arguments: { publisherId, orderId },
  }),
};

/** Retries only what surely never reached the provider; the payment window ends it. */
export const startPaymentJob: JobKind<Context> = {
  run: (context, job) => runStartPayment(context, job),
  retryAfterSeconds: [2, 5, 15, 45, 120, 300, 600, 600, 600, 600],
  concurrency: 16,
  leaseSeconds: 12,
};

type Prepared =
  | { kind: 'nothing to do' }
  | { kind: 'interrupted'; attemptId: number }
  | { kind: 'window over' }
  | {
      kind: 'ready';
      attemptId: number;
      charge: NonNullable<ConfiguredMethod['method']['charge']>;
      configured: ConfiguredMethod;
      request: ChargeRequest;
    };

/**
 * Takes the money of one order, in steps that are each committed before the next: intent, claim of the one
 * call, the call itself with no transaction open, and its evidence.
 */
async function runStartPayment(context: Context, job: Job): Promise<JobResult> {
  const { publisherId, orderId } = orderOf(job.arguments);
  const prepared = await prepareAttempt(context, publisherId, orderId);
  switch (prepared.kind) {
    case 'nothing to do':
      return done;
    case 'window over':
      await failPayment(context, publisherId, orderId);
      return done;
    case 'interrupted':
      await record(context, publisherId, orderId, prepared.attemptId, {
        meaning: 'unknown',
        code: 'interrupted',
        raw: '',
      });
      return done;
    case 'ready':
      return chargeOnce(context, job, prepared);
  }
}

async function chargeOnce(
  context: Context,
  job: Job,
  prepared: Extract<Prepared, { kind: 'ready' }>,
): Promise<JobResult> {
  const { publisherId, orderId } = orderOf(job.arguments);
  const { attemptId, configured, request } = prepared;
  if (!(await job.isHeld()))
    return { kind: 'later', reason: 'the lease was lost', isFailure: false, afterSeconds: 1 };
  const dueSeconds = request.validitySeconds + (configured.method.silenceSeconds ?? 0);
  const isOurs = await context.database.transaction('claim-charge', (transaction) =>
    markSent(transaction, attemptId, dueSeconds),
  );
  if (!isOurs) return done;
  failpoint('before charge');
  const evidence = await prepared.charge({ http: context.provider, settings: configured.settings }, request);
  failpoint('after charge');
  await record(context, publisherId, orderId, attemptId, evidence);
  if (evidence.meaning !== 'not_sent') return done;
  const afterSeconds = startPaymentJob.retryAfterSeconds[job.failures] ?? 600;
  return { kind: 'later', reason: evidence.code ?? 'not sent', afterSeconds };
}

async function prepareAttempt(context: Context, publisherId: number, orderId: number): Promise<Prepared> {
  return context.database.transaction('prepare-charge', async (transaction): Promise<Prepared> => {
    const order = await lockOrder(transaction, publisherId, orderId);
    const name = readPaymentMethod(order?.payment_method ?? null);
    if (order?.state !== 'paying' || !name) return { kind: 'nothing to do' };
    const configured =
      context.methods.find(publisherId, name, order.merchant_id) ?? context.methods.find(publisherId, name);
    const settings = { ...defaultPublisherSettings, ...order.publisher_settings };
    const payment = await ensurePayment(transaction, order, settings.paymentWindowMinutes);
    const open = await findOpenAttempt(transaction, payment.payment_id);
    if (open && open.state !== 'created')
      return open.state === 'sent'
        ? { kind: 'interrupted', attemptId: open.attempt_id }
        : { kind: 'nothing to do' };
    if (payment.seconds_left < 1 || !configured?.method.charge || order.is_cancel_asked)
      return { kind: 'window over' };
    const reference = open?.reference ?? newReference();
    const attemptId =
      open?.attempt_id ??
      (await insertAttempt(transaction, {
        paymentId: payment.payment_id,
        order,
        adapter: configured.method.name,
        reference,
        noticeToken: randomBytes(18).toString('base64url'),
      }));
    const isFirstCharge = !(await wasCharged(transaction, order));
    const request = requestOf(order, reference, Math.ceil(payment.seconds_left), isFirstCharge);
    return { kind: 'ready', attemptId, charge: configured.method.charge, configured, request };
  });
}

function requestOf(
  order: OrderToPay,
  reference: string,
  validitySeconds: number,
  isFirstCharge: boolean,
): ChargeRequest {
  if (order.mobile === null) throw new Error('an order paid by SMS has no mobile');
  const description = (order.description ?? 'order').slice(0, 50);
  return {
    reference,
    amountMinor: order.amount_minor,
    currency: order.currency,
    mobile: order.mobile,
    description,
    validitySeconds,
    isFirstCharge,
  };
}

/** A letter and 25 letters and digits: the narrowest format of all providers, never the public order id. */
function newReference(): string {
  return `p${BigInt(`0x${randomBytes(16).toString('hex')}`)
    .toString(36)
    .padStart(25, '0')}`;
}

function record(
  context: Context,
  publisherId: number,
  orderId: number,
  attemptId: number,
  evidence: Evidence,
): Promise<void> {
  return context.database.transaction('record-answer', async (transaction) => {
    await applyEvidence(context, transaction, {
      publisherId,
      orderId,
      attemptId,
      source: 'answer',
      evidence,
    });
  });
}

async function failPayment(context: Context, publisherId: number, orderId: number): Promise<void> {
  await context.database.transaction('fail-payment', async (transaction) => {
    const { publisherId: publisher, orderId: order } = orderOf({ publisherId, orderId });
    await transaction.report<PaymentEvent>([
      { name: 'payment failed', publisherId: publisher, orderId: order, reason: 'window over' },
    ]);
  });
}
