import { mayRecurAs, type PaymentMethod } from '../../orders/payment-methods.ts';
import type { BrowserPayments, Choices, PayableOrder } from '../browser-payment.ts';
import { listPayable, takesCurrency } from '../merchants/find-method.ts';
import { type AskContext, askAttemptById } from './ask-attempt.ts';
import { confirmWithCode } from './confirm-with-code.ts';
import { readCodesLeft } from './count-codes-left.ts';
import { findExcludedMethods } from './find-excluded-methods.ts';
import { giveUpPayment, giveUpTry } from './give-up-payment.ts';
import { type StartContext, startInBrowser } from './start-in-browser.ts';

/** Payments by a buyer at a screen, for the pages that show them. */
export function openBrowserPayments(context: StartContext): BrowserPayments {
  return {
    choicesFor: (order) => findChoices(context, order),
    start: (request) => startInBrowser(context, request),
    confirm: (payment) => confirmWithCode(context, payment),
    async ask({ publisherId, attemptId }) {
      await askAttemptById(context, publisherId, attemptId, { givesUp: false });
    },
    giveUp: (order, options) => giveUpPayment(context, order, options),
    giveUpTry: (order, guestId) => giveUpTry(context, order, guestId),
  };
}

/** Without what an offer or its renewal excludes; an order that names its method was held to that before. */
async function findChoices(context: AskContext, order: PayableOrder): Promise<Choices> {
  const fitting = listPayable().filter((name) => isChoice(context, order, name));
  const isLeftToBuyer = order.paymentMethod === undefined;
  const excluded = isLeftToBuyer ? await findExcludedMethods(context.database, order, fitting) : [];
  const sold = fitting.filter((name) => !excluded.includes(name));
  const spent = await findSpent(context, order, sold);
  return { methods: sold.filter((name) => !spent.includes(name)), spent };
}

/** A code that is out may be typed, however many more may be sent. */
async function findSpent(
  context: AskContext,
  order: PayableOrder,
  names: readonly PaymentMethod[],
): Promise<PaymentMethod[]> {
  const spent: PaymentMethod[] = [];
  for (const name of names) {
    const found = context.methods.findForBrowser(order.publisherId, name, order.merchantId);
    if (!found?.method.confirm || order.codeOutBy === name) continue;
    if ((await readCodesLeft(context.database, order, found)) === 0) spent.push(name);
  }
  return spent;
}

function isChoice(context: AskContext, order: PayableOrder, name: PaymentMethod): boolean {
  if (order.paymentMethod !== undefined && order.paymentMethod !== name) return false;
  if (!mayRecurAs(name, order.recurring)) return false;
  const found = context.methods.findForBrowser(order.publisherId, name, order.merchantId);
  if (!found || (found.method.confirm && !order.mayBeSentCode)) return false;
  return takesCurrency(found, order.currency);
}
