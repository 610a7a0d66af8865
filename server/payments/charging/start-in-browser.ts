import { sql } from '../../database/statement.ts';
import { NoPlace } from '../../kit/bulkhead.ts';
import { failpoint } from '../../kit/failpoint.ts';
import type { RateLimiter } from '../../kit/rate-limit.ts';
import type { OrderEvent } from '../../orders/order.ts';
import { publisherSettingsOf } from '../../publishers/publisher-settings.ts';
import type { BrowserStart, BrowserStarted } from '../browser-payment.ts';
import type { BuyerStep } from '../buyer-step.ts';
import { ensurePayment, lockOrder } from '../ledger/attempts-store.ts';
import { insertAttempt, type WrittenAttempt } from '../ledger/insert-attempt.ts';
import { mayStart } from '../limit-starts.ts';
import { callFor } from '../merchants/call-for.ts';
import type { ConfiguredMethod } from '../merchants/find-method.ts';
import { isOpen, type PaymentEvent } from '../payment.ts';
import type { StartRequest } from '../port/payment-request.ts';
import type { Started } from '../port/provider-answer.ts';
import { type AskContext, askAttemptById } from './ask-attempt.ts';
import { confirmedAlike } from './confirmed-alike.ts';
import { countCodesLeft } from './count-codes-left.ts';
import { describeSession } from './describe-session.ts';
import {
  awaitsCode,
  type BrowserPayment,
  endedByWrongCode,
  findBrowserPayment,
  isHeldByOthers,
} from './find-browser-payment.ts';
import type { OrderTurns } from './order-turns.ts';
import { recordSession } from './record-session.ts';

export type StartContext = AskContext & {
  rateLimiter: Pick<RateLimiter, 'take'>;
  orderTurns: OrderTurns;
  secrets: { orderAddress: Buffer };
};

/** How long a start waits for others of its order and publisher before the buyer is told to wait. */
const longestWaitMilliseconds = 5_000;

type Prepared =
  | BrowserStarted
  /** `givesUp` it, or finds out whether its session was lost. */
  | { kind: 'another is open'; attemptId: number; givesUp: boolean }
  | {
      kind: 'ready';
      attempt: WrittenAttempt;
      configured: ConfiguredMethod;
      request: StartRequest;
      /** The former code was typed wrong, and so many may still be, with the one that is sent now. */
      triesLeft: number | undefined;
    };

/**
 * Makes a payment session for a buyer at a screen. The intent is committed before the provider hears of it;
 * a try with another method is ended first, and where the buyer had paid there already, that one wins.
 */
export async function startInBrowser(context: StartContext, asked: BrowserStart): Promise<BrowserStarted> {
  let prepared = await prepareInTurn(context, asked);
  if (prepared.kind === 'another is open') {
    await askAttemptById(context, asked.order.publisherId, prepared.attemptId, prepared);
    prepared = await prepareInTurn(context, asked);
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

/** Whoever finds no turn in time waits on our page, which asks again. */
async function prepareInTurn(context: StartContext, asked: BrowserStart): Promise<Prepared> {
  const deadline = AbortSignal.timeout(longestWaitMilliseconds);
  try {
    return await context.orderTurns.run(asked.order, () => prepareSession(context, asked), deadline);
  } catch (error) {
    if (error instanceof NoPlace) return { kind: 'wait' };
    throw error;
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
    if (!open && !asked.mayBeginAnew) return { kind: 'over' };
    if (!open && !(await mayStart(context, transaction, asked))) return { kind: 'too many' };
    const { paymentWindowMinutes } = publisherSettingsOf(order.publisher_settings);
    const isGuest = guestId !== undefined;
    const payment = await ensurePayment(transaction, order, paymentWindowMinutes, 'browser', isGuest);
    if (payment.flow !== 'browser' || payment.seconds_left < 1) return { kind: 'over' };
    if (open) return open;
    const codesLeft = configured.method.confirm
      ? await countCodesLeft(transaction, asked.order, configured)
      : undefined;
    if (codesLeft === 0) return { kind: 'refused', reason: 'too many tries' };
    await transaction.query(nameMethod, [publisherId, orderId, asked.method]);
    const guest = isGuest ? { guest: { id: guestId, windowMinutes: paymentWindowMinutes } } : {};
    const how = { flow: 'browser', returnPage: asked.returnPage, ...guest } as const;
    const attempt = await insertAttempt(transaction, order, payment.payment_id, configured, how);
    const session = configured.method.confirm === undefined ? ({ isSession: true } as const) : {};
    const wanted = { name: 'payment wanted', publisherId, orderId, ...session } as const;
    await transaction.report<OrderEvent | PaymentEvent>([
      ...confirmedEvents(asked, attempt),
      ...(order.state === 'registered' ? [wanted] : []),
    ]);
    const request = await describeSession(context, transaction, {
      order,
      asked,
      configured,
      attempt,
      payment,
    });
    const triesLeft = last && endedByWrongCode(last) ? codesLeft : undefined;
    return { kind: 'ready', attempt, configured, request, triesLeft };
  });
}

// An order that left the method to the buyer takes the one of the last try.
const nameMethod = sql(
  'orders.nameMethod',
  `UPDATE orders SET payment_method = $3
   WHERE publisher_id = $1 AND order_id = $2 AND payment_method IS DISTINCT FROM $3`,
);

/** The button that began the try is kept with the order, in the transaction that writes the try. */
function confirmedEvents(
  { order, method, confirmation }: BrowserStart,
  { attemptId }: WrittenAttempt,
): OrderEvent[] {
  if (confirmation === undefined) return [];
  const { publisherId, orderId, amountMinor } = order;
  const about = { publisherId, orderId, attemptId, paymentMethod: method, amountMinor };
  return [{ name: 'checkout confirmed', ...about, ...confirmation }];
}

/**
 * The try under way: the buyer is sent to the same session again, or waits until its answer is there. What
 * another browser began is ended first, as its session shows what is typed into it.
 */
function readOpen(
  last: BrowserPayment | undefined,
  { wantsNewCode, guestId, confirmation }: BrowserStart,
  { method }: ConfiguredMethod,
): Prepared | undefined {
  if (!last || !isOpen(last.state)) return undefined;
  const isSame = last.adapter === method.name && last.guestId === guestId;
  if (isSame && last.step?.to === 'code' && !awaitsCode(last)) return { kind: 'wait' };
  const isAlike = confirmedAlike(last, confirmation);
  if (isSame && isAlike && last.step && !wantsNewCode) return { kind: 'go', step: last.step };
  return { kind: 'another is open', attemptId: last.attemptId, givesUp: !isSame || last.step !== undefined };
}

async function openSession(
  context: StartContext,
  { order }: BrowserStart,
  { attempt, configured, request, triesLeft }: Extract<Prepared, { kind: 'ready' }>,
): Promise<BrowserStarted> {
  const { start } = configured.method;
  if (!start) return { kind: 'over' };
  failpoint('before start');
  const started = withTries(await start(callFor(context, configured), request), triesLeft);
  failpoint('after start');
  const about = { publisherId: order.publisherId, attemptId: attempt.attemptId };
  const mayGo = await context.orderTurns.run(order, () => recordSession(context, about, started));
  return mayGo ? answerOf(started) : { kind: 'refused', reason: 'try again later' };
}

/** Kept with the step, so that the page says it as often as it is opened. */
function withTries(started: Started, triesLeft: number | undefined): Started {
  if (triesLeft === undefined || started.kind !== 'started' || started.buyer.to !== 'code') return started;
  return { ...started, buyer: { to: 'code', afterWrongCode: { triesLeft } } };
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
