import { renderLeaveFramePage } from '@leveret/pages/leave-frame-page.js';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { findPaymentByToken } from '../../payments/find-browser-payment.ts';
import {
  isFetchedAhead,
  languageOf,
  orderUnknown,
  problem,
  type VisitPageContext,
  waitingPage,
} from './visit-page.ts';

/**
 * Where the provider sends the buyer, however it went. Coming back proves nothing: it only makes us ask. The
 * buyer may also come back in another browser, or to an order that ended meanwhile. Inside the frame of a
 * checkout nothing is asked yet: the page around it comes here instead.
 */
export const returnFromProvider: PageEndpoint<VisitPageContext> = {
  operationId: 'returnFromProvider',
  summary: 'Come back from the payment provider',
  async handlePage(context, call) {
    if (isInFrame(call)) return leaveFrame(context, call);
    const payment = await findPaymentByToken(context.database, call.params['noticeToken'] ?? '');
    if (!payment) return orderUnknown(call);
    if (call.method === 'HEAD') return { html: '' };
    if (isFetchedAhead(call)) return problem(call, undefined, 503);
    await context.browserPayments.ask(payment);
    const page = payment.returnPage === '' ? '/user/welcome' : payment.returnPage;
    return { redirectTo: waitingPage(page, context.clock.now().getTime()) };
  },
};

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
