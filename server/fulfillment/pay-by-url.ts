import type { PaymentMethod } from '../orders/payment-methods.ts';
import type {
  BrowserStarted,
  Choices,
  Confirmation,
  PayableOrder,
  TypedCode,
} from '../payments/browser-payment.ts';
import type { BuyerReason } from '../payments/buyer-step.ts';
import {
  awaitsCode,
  type BrowserPayment,
  endedByWrongCode,
} from '../payments/charging/find-browser-payment.ts';
import { chargesByMobile } from '../payments/merchants/find-method.ts';
import { isOpen } from '../payments/payment.ts';
import type { VisitedOrder } from './find-visited-order.ts';
import { judgePress, type PressJudgement } from './judge-press.ts';
import { keepCheckoutText } from './keep-checkout-text.ts';
import { mayBegin } from './may-begin.ts';
import type { Visit, VisitContext, Visitor } from './visit.ts';

/**
 * Takes the payment of a buyer at a screen: by the method whose button was pressed on the page that shows
 * what is bought, or, where the order was placed on the publisher's site, by the only one there is. Else,
 * and after a try without money, the page is shown. Nothing means that the order is to be read again.
 */
export async function payByUrl(
  context: VisitContext,
  order: VisitedOrder,
  visitor: Visitor,
): Promise<Visit | undefined> {
  const last = await context.visitLanes.findPayment(order);
  // Somebody else takes the money, with no buyer at a screen.
  if (order.state === 'paying' && !order.isPaidAtScreen) return { kind: 'waiting', where: 'phone' };
  if (last && mustWait(last, visitor)) return { kind: 'waiting', where: whereOf(last) };
  const choices = await context.browserPayments.choicesFor(payable(order, last, visitor));
  const { methods, spent } = choices;
  if (methods.length + spent.length === 0) return { kind: 'refused', reason: refusalOf(order) };
  if (last && awaitsCode(last) && visitor.pressed.kind === 'code') {
    const { publisherId, orderId } = order;
    const typed = { publisherId, orderId, attemptId: last.attemptId, code: visitor.pressed.code };
    return confirmByCode(context, typed, methods);
  }
  // What another browser tried is no choice of this buyer, and its session is not to be shared.
  const own = last?.guestId === visitor.guestId ? last : undefined;
  const former = reasonOf(own, choices);
  const agreed = await readAgreed(context, order, visitor, methods);
  if (agreed.kind === 'changed') return { kind: 'choose', choices, former, isChanged: true };
  const method = methodOf(methods, own, visitor);
  if (method === undefined || agreed.kind === 'unseen' || !mayBegin(visitor, last)) {
    return { kind: 'choose', choices, former };
  }
  const { returnPage, language, buyer, guestId } = visitor;
  const wantsNewCode = visitor.pressed.kind === 'new code';
  const { confirmation } = agreed;
  const mayBeginAnew = visitor.isOrderedOnSite || isByButton(visitor, own);
  const how = { returnPage, language, buyer, wantsNewCode, guestId, confirmation, mayBeginAnew };
  const request = { order: payable(order, last, visitor), method, ...how };
  const started = await context.browserPayments.start(request);
  // What became of an order meanwhile is not for a guest who has begun nothing of it.
  if (started.kind === 'over' && guestId !== undefined && !own) return { kind: 'elsewhere' };
  return visitOf(started, { method, choices, wantsNewCode });
}

type AgreedOn = { kind: PressJudgement; confirmation: Confirmation | undefined };

/** What the buyer agrees to by the button; its words are kept before anything follows from it. */
async function readAgreed(
  { database }: VisitContext,
  { publisherId }: VisitedOrder,
  { pressed, isOrderedOnSite, readShown }: Visitor,
  methods: readonly PaymentMethod[],
): Promise<AgreedOn> {
  if (pressed.kind !== 'method') return { kind: 'counts', confirmation: undefined };
  const shown = await readShown(methods);
  const kind = judgePress({ isOrderedOnSite, seen: pressed.seen, shown: shown.textSha256 });
  const isKept = kind === 'counts' && pressed.seen !== undefined;
  const confirmation = isKept ? await keepCheckoutText(database, publisherId, shown, pressed) : undefined;
  return { kind, confirmation };
}

