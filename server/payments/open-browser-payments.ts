import { paymentMethodRules } from '../orders/payment-methods.ts';
import { type AskContext, askAttemptById } from './ask-attempt.ts';
import {
  type BrowserPayments,
  type PayableMethod,
  type PayableOrder,
  payableMethods,
} from './browser-payment.ts';
import { confirmWithCode } from './confirm-with-code.ts';
import { takesCurrency } from './find-method.ts';
import { giveUpPayment, giveUpTry } from './give-up-payment.ts';
import { type StartContext, startInBrowser } from './start-in-browser.ts';

/** Payments by a buyer at a screen, for the pages that show them. */
export function openBrowserPayments(context: StartContext): BrowserPayments {
  return {
    choicesFor: (order) => payableMethods.filter((name) => isChoice(context, order, name)),
    start: (request) => startInBrowser(context, request),
    confirm: (payment) => confirmWithCode(context, payment),
    async ask({ publisherId, attemptId }) {
      await askAttemptById(context, publisherId, attemptId, { givesUp: false });
    },
    giveUp: (order, options) => giveUpPayment(context, order, options),
    giveUpTry: (order, guestId) => giveUpTry(context, order, guestId),
  };
}

function isChoice(context: AskContext, order: PayableOrder, name: PayableMethod): boolean {
  if (order.paymentMethod !== undefined && order.paymentMethod !== name) return false;
  const { recurring } = paymentMethodRules[name];
  if (recurring === (order.recurring ? 'refused' : 'required')) return false;
  const method = context.methods.findForBrowser(order.publisherId, name, order.merchantId)?.method;
  if (!method || (method.confirm && !order.mayBeSentCode)) return false;
  return takesCurrency(method, order.currency);
}
