import { visitorOrigin } from '../kit/origin.ts';
import type { CheckoutFacts } from '../orders/order.ts';
import type { VisitedOrder } from './find-visited-order.ts';
import { judgePress, needsButton } from './judge-press.ts';
import { keepCheckoutText } from './keep-checkout-text.ts';
import { payByUrl } from './pay-by-url.ts';
import { type Agreed, decideVisit, type Visit, type VisitContext, type Visitor } from './visit.ts';
import { dueOf } from './what-is-due.ts';

/**
 * Completes an order whose buyer opened its address, where nothing is owed any more, or takes the payment,
 * and answers what the buyer meets. Opening it again, or 64 times at once, completes it once.
 */
export async function completeByUrl(
  context: VisitContext,
  order: VisitedOrder,
  visitor: Visitor,
): Promise<Visit> {
  const decision = decideVisit(order);
  switch (decision.kind) {
    case 'complete':
      return completeOrAsk(context, order, visitor);
    case 'pay':
      return (await payByUrl(context, order, visitor)) ?? readAgain(context, order);
    default:
      return decision;
  }
}

/** What is owed by invoice is ordered by the button of our page, unless it was ordered on the site. */
async function completeOrAsk(context: VisitContext, order: VisitedOrder, visitor: Visitor): Promise<Visit> {
  const { client, pressed, isOrderedOnSite, mayComplete } = visitor;
  const isPressed = pressed.kind === 'complete';
  if (!mayComplete || (!isPressed && needsButton(dueOf(order), isOrderedOnSite))) return { kind: 'confirm' };
  const confirmed = isPressed ? await readConfirmed(context, order, visitor, pressed) : undefined;
  if (confirmed === 'changed') return { kind: 'confirm', isChanged: true };
  if (confirmed === 'unseen') return { kind: 'confirm' };
  const { by } = visitorOrigin;
  await context.completeOrder({ client, by, orderId: order.orderId, options: undefined, confirmed });
  return readAgain(context, order);
}

/** Nothing where the form does not say what was shown, and need not. */
async function readConfirmed(
  { database }: VisitContext,
  order: VisitedOrder,
  { isOrderedOnSite, readShown }: Visitor,
  agreed: Agreed,
): Promise<CheckoutFacts | 'unseen' | 'changed' | undefined> {
  const { publisherId, amountMinor, paymentMethod } = order;
  const shown = await readShown([]);
  const mayBeUnseen = !needsButton(dueOf(order), isOrderedOnSite);
  const judged = judgePress({ isOrderedOnSite: mayBeUnseen, seen: agreed.seen, shown: shown.textSha256 });
  if (judged !== 'counts') return judged;
  if (agreed.seen === undefined) return undefined;
  const kept = await keepCheckoutText(database, publisherId, shown, agreed);
  return { ...kept, amountMinor, ...(paymentMethod && { paymentMethod }) };
}

/** The order may have changed while it was paid or completed. */
async function readAgain({ visitLanes }: VisitContext, { orderId }: VisitedOrder): Promise<Visit> {
  const after = await visitLanes.findOrder(orderId);
  const decision = after && decideVisit(after);
  if (!decision || decision.kind === 'complete') throw new Error('an order that can complete did not');
  return decision.kind === 'pay' ? { kind: 'waiting', where: 'nowhere' } : decision;
}
