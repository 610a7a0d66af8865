import { renderOrderClosedPage } from '@leveret/pages/order-closed-page.js';
import { renderOrderConfirmPage } from '@leveret/pages/order-confirm-page.js';
import { renderPaymentChoicePage } from '@leveret/pages/payment-choice-page.js';
import { renderPaymentCodePage } from '@leveret/pages/payment-code-page.js';
import { renderPaymentDonePage } from '@leveret/pages/payment-done-page.js';
import { renderPaymentLeavingPage } from '@leveret/pages/payment-leaving-page.js';
import { renderPaymentMethodRefusedPage } from '@leveret/pages/payment-method-refused-page.js';
import { renderPaymentStoppedPage } from '@leveret/pages/payment-stopped-page.js';
import { renderPaymentWaitingPage } from '@leveret/pages/payment-waiting-page.js';
import { renderProblemPage } from '@leveret/pages/problem-page.js';
import type { PageAnswer } from '../../kit/http/endpoint.ts';
import { formatAmount } from '../../kit/money.ts';
import { setParameter } from '../../kit/set-parameter.ts';
import type { VisitedOrder } from '../find-visited-order.ts';
import type { ReturnWishes, Visit } from '../visit.ts';
import { answerSnippet } from './answer-snippet.ts';

/** The words that a publisher's site knows from the original. */
export type FulfillmentStatus = 'success' | 'cancel' | 'error' | 'unknown';

export type VisitView = {
  language: string;
  order: VisitedOrder;
  /** Left out where the address can be guessed, so that nobody reads there what others have bought. */
  showsPurchase: boolean;
  wishes: ReturnWishes;
  requestId: string;
  /** The same page a little later, and how long the buyer has waited on it. */
  waitUrl: string;
  waitedSeconds: number;
  /** Where the buyer's choice is posted to, with the nonce of this browser. */
  form: { action: string; nonce: string; cookies: string[] };
  publicUrl: string;
  /** Where a provider's snippet stands that needs an origin; nothing where it has none. */
  snippetLoader: string | undefined;
  /** The answer to a form may lead only to a page of ours; that page leads on. */
  isPosted: boolean;
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
      const { because } = visit;
      return { html: renderPaymentStoppedPage({ language, publisherName, reason, because }) };
    }
    case 'waiting':
      return answerWaiting(view, visit.where);
    case 'go':
      return answerGo(visit, view);
    case 'code':
      return answerCode(visit, view);
    case 'choose':
      return answerChoice(visit, view);
    case 'confirm':
      return answerConfirm(view);
    case 'elsewhere':
      return answerClosed(view, visit.kind);
    case 'too many':
      return answerTooMany(view);
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

function answerGo({ method, step }: Extract<Visit, { kind: 'go' }>, view: VisitView): PageAnswer {
  const { language, order, form, isPosted } = view;
  const model = { language, publisherName: order.publisherName };
  if (step.to === 'address') {
    if (!isPosted) return { redirectTo: step.url };
    return { html: renderPaymentLeavingPage({ ...model, method, url: step.url }) };
  }
  return answerSnippet(step, {
    ...model,
    amount: amountOf(view),
    giveUp: { action: giveUpAction(view), nonce: form.nonce },
    cookies: form.cookies,
    loader: view.snippetLoader,
    publicUrl: view.publicUrl,
    backTo: returnOrigins(view),
  });
}

function answerCode({ hasChoice, notice }: Extract<Visit, { kind: 'code' }>, view: VisitView): PageAnswer {
  const { language, order, form } = view;
  const html = renderPaymentCodePage({
    language,
    publisherName: order.publisherName,
    amount: amountOf(view),
    destination: order.mobile ?? '',
    notice,
    action: form.action,
    giveUpAction: giveUpAction(view),
    chooseUrl: hasChoice ? form.action : undefined,
    nonce: form.nonce,
  });
  return { html, cookies: form.cookies, allows: backAllowed(view) };
}

function answerChoice({ choices, former }: Extract<Visit, { kind: 'choose' }>, view: VisitView): PageAnswer {
  const { language, order, form } = view;
  const html = renderPaymentChoicePage({
    language,
    publisherName: order.publisherName,
    purchase: view.showsPurchase ? order.purchase : undefined,
    amount: amountOf(view),
    methods: choices,
    failed: former,
    action: form.action,
    giveUpAction: giveUpAction(view),
    nonce: form.nonce,
  });
  return { html, cookies: form.cookies, allows: backAllowed(view) };
}

function answerConfirm({ language, order, form, showsPurchase, wishes }: VisitView): PageAnswer {
  const { publisherName } = order;
  const purchase = showsPurchase ? order.purchase : undefined;
  const { action, nonce, cookies } = form;
  return {
    html: renderOrderConfirmPage({ language, publisherName, purchase, action, nonce }),
    cookies,
    allows: backAllowed({ wishes }),
  };
}

const closedStatuses = { elsewhere: 409, 'not here': 403, 'no way back': 400 } as const;

/** Tells nothing of the order, and leads on to the publisher. */
export function answerClosed(
  { language, order, wishes }: Pick<VisitView, 'language' | 'order' | 'wishes'>,
  reason: keyof typeof closedStatuses,
): PageAnswer {
  const { publisherName } = order;
  const { returnUrl } = wishes;
  return {
    status: closedStatuses[reason],
    html: renderOrderClosedPage({ language, publisherName, reason, returnUrl }),
  };
}

const tooManySeconds = 60;

export function answerTooMany({
  language,
  order,
  wishes,
  requestId,
}: Pick<VisitView, 'language' | 'order' | 'wishes' | 'requestId'>): PageAnswer {
  const { publisherName } = order;
  const returnUrl = wayBackFromError(wishes);
  return {
    status: 429,
    headers: { 'retry-after': String(tooManySeconds) },
    html: renderProblemPage({ language, publisherName, status: 429, requestId, returnUrl }),
  };
}

function amountOf({ order, language }: VisitView): string {
  return formatAmount(order.amountMinor, order.currency, language);
}

function giveUpAction({ form }: VisitView): string {
  return `${form.action}${form.action.includes('?') ? '&' : '?'}giveUp=1`;
}

/** The answer to giving up leads back to the publisher, which the page of the form must allow. */
function backAllowed(view: Pick<VisitView, 'wishes'>): NonNullable<PageAnswer['allows']> {
  return { 'form-action': returnOrigins(view) };
}

function returnOrigins({ wishes }: Pick<VisitView, 'wishes'>): string[] {
  return wishes.returnUrl === undefined ? [] : [new URL(wishes.returnUrl).origin];
}

function answerWaiting(view: VisitView, where: Extract<Visit, { kind: 'waiting' }>['where']): PageAnswer {
  const { language, order, wishes, waitUrl, waitedSeconds, form } = view;
  const goOnUrl = where === 'provider' ? form.action : undefined;
  const model = { language, publisherName: order.publisherName, goOnUrl, isOnPhone: where === 'phone' };
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
