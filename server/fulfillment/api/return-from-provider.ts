import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { findPaymentByToken } from '../../payments/find-browser-payment.ts';
import { isFetchedAhead, orderUnknown, problem, type VisitPageContext, waitingPage } from './visit-page.ts';

/**
 * Where the provider sends the buyer, however it went. Coming back proves nothing: it only makes us ask. The
 * buyer may also come back in another browser, or to an order that ended meanwhile.
 */
export const returnFromProvider: PageEndpoint<VisitPageContext> = {
  operationId: 'returnFromProvider',
  summary: 'Come back from the payment provider',
  async handlePage(context, call) {
    const payment = await findPaymentByToken(context.database, call.params['noticeToken'] ?? '');
    if (!payment) return orderUnknown(call);
    if (call.method === 'HEAD') return { html: '' };
    if (isFetchedAhead(call)) return problem(call, undefined, 503);
    await context.browserPayments.ask(payment);
    const page = payment.returnPage === '' ? '/user/welcome' : payment.returnPage;
    return { redirectTo: waitingPage(page, context.clock.now().getTime()) };
  },
};
