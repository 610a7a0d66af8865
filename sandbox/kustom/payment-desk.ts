import type { Decision, PaymentDesk } from '../control/payment-desk.ts';
import { BadInput } from '../kit/bad-input.ts';
import { completeOrder, denyOrder } from './complete-order.ts';
import type { Kustom } from './kustom.ts';

/** Lets the control API play the buyer of an open session; a denied one may still be approved. */
export function kustomPaymentDesk(kustom: Kustom): PaymentDesk {
  const { ledger } = kustom.world;
  return {
    list: () => ledger.charges().filter((charge) => charge.provider === 'kustom'),
    find: (id) => kustom.order(id) && ledger.charge(id),
    decide: (id, decision) => decide(kustom, id, decision),
  };
}

async function decide(kustom: Kustom, id: string, decision: Decision): Promise<void> {
  const order = kustom.order(id);
  if (!order) return;
  if (decision === 'expire' && order.managed?.status === 'AUTHORIZED') {
    kustom.keep({ ...order, managed: { ...order.managed, status: 'EXPIRED', remainingMinor: 0 } });
    return;
  }
  if (order.state !== 'incomplete') {
    throw new BadInput('id', 'undecided', `the order is already ${order.state}`, 409);
  }
  switch (decision) {
    case 'approve': {
      const completion = await completeOrder(kustom, id);
      if (completion.kind !== 'completed') {
        throw new BadInput('id', 'undecided', `the purchase was ${completion.kind}`, 409);
      }
      return;
    }
    case 'refuse':
      denyOrder(kustom, order);
      return;
    case 'expire':
      kustom.keep({ ...order, state: 'expired' });
      return;
    case 'abandon':
      return;
  }
}
