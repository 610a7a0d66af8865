import { methodNames, methods } from '@leveret/server/payments/methods/list.js';
import type { PaymentMethod } from '@leveret/server/payments/port/payment-method.js';
import { type Scenario, scenarioOf } from './scenarios.ts';

/** One way in which an order can be paid: an adapter, with a buyer at a screen or without. */
export type Way = {
  name: string;
  method: PaymentMethod;
  /** What the order says: `vippsEcommerce`. */
  paymentMethod: string;
  scenario: Scenario;
  flow: 'browser' | 'direct';
};

/** Whether completing an order by API takes the money. */
export function chargesAlone({ charge, chargeNeedsAgreement }: PaymentMethod): boolean {
  return charge !== undefined && chargeNeedsAgreement !== true;
}

/** Every way of every adapter in `methods/list.ts`, by its functions. */
export function listWays(): Way[] {
  return methodNames.flatMap((paymentMethod) =>
    (methods[paymentMethod] ?? []).flatMap((method) => {
      const way = { method, paymentMethod, scenario: scenarioOf(paymentMethod, method) };
      const ways: Way[] = [];
      if (chargesAlone(method)) ways.push({ ...way, name: `${method.name}, by API`, flow: 'direct' });
      if (method.start) ways.push({ ...way, name: `${method.name}, by URL`, flow: 'browser' });
      return ways;
    }),
  );
}
