import { renderPaymentWaitingPage } from '@leveret/pages/payment-waiting-page.js';
import { renderProblemPage } from '@leveret/pages/problem-page.js';
import type { Secrets } from '../../config/secrets.ts';
import type { DatabaseClock } from '../../database/clock.ts';
import { isFetchedAhead } from '../../kit/http/arrival.ts';
import { goOnAllowed, type PageAnswer, type PageCall, type PageEndpoint } from '../../kit/http/endpoint.ts';
import { mayAskProvider, tooManySeconds } from '../../kit/limit-way-back.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import type { RateLimiter } from '../../kit/rate-limit.ts';
import { findHome, type HomeDirectory } from '../../publishers/find-home.ts';
import { sellerOf } from '../../publishers/seller.ts';
import type { PagePayment } from '../before-orders/page-payment.ts';
import { findPagePayment } from '../before-orders/page-payments-store.ts';
import { addressWithOutcome, outcomeOf } from '../before-orders/return-prepayment.ts';
import { type AskContext, askAttemptById } from '../charging/ask-attempt.ts';
import { isOpen } from '../payment.ts';

type Context = AskContext & {
  secrets: Pick<Secrets, 'paymentResults'>;
  publishers: HomeDirectory;
  clock: Pick<DatabaseClock, 'now'>;
  rateLimiter: Pick<RateLimiter, 'take'>;
};

const refreshSeconds = 2;
const longestWaitSeconds = 60;

/** The page of one buyer asks 30 times a minute. */
const questionsPerMinute = 60;

/**
 * Where the provider sends the buyer of a payment on a page, however it went. Coming back proves nothing: it
 * only makes us ask. Opened again it answers the same.
 */
export const returnToPage: PageEndpoint<Context> = {
  operationId: 'returnToPage',
  summary: 'Come back from the payment provider to the publisher’s page',
  parameters: ['waitingSince'],
  async handlePage(context, call) {
    const found = await findPagePayment(context.database, call.params['noticeToken'] ?? '');
    if (!found) return problem(context, call, 404);
    if (call.method === 'HEAD') return { html: '' };
    if (isFetchedAhead(call.headers)) return problem(context, call, 503);
    const isUnknown = isOpen(found.state);
    if (isUnknown && !(await mayAsk(context, call, found))) return tooMany(context, call, found);
    const payment = isUnknown ? await askAgain(context, found) : found;
    const outcome = outcomeOf(payment);
    const waiting = outcome.kind === 'unknown' ? await waitingPage(context, call, payment) : undefined;
    return waiting ?? { redirectTo: await addressOf(context, payment, outcome) };
  },
};

async function askAgain(context: Context, payment: PagePayment): Promise<PagePayment> {
  const { publisherId, attemptId, noticeToken } = payment;
  await askAttemptById(context, publisherId, attemptId, { givesUp: false });
  return (await findPagePayment(context.database, noticeToken)) ?? payment;
}

async function mayAsk(
  { rateLimiter, publishers }: Context,
  { address }: PageCall,
  { noticeToken, clientId }: PagePayment,
): Promise<boolean> {
  const client = await publishers.findClient(clientId);
  return mayAskProvider(rateLimiter, {
    payment: `page payment ${noticeToken}`,
    perMinute: questionsPerMinute,
    address,
    isLimited: client?.settings.rateLimit !== null,
  });
}

/** Nothing is lost: the page asks again by itself, and we ask the provider by our own plan too. */
async function tooMany(context: Context, call: PageCall, payment: PagePayment): Promise<PageAnswer> {
  const page = await waitingPage(context, call, payment, tooManySeconds);
  if (!page) return { redirectTo: await addressOf(context, payment, outcomeOf(payment)) };
  return { ...page, status: 429, headers: { 'retry-after': String(tooManySeconds) } };
}

function addressOf(
  context: Context,
  payment: PagePayment,
  outcome: ReturnType<typeof outcomeOf>,
): Promise<string> {
  const { returnUrl, pageState: state } = payment;
  return addressWithOutcome(context.secrets.paymentResults, { returnUrl, state }, outcome);
}

/** A page that asks again by itself; nothing when the buyer has waited for long enough. */
async function waitingPage(
  context: Context,
  call: PageCall,
  { clientId, noticeToken }: PagePayment,
  seconds = refreshSeconds,
): Promise<PageAnswer | undefined> {
  const now = context.clock.now().getTime();
  const told = Number(call.query['waitingSince'] ?? now);
  const since = Number.isFinite(told) ? told : now;
  if (now - since >= longestWaitSeconds * 1000) return undefined;
  const publisher = (await context.publishers.findClient(clientId))?.publisher;
  const url = `/capi/mcpay/back/${noticeToken}?waitingSince=${since}`;
  const html = renderPaymentWaitingPage({
    language: pageLanguage(call.headers.acceptLanguage, publisher?.locale ?? 'nb'),
    publisherName: publisher?.name ?? '',
    seller: publisher && sellerOf(publisher),
    refresh: { seconds, url },
  });
  return { html, allows: goOnAllowed };
}

async function problem({ publishers }: Context, call: PageCall, status: number): Promise<PageAnswer> {
  const { locale = 'nb', ...home } = await findHome(publishers, {});
  const language = pageLanguage(call.headers.acceptLanguage, locale);
  const { requestId, method } = call;
  const canReload = method === 'GET';
  return { status, html: renderProblemPage({ language, status, requestId, canReload, ...home }) };
}
