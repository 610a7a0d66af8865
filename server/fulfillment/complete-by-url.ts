import { findVisitedOrder, type VisitedOrder } from './find-visited-order.ts';
import { payByUrl } from './pay-by-url.ts';
import { decideVisit, type Visit, type VisitContext, type Visitor } from './visit.ts';

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
      return visitor.mayComplete ? completeAtOnce(context, order, visitor) : { kind: 'confirm' };
    case 'pay':
      return (await payByUrl(context, order, visitor)) ?? readAgain(context, order);
    default:
      return decision;
  }
}

async function completeAtOnce(
  context: VisitContext,
  order: VisitedOrder,
  { client }: Visitor,
): Promise<Visit> {
  await context.completeOrder({ client, orderId: order.orderId, wishes: undefined });
  return readAgain(context, order);
}

/** The order may have changed while it was paid or completed. */
async function readAgain({ database }: VisitContext, { orderId }: VisitedOrder): Promise<Visit> {
  const after = await findVisitedOrder(database, orderId);
  const decision = after && decideVisit(after);
  if (!decision || decision.kind === 'complete') throw new Error('an order that can complete did not');
  return decision.kind === 'pay' ? { kind: 'waiting', where: 'nowhere' } : decision;
}
