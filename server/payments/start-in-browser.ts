import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { failpoint } from '../kit/failpoint.ts';
import type { RateLimiter } from '../kit/rate-limit.ts';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import { applyEvidence } from './apply-evidence.ts';
import { type AskContext, askAttemptById } from './ask-attempt.ts';
import { ensurePayment, lockOrder, type OrderToPay } from './attempts-store.ts';
import type { BrowserStart, BrowserStarted } from './browser-payment.ts';
import type { BuyerStep } from './buyer-step.ts';
import { callFor } from './call-for.ts';
import { describePayment, returnAddress } from './describe-payment.ts';
import {
  awaitsCode,
  type BrowserPayment,
  findBrowserPayment,
  isHeldByOthers,
} from './find-browser-payment.ts';
import type { ConfiguredMethod } from './find-method.ts';
import { findOrderContent } from './find-payment-lines.ts';
import { hasSpentCodes } from './has-spent-codes.ts';
import { insertAttempt, type WrittenAttempt } from './insert-attempt.ts';
import { mayStart } from './limit-starts.ts';
import { isOpen, orderOf, type PaymentEvent } from './payment.ts';
import type { StartRequest } from './port/payment-request.ts';
import type { Evidence, Started } from './port/provider-answer.ts';

export type StartContext = AskContext & { rateLimiter: Pick<RateLimiter, 'take'> };

type Prepared =
  | BrowserStarted
  /** `givesUp` it, or finds out whether its session was lost. */
  | { kind: 'another is open'; attemptId: number; givesUp: boolean }
  | { kind: 'ready'; attempt: WrittenAttempt; configured: ConfiguredMethod; request: StartRequest };

/**
 * Makes a payment session for a buyer at a screen. The intent is committed before the provider hears of it;
 * a try with another method is ended first, and where the buyer had paid there already, that one wins.
 */
export async function startInBrowser(context: StartContext, asked: BrowserStart): Promise<BrowserStarted> {
  let prepared = await prepareSession(context, asked);
  if (prepared.kind === 'another is open') {
    await askAttemptById(context, asked.order.publisherId, prepared.attemptId, prepared);
    prepared = await prepareSession(context, asked);
  }
  switch (prepared.kind) {
    case 'another is open':
      return { kind: 'wait' };
    case 'ready':
      return openSession(context, asked, prepared);
    case 'go':
    case 'wait':
    case 'refused':
    case 'elsewhere':
    case 'too many':
    case 'over':
      return prepared;
  }
}

function prepareSession(context: StartContext, asked: BrowserStart): Promise<Prepared> {
  const { publisherId, orderId, merchantId } = asked.order;
  return context.database.transaction('prepare-session', async (transaction): Promise<Prepared> => {
    const order = await lockOrder(transaction, publisherId, orderId);
    const configured = context.methods.findForBrowser(publisherId, asked.method, merchantId);
    const mayPay = order?.state === 'registered' || order?.state === 'paying';
    if (!order || !mayPay || order.is_cancel_asked || !configured) return { kind: 'over' };
    const last = await findBrowserPayment(transaction, publisherId, orderId);
    const { guestId } = asked;
    if (last && guestId !== undefined && isHeldByOthers(last, guestId)) return { kind: 'elsewhere' };
    const open = readOpen(last, asked, configured);
    if (!open && !(await mayStart(context, transaction, asked))) return { kind: 'too many' };
    const { paymentWindowMinutes } = publisherSettingsOf(order.publisher_settings);
    const isGuest = guestId !== undefined;
    const payment = await ensurePayment(transaction, order, paymentWindowMinutes, 'browser', isGuest);
    if (payment.flow !== 'browser' || payment.seconds_left < 1) return { kind: 'over' };
    if (open) return open;
    if (
      configured.method.confirm &&
      (await hasSpentCodes(transaction, order, payment.payment_id, configured))
    ) {
      return { kind: 'refused', reason: 'too many tries' };
    }
    if (order.state === 'registered') {
      await transaction.report<PaymentEvent>([{ name: 'payment wanted', publisherId, orderId }]);
    }
    await transaction.query(nameMethod, [publisherId, orderId, asked.method]);
    const guest = isGuest ? { guest: { id: guestId, windowMinutes: paymentWindowMinutes } } : {};
    const how = { flow: 'browser', returnPage: asked.returnPage, ...guest } as const;
    const attempt = await insertAttempt(transaction, order, payment.payment_id, configured, how);
    const request = await describeSession(context, transaction, {
      order,
      asked,
      configured,
      attempt,
      payment,
    });
    return { kind: 'ready', attempt, configured, request };
  });
}

