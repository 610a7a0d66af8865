import { renderPaymentWaitingPage } from '@leveret/pages/payment-waiting-page.js';
import { renderProblemPage } from '@leveret/pages/problem-page.js';
import type { Secrets } from '../../config/secrets.ts';
import type { DatabaseClock } from '../../database/clock.ts';
import { isFetchedAhead } from '../../kit/http/arrival.ts';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { networkOf } from '../../kit/network-of.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import type { RateLimiter } from '../../kit/rate-limit.ts';
import type { PublisherDirectory } from '../../publishers/find-publisher.ts';
import { askPagePayment, type PagePaymentContext } from '../before-orders/ask-page-payment.ts';
import type { PagePayment } from '../before-orders/page-payment.ts';
import { findPagePaymentByToken } from '../before-orders/page-payments-store.ts';
import { addressWithOutcome, outcomeOf } from '../before-orders/return-prepayment.ts';

type Context = PagePaymentContext & {
  secrets: Pick<Secrets, 'paymentResults'>;
  publishers: Pick<PublisherDirectory, 'findClient'>;
  clock: Pick<DatabaseClock, 'now'>;
  rateLimiter: Pick<RateLimiter, 'take'>;
};

const refreshSeconds = 2;
const longestWaitSeconds = 60;

/** Each makes us ask the provider; the page of one buyer asks 30 times a minute. */
const questionsOfPayment = { perSecond: 3, perMinute: 60 };
const questionsOfAddress = { perSecond: 20, perMinute: 300 };
const tooManySeconds = 10;

/**
 * Where the provider sends the buyer of a payment on a page, however it went. Coming back proves nothing: it
 * only makes us ask. Opened again it answers the same.
 */
export const returnToPage: PageEndpoint<Context> = {
  operationId: 'returnToPage',
  summary: 'Come back from the payment provider to the publisher’s page',
  async handlePage(context, call) {
    const found = await findPagePaymentByToken(context.database, call.params['noticeToken'] ?? '');
    if (!found) return problem(call, 404);
    if (call.method === 'HEAD') return { html: '' };
    if (isFetchedAhead(call.headers)) return problem(call, 503);
    const isOpen = found.state === 'open';
    if (isOpen && !(await mayAsk(context, call, found))) return tooMany(context, call, found);
    const payment = isOpen ? await askPagePayment(context, found, { givesUp: false }) : found;
    const outcome = outcomeOf(payment);
    const waiting = outcome.kind === 'unknown' ? await waitingPage(context, call, payment) : undefined;
    return waiting ?? { redirectTo: addressOf(context, payment, outcome) };
  },
};

async function mayAsk(
  { rateLimiter, publishers }: Context,
  call: PageCall,
  { noticeToken, clientId }: PagePayment,
): Promise<boolean> {
  if (!rateLimiter.take(`back from page payment ${noticeToken}`, questionsOfPayment).allowed) return false;
  // A client whose calls are not limited has buyers who are not limited either.
  if ((await publishers.findClient(clientId))?.settings.rateLimit === null) return true;
  return rateLimiter.take(`back to ${networkOf(call.address)}`, questionsOfAddress).allowed;
}

/** Nothing is lost: the page asks again by itself, and we ask the provider by our own plan too. */
async function tooMany(context: Context, call: PageCall, payment: PagePayment): Promise<PageAnswer> {
  const page = await waitingPage(context, call, payment, tooManySeconds);
  if (!page) return { redirectTo: addressOf(context, payment, outcomeOf(payment)) };
  return { ...page, status: 429, headers: { 'retry-after': String(tooManySeconds) } };
}

function addressOf(context: Context, payment: PagePayment, outcome: ReturnType<typeof outcomeOf>): string {
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
    refresh: { seconds, url },
  });
  return { html };
}

function problem(call: PageCall, status: number): PageAnswer {
  const language = pageLanguage(call.headers.acceptLanguage, 'nb');
  return { status, html: renderProblemPage({ language, status, requestId: call.requestId }) };
}
