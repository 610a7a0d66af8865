import { renderPaymentWaitingPage } from '@leveret/pages/payment-waiting-page.js';
import { renderProblemPage } from '@leveret/pages/problem-page.js';
import type { Secrets } from '../../config/secrets.ts';
import type { DatabaseClock } from '../../database/clock.ts';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import type { PublisherDirectory } from '../../publishers/find-publisher.ts';
import { askPagePayment, type PagePaymentContext } from '../ask-page-payment.ts';
import type { PagePayment } from '../page-payment.ts';
import { findPagePaymentByToken } from '../page-payments-store.ts';
import { addressWithOutcome, outcomeOf } from '../return-prepayment.ts';

type Context = PagePaymentContext & {
  secrets: Pick<Secrets, 'paymentResults'>;
  publishers: Pick<PublisherDirectory, 'findClient'>;
  clock: Pick<DatabaseClock, 'now'>;
};

const refreshSeconds = 2;
const longestWaitSeconds = 60;

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
    if (/prefetch|preview|prerender/i.test(call.headers.purpose ?? '')) return problem(call, 503);
    const isOpen = found.state === 'open';
    const payment = isOpen ? await askPagePayment(context, found, { givesUp: false }) : found;
    const outcome = outcomeOf(payment);
    const waiting = outcome.kind === 'unknown' ? await waitingPage(context, call, payment) : undefined;
    return waiting ?? { redirectTo: addressOf(context, payment, outcome) };
  },
};

function addressOf(context: Context, payment: PagePayment, outcome: ReturnType<typeof outcomeOf>): string {
  const { returnUrl, pageState: state } = payment;
  return addressWithOutcome(context.secrets.paymentResults, { returnUrl, state }, outcome);
}

/** A page that asks again by itself; nothing when the buyer has waited for long enough. */
async function waitingPage(
  context: Context,
  call: PageCall,
  { clientId, noticeToken }: PagePayment,
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
    refresh: { seconds: refreshSeconds, url },
  });
  return { html };
}

function problem(call: PageCall, status: number): PageAnswer {
  const language = pageLanguage(call.headers.acceptLanguage, 'nb');
  return { status, html: renderProblemPage({ language, status, requestId: call.requestId }) };
}
