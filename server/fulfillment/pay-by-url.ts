import type { BrowserStarted, PayableMethod, PayableOrder, TypedCode } from '../payments/browser-payment.ts';
import { awaitsCode, type BrowserPayment, findBrowserPayment } from '../payments/find-browser-payment.ts';
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
  if (last && isOpen(last.state) && visitor.isBack && !awaitsCode(last)) {
    return { kind: 'waiting', where: whereOf(last) };
  }
  const choices = context.browserPayments.choicesFor(payable(order, last, visitor));
  if (choices.length === 0) return { kind: 'refused', reason: refusalOf(order) };
  if (last && awaitsCode(last) && visitor.pressed.kind === 'code') {
    const { publisherId, orderId } = order;
    const typed = { publisherId, orderId, attemptId: last.attemptId, code: visitor.pressed.code };
    return confirmByCode(context, typed, choices);
  }
  // What another browser tried is no choice of this buyer, and its session is not to be shared.
  const own = last?.guestId === visitor.guestId ? last : undefined;
  const method = methodOf(choices, own, visitor);
  if (method === undefined || !(visitor.mayBegin || visitor.pressed.kind !== 'nothing')) {
    return { kind: 'choose', choices, former: own?.reason };
  }
  const { returnPage, language, buyer, pressed, guestId } = visitor;
  const wantsNewCode = pressed.kind === 'new code';
  const payment = payable(order, last, visitor);
  const request = { order: payment, method, returnPage, language, buyer, wantsNewCode, guestId };
  const started = await context.browserPayments.start(request);
  // What became of an order meanwhile is not for a guest who has begun nothing of it.
  if (started.kind === 'over' && guestId !== undefined && !own) return { kind: 'elsewhere' };
  return visitOf(started, { method, choices, wantsNewCode });
}

/** What was left to the buyer stays so: the method of the last try is only the one that was tried. */
function payable(
  order: VisitedOrder,
  last: BrowserPayment | undefined,
  { client, guestId }: Visitor,
): PayableOrder {
  const paymentMethod = last?.isMethodOpen === true ? undefined : order.paymentMethod;
  const mayBeSentCode = guestId === undefined && order.mobile !== undefined;
  return { ...order, paymentMethod, mayBeSentCode, isLimited: client.settings.rateLimit !== null };
}

function refusalOf({ paymentMethod }: VisitedOrder): 'sms' | 'not-configured' {
  return paymentMethod === 'sms' ? 'sms' : 'not-configured';
}

async function confirmByCode(
  { browserPayments }: VisitContext,
  typed: TypedCode,
  choices: readonly PayableMethod[],
): Promise<Visit | undefined> {
  const confirmed = await browserPayments.confirm(typed);
  switch (confirmed.kind) {
    case 'wait':
      return { kind: 'waiting', where: 'nowhere' };
    case 'not a code':
      return { kind: 'code', hasChoice: choices.length > 1, notice: 'not a code' };
    case 'over':
      return undefined;
  }
}

function methodOf(
  choices: readonly PayableMethod[],
  last: BrowserPayment | undefined,
  { pressed }: Visitor,
): PayableMethod | undefined {
  if (pressed.kind === 'method') return choices.find((method) => method === pressed.method);
  const goesOn = last && (pressed.kind === 'new code' || (isOpen(last.state) && !mayChange(last, choices)));
  if (goesOn) return choices.find((method) => method === last.paymentMethod);
  return last === undefined && choices.length === 1 ? choices[0] : undefined;
}

/** Who left a provider's own pages, or a code, may choose anew; a checkout on our page stays where it is. */
function mayChange({ step }: BrowserPayment, choices: readonly PayableMethod[]): boolean {
  return choices.length > 1 && (step?.to === 'address' || step?.to === 'code');
}

/** Nobody goes on with a session that nobody was sent to yet, or with a code that was typed. */
function whereOf({ step }: BrowserPayment): 'provider' | 'nowhere' {
  return step === undefined || step.to === 'code' ? 'nowhere' : 'provider';
}

type Started = { method: PayableMethod; choices: readonly PayableMethod[]; wantsNewCode: boolean };

function visitOf(started: BrowserStarted, { method, choices, wantsNewCode }: Started): Visit | undefined {
  switch (started.kind) {
    case 'go': {
      const { step } = started;
      if (step.to !== 'code') return { kind: 'go', method, step };
      const notice = wantsNewCode ? 'new code' : undefined;
      return { kind: 'code', hasChoice: choices.length > 1, notice };
    }
    case 'wait':
      return { kind: 'waiting', where: 'nowhere' };
    case 'elsewhere':
    case 'too many':
      return { kind: started.kind };
    case 'refused':
      return { kind: 'choose', choices, former: started.reason };
    case 'over':
      return undefined;
  }
}