/** A wrong code is answered by the next one, without another press. */
function isByButton({ pressed }: Visitor, own: BrowserPayment | undefined): boolean {
  return pressed.kind !== 'nothing' || (own !== undefined && endedByWrongCode(own));
}

/** A buyer who comes again while the session is being made costs no call and no transaction. */
function mustWait(last: BrowserPayment, { isBack, guestId }: Visitor): boolean {
  if (!isOpen(last.state) || awaitsCode(last)) return false;
  return isBack || (last.isBeingMade && (guestId === undefined || guestId === last.guestId));
}

/** What was left to the buyer stays so: the method of the last try is only the one that was tried. */
function payable(
  order: VisitedOrder,
  last: BrowserPayment | undefined,
  { client, guestId }: Visitor,
): PayableOrder {
  const paymentMethod = last?.isMethodOpen === true ? undefined : order.paymentMethod;
  const mayBeSentCode = guestId === undefined && order.mobile !== undefined;
  const isCodeOut = last !== undefined && isOpen(last.state) && last.step?.to === 'code';
  const codeOutBy = isCodeOut ? last.paymentMethod : undefined;
  return { ...order, paymentMethod, mayBeSentCode, codeOutBy, isLimited: client.settings.rateLimit !== null };
}

/** A wrong code that was the last says that there were too many. */
function reasonOf(last: BrowserPayment | undefined, { spent }: Choices): BuyerReason | undefined {
  const isLastCode = last && endedByWrongCode(last) && spent.some((name) => name === last.paymentMethod);
  return isLastCode ? 'too many tries' : last?.reason;
}

function refusalOf({ paymentMethod }: VisitedOrder): 'by phone' | 'not-configured' {
  return paymentMethod && chargesByMobile(paymentMethod) ? 'by phone' : 'not-configured';
}

async function confirmByCode(
  { browserPayments }: VisitContext,
  typed: TypedCode,
  choices: readonly PaymentMethod[],
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
  choices: readonly PaymentMethod[],
  last: BrowserPayment | undefined,
  { pressed, isBack, isOnTheWay, isOrderedOnSite }: Visitor,
): PaymentMethod | undefined {
  if (pressed.kind === 'method') return choices.find((method) => method === pressed.method);
  // A wrong code is answered by the next one, which whoever waited for the outcome then sees.
  const wantsCode = last && (pressed.kind === 'new code' || endedByWrongCode(last));
  const staysThere = last && isOpen(last.state) && (isBack || isOnTheWay || !mayChange(last, choices));
  if (wantsCode || staysThere) return choices.find((method) => method === last.paymentMethod);
  const isOnly = isOrderedOnSite && last === undefined && choices.length === 1;
  return isOnly ? choices[0] : undefined;
}

/** Who left a provider's own pages, or a code, may choose anew; a checkout on our page stays where it is. */
function mayChange({ step }: BrowserPayment, choices: readonly PaymentMethod[]): boolean {
  return choices.length > 1 && (step?.to === 'address' || step?.to === 'code');
}

/** Nobody goes on with a code that was typed. */
function whereOf({ step }: BrowserPayment): 'provider' | 'on the way' | 'nowhere' {
  if (step === undefined) return 'on the way';
  return step.to === 'code' ? 'nowhere' : 'provider';
}

type Started = { method: PaymentMethod; choices: Choices; wantsNewCode: boolean };

function visitOf(started: BrowserStarted, { method, choices, wantsNewCode }: Started): Visit | undefined {
  switch (started.kind) {
    case 'go': {
      const { step } = started;
      if (step.to !== 'code') return { kind: 'go', method, step };
      const notice = wantsNewCode ? 'new code' : step.afterWrongCode;
      return { kind: 'code', hasChoice: choices.methods.length > 1, notice };
    }
    case 'wait':
      return { kind: 'waiting', where: 'on the way' };
    case 'elsewhere':
    case 'too many':
      return { kind: started.kind };
    case 'refused':
      return { kind: 'choose', choices: without(choices, method, started), former: started.reason };
    case 'over':
      return undefined;
  }
}

/** What was spent by others while this buyer chose it is offered no more. */
function without(
  { methods, spent }: Choices,
  method: PaymentMethod,
  { reason }: Extract<BrowserStarted, { kind: 'refused' }>,
): Choices {
  if (reason !== 'too many tries') return { methods, spent };
  return { methods: methods.filter((name) => name !== method), spent: [...spent, method] };
}
