import type { ChargeState } from '../kit/ledger.ts';
import type { World } from '../kit/world.ts';
import { type PaymentOrder, resourceId, totalsOf } from './payment-order.ts';

/** Books an order and its reversals; booking again replaces what stood there. */
export function bookOrder(world: World, order: PaymentOrder): void {
  world.ledger.bookCharge({
    provider: 'swedbankpay',
    id: order.guid,
    reference: order.payeeReference,
    destination: order.inSwish?.mobile ?? order.mobile,
    amountMinor: order.amount,
    currency: order.currency,
    state: stateOf(order),
    capturedMinor: totalsOf(order).captured,
    description: order.description,
    acceptedAt: order.created,
    bookedAt: order.decidedAt,
    details: {
      paymentOrder: resourceId(order),
      instrument: order.instrument,
      operation: order.operation,
      status: order.status,
      failedAttempts: order.failedAttempts.length,
    },
  });
  for (const reversal of order.transactions.filter((one) => one.type === 'Reversal')) {
    world.ledger.bookRefund({
      provider: 'swedbankpay',
      id: reversal.id,
      chargeId: order.guid,
      reference: reversal.payeeReference,
      amountMinor: reversal.amount,
      currency: order.currency,
      bookedAt: reversal.created,
    });
  }
}

function stateOf(order: PaymentOrder): ChargeState {
  if (order.status === 'Initialized') return 'unknown';
  // Nothing was to be taken, and that succeeded.
  if (order.operation === 'Verify' && order.status === 'Paid') return 'charged';
  const { authorized, captured, cancelled } = totalsOf(order);
  if (captured > 0) return 'charged';
  if (authorized === 0) return 'declined';
  return cancelled === authorized ? 'released' : 'reserved';
}
