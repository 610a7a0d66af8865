import { renderPaymentDonePage } from '@leveret/pages/payment-done-page.js';
import { renderPaymentMethodRefusedPage } from '@leveret/pages/payment-method-refused-page.js';
import { renderPaymentStoppedPage } from '@leveret/pages/payment-stopped-page.js';
import { renderPaymentWaitingPage } from '@leveret/pages/payment-waiting-page.js';
import type { PageAnswer } from '../../kit/http/endpoint.ts';
import { setParameter } from '../../kit/set-parameter.ts';
import type { ReturnWishes, Visit } from '../complete-by-url.ts';
import type { VisitedOrder } from '../find-visited-order.ts';

/** The words that a publisher's site knows from the original. */
export type FulfillmentStatus = 'success' | 'cancel' | 'error' | 'unknown';

export type VisitView = {
  language: string;
  order: VisitedOrder;
  /** Left out where the address can be guessed, so that nobody reads there what others have bought. */
  showsPurchase: boolean;
  wishes: ReturnWishes;
  /** The same page a little later, and how long the buyer has waited on it. */
  waitUrl: string;
  waitedSeconds: number;
};

const refreshSeconds = 2;
const longestWaitSeconds = 60;

/** Sends the buyer back to the publisher with what came of the order, or says it on a page of ours. */
export function answerVisit(visit: Visit, view: VisitView): PageAnswer {
  const { returnUrl } = view.wishes;
  const { language, order } = view;
  const { publisherName } = order;
  switch (visit.kind) {
    case 'done':
      if (returnUrl !== undefined) return goBack(returnUrl, 'success');
      return {
        html: renderPaymentDonePage({
          language,
          publisherName,
          purchase: view.showsPurchase ? order.purchase : undefined,
        }),
      };
    case 'stopped': {
      const isCancelled = visit.reason === 'cancelled';
      if (returnUrl !== undefined) return goBack(returnUrl, isCancelled ? 'cancel' : 'error');
      const reason = visit.reason === 'payment_failed' ? 'failed' : visit.reason;
      return { html: renderPaymentStoppedPage({ language, publisherName, reason }) };
    }
    case 'waiting':
      return answerWaiting(view);
    case 'refused':
      return {
        status: 409,
        html: renderPaymentMethodRefusedPage({
          language,
          publisherName,
          reason: visit.reason,
          returnUrl: wayBackFromError(view.wishes),
        }),
      };
  }
}

function answerWaiting(view: VisitView): PageAnswer {
  const { language, order, wishes, waitUrl, waitedSeconds } = view;
  const model = { language, publisherName: order.publisherName };
  if (waitedSeconds < longestWaitSeconds) {
    const refresh = { seconds: refreshSeconds, url: waitUrl };
    return { html: renderPaymentWaitingPage({ ...model, refresh }) };
  }
  if (wishes.returnUrl !== undefined) return goBack(wishes.returnUrl, 'unknown');
  return { html: renderPaymentWaitingPage(model) };
}

function goBack(returnUrl: string, status: FulfillmentStatus): PageAnswer {
  return { redirectTo: setParameter(returnUrl, 'fulfillmentStatus', status) };
}

function wayBackFromError({ returnUrl, errorUrl }: ReturnWishes): string | undefined {
  if (errorUrl !== undefined) return errorUrl;
  return returnUrl === undefined ? undefined : setParameter(returnUrl, 'fulfillmentStatus', 'error');
}
