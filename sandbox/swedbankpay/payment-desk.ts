import type { Decision, PaymentDesk } from '../control/payment-desk.ts';
import { BadInput } from '../kit/bad-input.ts';
import { recipientKey } from '../kit/recipient.ts';
import type { PaymentOrder } from './payment-order.ts';
import type { SwedbankPay } from './swedbank-pay.ts';
import { endUnpaid, refuseToPay, tryToPay } from './try-to-pay.ts';

/**
 * Plays the buyers of Swedbank Pay. To refuse is one try that fails, as a card declined or a no in the app;
 * the order itself stays open until it is paid, cancelled on the page, aborted or run out.
 */
export function swedbankPaymentDesk(swedbank: SwedbankPay): PaymentDesk {
  const { ledger } = swedbank.world;
  return {
    list: () => ledger.charges().filter((charge) => charge.provider === 'swedbankpay'),
    find: (id) => (swedbank.order(id) ? ledger.charge(id) : undefined),
    decide: async (id, decision) => {
      const order = swedbank.order(id);
      if (order) await decide(swedbank, order, decision);
    },
    asksOn: (mobile) =>
      swedbank.orders().flatMap((order) => {
        const { inSwish, status } = order;
        if (status !== 'Initialized' || !inSwish) return [];
        if (recipientKey(inSwish.mobile) !== recipientKey(mobile)) return [];
        return [
          {
            app: 'Swish' as const,
            paymentId: order.guid,
            amountMinor: order.amount,
            currency: order.currency,
            text: `${order.payeeName}: ${order.description}`,
            askedAt: inSwish.since,
          },
        ];
      }),
  };
}

async function decide(swedbank: SwedbankPay, order: PaymentOrder, decision: Decision): Promise<void> {
  if (order.status !== 'Initialized') {
    throw new BadInput('id', 'undecided', `the payment order is already ${order.status}`, 409);
  }
  switch (decision) {
    case 'approve':
      return tryToPay(swedbank, order);
    case 'refuse':
      return refuseToPay(swedbank, order);
    case 'expire':
      endUnpaid(swedbank, order, 'PaymentOrderExpired');
      return;
    case 'abandon':
      // Nothing happens at Swedbank Pay when a buyer walks away.
      return;
  }
}
