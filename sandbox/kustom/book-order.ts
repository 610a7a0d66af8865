import type { ChargeState } from '../kit/ledger.ts';
import type { World } from '../kit/world.ts';
import { type KustomOrder, sumOf } from './order.ts';

/** Books what an order has come to: the ledger's charge follows from the order alone. */
export function bookOrder(world: World, order: KustomOrder): void {
  const { managed, purchase } = order;
  const state = chargeStateOf(order);
  world.ledger.bookCharge({
    provider: 'kustom',
    id: order.id,
    reference: purchase.merchant_reference1 ?? '',
    destination: '',
    amountMinor: purchase.order_amount,
    currency: purchase.purchase_currency.toUpperCase(),
    state,
    capturedMinor: managed ? sumOf(managed.captures) : 0,
    description: purchase.order_lines.map((line) => line.name).join(', '),
    acceptedAt: order.startedAt,
    bookedAt: state === 'unknown' ? null : world.clock.timestamp(),
    details: {
      status: managed?.status ?? order.state,
      fraudStatus: managed?.fraudStatus ?? null,
      acknowledgedAt: managed?.acknowledgedAt ?? null,
    },
  });
}

function chargeStateOf({ state, session, managed }: KustomOrder): ChargeState {
  if (!managed) return state === 'incomplete' && !session?.wasDenied ? 'unknown' : 'declined';
  if (sumOf(managed.captures) > 0) return 'charged';
  if (!managed.wasAccepted)
    return managed.fraudStatus === 'PENDING' && managed.status === 'AUTHORIZED' ? 'unknown' : 'declined';
  return managed.remainingMinor > 0 ? 'reserved' : 'released';
}
