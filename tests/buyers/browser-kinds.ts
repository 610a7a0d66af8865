import { demoLine, smsOrder } from '../builders/orders.ts';
import type { OrderKind } from './order-kind.ts';
import type { Manner } from './visit-order.ts';

/** How an order is paid where the buyer acts, and how often it comes. */
type Way = {
  name: string;
  weight: number;
  order: (nth: number) => Record<string, unknown>;
  isByUrlOnly?: boolean;
  method?: string;
};

const email = (nth: number) => `reader${nth}@example.com`;
const mobile = (nth: number) => `+4741${String(nth).padStart(6, '0')}`;

function payer(nth: number) {
  return { firstName: 'Kari', lastName: 'Nordmann', emails: [email(nth)] };
}

const { orderLines } = smsOrder('');

const paidBy = (paymentMethod: string | undefined) => (nth: number) => ({
  ...(paymentMethod !== undefined && { paymentMethod }),
  payer: payer(nth),
  orderLines,
});

/** Something that the catalogue does not know, so that it may be sold in another currency. */
const swedishLine = { productSpecType: 'product', product: 'KARTA', unitPrice: 149 };
const onPhoneBill = (nth: number) => ({
  paymentMethod: 'sms',
  merchantId: 'strex',
  payer: { ...payer(nth), phoneNumbers: [mobile(nth)] },
  orderLines,
});
const access = { allowAccessProduct: 'GUIDE', allowAccessSeconds: 3600 };

export const browserWays: readonly Way[] = [
  { name: 'vipps', weight: 6, order: paidBy('vippsEcommerce') },
  { name: 'vipps by address only', weight: 2, order: paidBy('vippsEcommerce'), isByUrlOnly: true },
  {
    name: 'vipps recurring',
    weight: 4,
    order: (nth) => ({
      paymentMethod: 'vippsRecurring',
      recurring: true,
      payer: payer(nth),
      orderLines: [demoLine],
    }),
  },
  { name: 'card', weight: 6, order: paidBy('creditcardPayex') },
  {
    name: 'swish',
    weight: 4,
    order: (nth) => ({
      paymentMethod: 'swishPayex',
      currency: 'SEK',
      payer: payer(nth),
      orderLines: [{ ...swedishLine, ...access }],
    }),
  },
  { name: 'kustom', weight: 6, order: paidBy('kco') },
  { name: 'strex by code', weight: 4, order: onPhoneBill, isByUrlOnly: true },
  { name: 'any method', weight: 4, order: paidBy(undefined), method: 'vippsEcommerce' },
];

/** A kind of order for each way, with one manner of its buyers. */
export function browserKind(way: Way, manner: Manner, end: OrderKind['end'], share = 1): OrderKind {
  const { name, weight, order, ...rest } = way;
  return {
    name: `${name}, ${manner}`,
    weight: weight * share,
    end,
    manner,
    order,
    credential: email,
    ...rest,
  };
}

const ends: [Manner, OrderKind['end'], number][] = [
  ['pays', 'completed', 1],
  ['pays and closes the browser', 'completed', 0.3],
  ['refuses and gives up', 'stopped', 0.2],
  ['refuses, then pays', 'completed', 0.2],
  ['walks away', 'unresolved', 0.15],
  ['opens two tabs and pays in both', 'completed', 0.1],
];

/** A message to the app of a buyer who is not at our page. */
export function phoneKind(
  onPhone: 'approve' | 'refuse' | 'abandon',
  end: OrderKind['end'],
  weight: number,
): OrderKind {
  return {
    name: `vipps on the phone, ${onPhone}`,
    weight,
    end,
    onPhone,
    order: (nth) => ({
      paymentMethod: 'vippsEcommerce',
      payer: { ...payer(nth), phoneNumbers: [mobile(nth)] },
      orderLines,
    }),
    credential: email,
  };
}

/** All ways and manners whose end is known beforehand. */
export const browserKinds: readonly OrderKind[] = [
  ...browserWays.flatMap((way) => ends.map(([manner, end, share]) => browserKind(way, manner, end, share))),
  phoneKind('approve', 'completed', 6),
  phoneKind('refuse', 'stopped', 2),
];
