import { freeOrder, kari, prepaidOrder, smsOrder } from '../builders/orders.ts';
import { browserKinds } from './browser-kinds.ts';
import type { OrderKind } from './order-kind.ts';

const email = (nth: number) => `reader${nth}@example.com`;
/** Ordinary mobiles; those that stand for a fate in the sandbox begin otherwise. */
const mobile = (nth: number) => `+4741${String(nth).padStart(6, '0')}`;
const payer = (nth: number) => ({ ...kari, emails: [email(nth)] });

export const orderKinds: readonly OrderKind[] = [
  {
    name: 'free, link by e-mail',
    weight: 10,
    end: 'completed',
    order: (nth) => freeOrder({ payer: payer(nth) }),
    credential: email,
  },
  {
    name: 'free, link by SMS',
    weight: 10,
    end: 'completed',
    order: (nth) => freeOrder({ payer: payer(nth) }),
    credential: mobile,
  },
  {
    name: 'invoice',
    weight: 10,
    end: 'completed',
    order: (nth) => freeOrder({ paymentMethod: 'invoice', payer: payer(nth) }),
    credential: email,
  },
  {
    name: 'prepaid other',
    weight: 12,
    end: 'completed',
    order: (nth) => prepaidOrder({ payer: payer(nth) }),
    credential: mobile,
  },
  ...prepaidKinds(),
  {
    name: 'sms, charged',
    weight: 24,
    end: 'completed',
    order: (nth) => smsOrder(mobile(nth)),
    credential: mobile,
  },
  smsTo('declined', '+4790000010', 6, 'stopped'),
  smsTo('never reports', '+4790000030', 2, 'unresolved'),
  smsTo('charged, never reports', '+4790000031', 2, 'unresolved'),
  smsTo('not charged, never reports', '+4790000032', 2, 'unresolved'),
  smsTo('unknown billing', '+4790000040', 2, 'unresolved'),
  smsTo('expired without report', '+4790000041', 2, 'unresolved'),
  smsTo('timeout at the operator', '+4790000042', 2, 'unresolved'),
  smsTo('every temporary step', '+4790000056', 2, 'completed'),
  smsTo('billed, not delivered', '+4790000060', 2, 'completed'),
  smsTo('reported three times', '+4790000080', 3, 'completed'),
  smsTo('declined three times', '+4790000081', 3, 'stopped'),
  smsTo('declined, then billed', '+4790000090', 2, 'completed'),
  smsTo('billed, then a false decline', '+4790000091', 2, 'completed'),
  smsTo('billed, then a stale report', '+4790000092', 2, 'completed'),
  ...strexKinds(),
  ...browserKinds,
];

function prepaidKinds(): OrderKind[] {
  const infos = {
    vippsEcommerce: 'paymentInfoVipps',
    creditcardPayex: 'paymentInfoPayex',
    swishPayex: 'paymentInfoPayex',
    kco: 'paymentInfoKlarna',
    nexi: 'paymentInfoNexi',
    smsPay: 'paymentInfoSmsPay',
  };
  return Object.entries(infos).map(([paymentMethod, info]) => ({
    name: `prepaid ${paymentMethod}`,
    weight: 2,
    end: 'completed' as const,
    order(nth: number) {
      const { paymentInfoOther, ...rest } = prepaidOrder({ paymentMethod, payer: payer(nth) });
      return { ...rest, [info]: paymentInfoOther };
    },
    credential: email,
  }));
}

function strexKinds(): OrderKind[] {
  const ends = { '+4790011002': 'completed', '+4790000010': 'stopped' } as const;
  return Object.entries(ends).map(([number, end]) => ({
    name: `strex, ${end}`,
    weight: 4,
    end,
    order: () => ({ ...smsOrder(number), merchantId: 'strex' }),
    credential: email,
  }));
}

function smsTo(name: string, number: string, weight: number, end: OrderKind['end']): OrderKind {
  return { name: `sms, ${name}`, weight, end, order: () => smsOrder(number), credential: email };
}
