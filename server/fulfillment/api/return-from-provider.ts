import { renderLeaveFramePage } from '@leveret/pages/leave-frame-page.js';
import { renderPaymentWaitingPage } from '@leveret/pages/payment-waiting-page.js';
import { isFetchedAhead } from '../../kit/http/arrival.ts';
import { goOnAllowed, type PageAnswer, type PageCall, type PageEndpoint } from '../../kit/http/endpoint.ts';
import { mayAskProvider, tooManySeconds } from '../../kit/limit-way-back.ts';
import { type BrowserPayment, findPaymentByToken } from '../../payments/charging/find-browser-payment.ts';
import { findHome } from '../../publishers/find-home.ts';
import type { Client } from '../../publishers/publisher.ts';
import { sellerOf } from '../../publishers/seller.ts';
import { orderCookies } from '../order-cookie.ts';
import {
  cookieAbout,
  languageOf,
  orderUnknown,
  problem,
  type VisitPageContext,
  waitingPage,
} from './visit-page.ts';

const questionsPerMinute = 20;

/**
 * Where the provider sends the buyer, however it went. Coming back proves nothing: it only makes us ask. The
 * buyer may also come back in another browser, which then holds the order too, or to an order that ended
 * meanwhile. Inside the frame of a checkout nothing is asked yet: the page around it comes here instead.
 */
export const returnFromProvider: PageEndpoint<VisitPageContext> = {
  operationId: 'returnFromProvider',
  summary: 'Come back from the payment provider',
  async handlePage(context, call) {
    if (isInFrame(call)) return leaveFrame(context, call);
    const payment = await findPaymentByToken(context.database, call.params['noticeToken'] ?? '');
    if (!payment) return orderUnknown(context, call);
    if (call.method === 'HEAD') return { html: '' };
    if (isFetchedAhead(call.headers)) {
      return problem(call, 503, await findHome(context.publishers, payment));
    }
    const client = await context.publishers.findClient(payment.clientId);
    const page = payment.returnPage === '' ? '/user/welcome' : payment.returnPage;
    const waitUrl = waitingPage(page, context.clock.now().getTime());
    if (!mayAsk(context, call, payment, client)) return tooMany(call, client, waitUrl);
    await context.browserPayments.ask(payment);
    const about = cookieAbout(context, payment.orderId);
    return { redirectTo: waitUrl, cookies: orderCookies(call, about, payment.guestId) };
  },
};

function mayAsk(
  { rateLimiter }: VisitPageContext,
  { address }: PageCall,
  { attemptId }: BrowserPayment,
  client: Client | undefined,
): boolean {
  return mayAskProvider(rateLimiter, {
    payment: `try ${attemptId}`,
    perMinute: questionsPerMinute,
    address,
    isLimited: client?.settings.rateLimit !== null,
  });
}

/** Nothing is lost: the page leads on by itself, and the provider is asked by our own plan too. */
function tooMany(call: PageCall, client: Client | undefined, url: string): PageAnswer {
  const html = renderPaymentWaitingPage({
    language: languageOf(call, client?.publisher),
    publisherName: client?.publisher.name ?? '',
    seller: client && sellerOf(client.publisher),
    refresh: { seconds: tooManySeconds, url },
  });
  return { status: 429, headers: { 'retry-after': String(tooManySeconds) }, html, allows: goOnAllowed };
}

/** Fetch Metadata, 2.1. Browsers before 2023 may not say it, and show the order's own page in the frame. */
function isInFrame({ headers: { secFetchDest } }: PageCall): boolean {
  return secFetchDest === 'iframe' || secFetchDest === 'frame';
}

function leaveFrame({ settings }: VisitPageContext, call: PageCall): PageAnswer {
  const url = `/user/fulfillment/back/${encodeURIComponent(call.params['noticeToken'] ?? '')}`;
  return {
    html: renderLeaveFramePage({ language: languageOf(call, undefined), url }),
    framedBy: settings.publicUrl,
    allows: { 'script-src': [] },
  };
}
