import { methodNameOf, methods } from '@leveret/server/payments/methods/list.js';
import type { PaymentMethod } from '@leveret/server/payments/port/payment-method.js';
import { type Play, plays } from './plays.ts';

/** One way in which an order can be paid: an adapter, with a buyer at a screen or without. */
export type Way = {
  name: string;
  method: PaymentMethod;
  /** What the order says: `vippsEcommerce`. */
  paymentMethod: string;
  play: Play;
  flow: 'browser' | 'direct';
};

/** Whether completing an order by API takes the money. */
export function chargesAlone({ charge, chargeNeedsAgreement }: PaymentMethod): boolean {
  return charge !== undefined && chargeNeedsAgreement !== true;
}

/** Every way of every adapter in `methods/list.ts`, by its functions. Throws where a play is missing. */
export function listWays(): Way[] {
  return Object.values(methods)
    .flat()
    .flatMap((method) => {
      const play = plays[method.name];
      const paymentMethod = methodNameOf(method.name);
      if (!play || !paymentMethod)
        throw new Error(`tests/conformance/plays.ts has no play for ${method.name}`);
      const way = { method, paymentMethod, play };
      const ways: Way[] = [];
      if (chargesAlone(method)) ways.push({ ...way, name: `${method.name}, by API`, flow: 'direct' });
      if (method.start) ways.push({ ...way, name: `${method.name}, by URL`, flow: 'browser' });
      return ways;
    });
}
