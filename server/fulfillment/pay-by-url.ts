import type { BrowserStarted, PayableMethod } from '../payments/browser-payment.ts';
import { type BrowserPayment, findBrowserPayment } from '../payments/find-browser-payment.ts';
import { isOpen } from '../payments/payment.ts';
import type { VisitedOrder } from './find-visited-order.ts';
import type { Visit, VisitContext, Visitor } from './visit.ts';

/**
 * Takes the payment of a buyer at a screen: starts the only method there is, or the one that was chosen;
 * after a try without money, or on coming again with a choice, the buyer chooses. Nothing means that the
 * order is to be read again.
 */
export async function payByUrl(
  context: VisitContext,
  order: VisitedOrder,
  visitor: Visitor,
): Promise<Visit | undefined> {
  const last = await findBrowserPayment(context.database, order.publisherId, order.orderId);
  // Somebody else takes the money, with no buyer at a screen.
  if (order.state === 'paying' && !last) return { kind: 'waiting', where: 'phone' };
  if (last && isOpen(last.state) && visitor.isBack) return { kind: 'waiting', where: whereOf(last) };
  const choices = context.browserPayments.choicesFor(payable(order, last));
  if (choices.length === 0) return { kind: 'refused', reason: 'not-configured' };
  const method = methodOf(choices, last, visitor);
  if (method === undefined) return { kind: 'choose', choices, former: last?.reason };
  const { returnPage, language, buyer } = visitor;
  const request = { order, method, returnPage, language, buyer };
  return visitOf(await context.browserPayments.start(request), method, choices);
}

/** What was left to the buyer stays so: the method of the last try is only the one that was tried. */
function payable(order: VisitedOrder, last: BrowserPayment | undefined): VisitedOrder {
  return last?.isMethodOpen === true ? { ...order, paymentMethod: undefined } : order;
}

function methodOf(
  choices: readonly PayableMethod[],
  last: BrowserPayment | undefined,
  visitor: Visitor,
): PayableMethod | undefined {
  if (visitor.chosen !== undefined) return choices.find((method) => method === visitor.chosen);
  if (last && isOpen(last.state) && !mayChange(last, choices)) {
    return choices.find((method) => method === last.paymentMethod);
  }
  return last === undefined && choices.length === 1 ? choices[0] : undefined;
}

/** Who went back from a provider's own pages may choose anew; a checkout on our page stays where it is. */
function mayChange({ step }: BrowserPayment, choices: readonly PayableMethod[]): boolean {
  return choices.length > 1 && step?.to === 'address';
}

/** A session that nobody was sent to yet is not one to go on with. */
function whereOf({ step }: BrowserPayment): 'provider' | 'nowhere' {
  return step === undefined ? 'nowhere' : 'provider';
}

function visitOf(
  started: BrowserStarted,
  method: PayableMethod,
  choices: readonly PayableMethod[],
): Visit | undefined {
  switch (started.kind) {
    case 'go':
      return { kind: 'go', method, step: started.step };
    case 'wait':
      return { kind: 'waiting', where: 'nowhere' };
    case 'refused':
      return { kind: 'choose', choices, former: started.reason };
    case 'over':
      return undefined;
  }
}
