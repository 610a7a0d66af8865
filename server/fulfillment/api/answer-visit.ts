import { renderOrderClosedPage } from '@leveret/pages/order-closed-page.js';
import { renderPaymentCodePage } from '@leveret/pages/payment-code-page.js';
import { renderPaymentDonePage } from '@leveret/pages/payment-done-page.js';
import { renderPaymentLeavingPage } from '@leveret/pages/payment-leaving-page.js';
import { renderPaymentMethodRefusedPage } from '@leveret/pages/payment-method-refused-page.js';
import { renderPaymentStoppedPage } from '@leveret/pages/payment-stopped-page.js';
import { renderPaymentWaitingPage } from '@leveret/pages/payment-waiting-page.js';
import { renderProblemPage } from '@leveret/pages/problem-page.js';
import { firstAndMore } from '../../kit/first-and-more.ts';
import { goOnAllowed, type PageAnswer } from '../../kit/http/endpoint.ts';
import { formatAmount } from '../../kit/money.ts';
import { setParameter } from '../../kit/set-parameter.ts';
import { labelOf } from '../../payments/merchants/find-method.ts';
import type { VisitedOrder } from '../find-visited-order.ts';
import type { ReturnOptions, Visit } from '../visit.ts';
import { answerSnippet } from './answer-snippet.ts';
import { withLogo } from './with-logo.ts';

/** The words that a publisher's site knows from the original. */
export type FulfillmentStatus = 'success' | 'cancel' | 'error' | 'unknown';

export type VisitView = {
  language: string;
  order: VisitedOrder;
  /** Left out where the address can be guessed, so that nobody reads there what others have bought. */
  showsPurchase: boolean;
  options: ReturnOptions;
  /** Where a page leads on to when the options name no place. */
  home: string | undefined;
  requestId: string;
  /** The same page a little later, for who waits for the outcome, and how long the buyer has waited on it. */
  waitUrl: string;
  /** The same for who waits to be led on to the provider. */
  leadOnUrl: string;
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

type PlainVisit = Exclude<Visit, { kind: 'choose' | 'confirm' }>;

/** Sends the buyer back to the publisher with what came of the order, or says it on a page of ours. */
export function answerVisit(visit: PlainVisit, view: VisitView): PageAnswer {
  return withLogo(pageOf(visit, view), view.order.seller);
}

function pageOf(visit: PlainVisit, view: VisitView): PageAnswer {
  const { returnUrl } = view.options;
  const { language, order, home } = view;
  const { publisherName, seller } = order;
  switch (visit.kind) {
    case 'done':
      if (returnUrl !== undefined) return goBack(returnUrl, 'success');
      return {
        html: renderPaymentDonePage({
          language,
          publisherName,
          seller,
          purchase: purchaseOf(view),
          returnUrl: home,
        }),
      };
    case 'stopped': {
      const isCancelled = visit.reason === 'cancelled';
      if (returnUrl !== undefined) return goBack(returnUrl, isCancelled ? 'cancel' : 'error');
      const reason = visit.reason === 'payment_failed' ? 'failed' : visit.reason;
      const { because } = visit;
      const model = { language, publisherName, seller, because, returnUrl: home };
      return { html: renderPaymentStoppedPage({ ...model, reason }) };
    }
    case 'waiting':
      return answerWaiting(view, visit.where);
    case 'go':
      return answerGo(visit, view);
    case 'code':
      return answerCode(visit, view);
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
          seller,
          reason: visit.reason,
          returnUrl: wayBackFromError(view.options) ?? home,
        }),
      };
  }
}

function answerGo({ method, step }: Extract<Visit, { kind: 'go' }>, view: VisitView): PageAnswer {
  const { language, order, form, isPosted } = view;
  const model = { language, publisherName: order.publisherName, seller: order.seller };
  if (step.to === 'address') {
    if (!isPosted) return { redirectTo: step.url };
    const label = labelOf(method, language);
    return {
      html: renderPaymentLeavingPage({ ...model, method: label, url: step.url }),
      allows: goOnAllowed,
    };
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
    seller: order.seller,
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

const closedStatuses = {
  elsewhere: 409,
  'not here': 403,
  'no way back': 400,
  'way back refused': 400,
} as const;

/** Tells nothing of the order, and leads on to the publisher. */
export function answerClosed(
  { language, order, options, home }: Pick<VisitView, 'language' | 'order' | 'options' | 'home'>,
  reason: keyof typeof closedStatuses,
): PageAnswer {
  const { publisherName, seller } = order;
  const returnUrl = options.returnUrl ?? home;
  const html = renderOrderClosedPage({ language, publisherName, seller, reason, returnUrl });
  return withLogo({ status: closedStatuses[reason], html }, seller);
}

const tooManySeconds = 60;

export function answerTooMany({
  language,
  order,
  options,
  home,
  requestId,
}: Pick<VisitView, 'language' | 'order' | 'options' | 'home' | 'requestId'>): PageAnswer {
  const { publisherName, seller } = order;
  const returnUrl = wayBackFromError(options) ?? home;
  const html = renderProblemPage({ language, publisherName, seller, status: 429, requestId, returnUrl });
  const headers = { 'retry-after': String(tooManySeconds) };
  return withLogo({ status: 429, headers, html }, seller);
}

function purchaseOf({ order, language, showsPurchase }: VisitView): string | undefined {
  return order.purchase && showsPurchase ? firstAndMore(order.purchase, language) : undefined;
}

/** What is paid now, ready to be read. */
export function amountOf({ order, language }: VisitView): string {
  return formatAmount(order.amountMinor, order.currency, language);
}

export function giveUpAction({ form }: VisitView): string {
  return `${form.action}${form.action.includes('?') ? '&' : '?'}giveUp=1`;
}

/** The answer to giving up leads back to the publisher, which the page of the form must allow. */
export function backAllowed(view: Pick<VisitView, 'options'>): NonNullable<PageAnswer['allows']> {
  return { 'form-action': returnOrigins(view) };
}

function returnOrigins({ options }: Pick<VisitView, 'options'>): string[] {
  return options.returnUrl === undefined ? [] : [new URL(options.returnUrl).origin];
}

function answerWaiting(view: VisitView, where: Extract<Visit, { kind: 'waiting' }>['where']): PageAnswer {
  const { language, order, options, home, waitedSeconds, form } = view;
  const goOnUrl = where === 'provider' ? form.action : undefined;
  const { publisherName, seller } = order;
  const model = { language, publisherName, seller, goOnUrl, isOnPhone: where === 'phone' };
  if (waitedSeconds < longestWaitSeconds) {
    const url = where === 'on the way' ? view.leadOnUrl : view.waitUrl;
    const refresh = { seconds: refreshSeconds, url };
    return { html: renderPaymentWaitingPage({ ...model, refresh }), allows: goOnAllowed };
  }
  if (options.returnUrl !== undefined) return goBack(options.returnUrl, 'unknown');
  return { html: renderPaymentWaitingPage({ ...model, returnUrl: home }) };
}

function goBack(returnUrl: string, status: FulfillmentStatus): PageAnswer {
  return { redirectTo: setParameter(returnUrl, 'fulfillmentStatus', status) };
}

function wayBackFromError({ returnUrl, errorUrl }: ReturnOptions): string | undefined {
  if (errorUrl !== undefined) return errorUrl;
  return returnUrl === undefined ? undefined : setParameter(returnUrl, 'fulfillmentStatus', 'error');
}