// An order that left the method to the buyer takes the one of the last try.
const nameMethod = sql(
  'orders.nameMethod',
  `UPDATE orders SET payment_method = $3
   WHERE publisher_id = $1 AND order_id = $2 AND payment_method IS DISTINCT FROM $3`,
);

/**
 * The try under way: the buyer is sent to the same session again, or waits until its answer is there. What
 * another browser began is ended first, as its session shows what is typed into it.
 */
function readOpen(
  last: BrowserPayment | undefined,
  { wantsNewCode, guestId }: BrowserStart,
  { method }: ConfiguredMethod,
): Prepared | undefined {
  if (!last || !isOpen(last.state)) return undefined;
  const isSame = last.adapter === method.name && last.guestId === guestId;
  if (isSame && last.step?.to === 'code' && !awaitsCode(last)) return { kind: 'wait' };
  if (isSame && last.step && !wantsNewCode) return { kind: 'go', step: last.step };
  return { kind: 'another is open', attemptId: last.attemptId, givesUp: !isSame || last.step !== undefined };
}

type Session = {
  order: OrderToPay;
  asked: BrowserStart;
  configured: ConfiguredMethod;
  attempt: WrittenAttempt;
  payment: { seconds_left: number };
};

async function describeSession(
  { settings }: AskContext,
  transaction: Transaction,
  { order, asked, configured, attempt, payment }: Session,
): Promise<StartRequest> {
  const content = await findOrderContent(transaction, order);
  const named = { ...attempt, adapter: configured.method.name };
  const isGuest = asked.guestId !== undefined;
  return {
    ...describePayment(settings, isGuest ? { ...order, mobile: null, email: null } : order, content, named),
    language: asked.language,
    returnUrl: returnAddress(settings, attempt.noticeToken),
    pageUrl: `${settings.publicUrl}${asked.returnPage}`,
    termsUrl: publisherSettingsOf(order.publisher_settings).termsUrl || settings.publicUrl,
    buyer: asked.buyer,
    windowSeconds: Math.ceil(payment.seconds_left),
  };
}

async function openSession(
  context: AskContext,
  { order }: BrowserStart,
  { attempt, configured, request }: Extract<Prepared, { kind: 'ready' }>,
): Promise<BrowserStarted> {
  const { start } = configured.method;
  if (!start) return { kind: 'over' };
  failpoint('before start');
  const started = await start(callFor(context, configured), request);
  failpoint('after start');
  const about = { ...orderOf(order), attemptId: attempt.attemptId };
  await context.database.transaction('record-session', async (transaction) => {
    if (started.kind !== 'started' || started.buyer.to !== 'code') {
      const evidence = evidenceOf(started);
      const state = await applyEvidence(context, transaction, { ...about, source: 'answer', evidence });
      if (started.kind !== 'started' || !isOpen(state)) return;
    }
    const { providerId, buyer } = started;
    const values = [about.publisherId, about.attemptId, providerId, JSON.stringify(buyer)];
    await transaction.query(keepStep, values);
  });
  return answerOf(started);
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

function answerOf(started: Started): BrowserStarted {
  switch (started.kind) {
    case 'started':
      return { kind: 'go', step: withoutScript(started.buyer) };
    case 'refused':
      return { kind: 'refused', reason: started.reason };
    case 'not sent':
    case 'unknown':
      return { kind: 'refused', reason: 'try again later' };
  }
}

/** An address is followed by a browser: only the web's own may be. */
function withoutScript(step: BuyerStep): BuyerStep {
  if (step.to === 'address' && !/^https?:\/\//.test(step.url)) {
    throw new Error('the provider sent the buyer to something that is no web address');
  }
  return step;
}
