import {
  type PaymentMethod as PaymentMethodName,
  paymentMethodRules,
} from '@leveret/server/orders/payment-methods.js';
import { accountOf, listDemoAccounts } from '@leveret/server/payments/merchants/find-method.js';
import type { PaymentMethod } from '@leveret/server/payments/port/payment-method.js';
import { demoPlace } from '../builders/demo-place.ts';

/** How the suite buys with one adapter. What a method can do follows from the functions it has. */
export type Scenario = {
  /** Who imitates its provider in the sandbox. */
  provider: string;
  /** What an order says beside payer and lines. */
  order: { merchantId?: string; recurring?: boolean; currency?: string };
} & Partial<Mobiles>;

/**
 * Where the buyer's number decides in the sandbox: one whose charge waits to be decided, one that declines,
 * and one reported as paid, then falsely as declined.
 */
type Mobiles = { mobile: string; fates: { declined: string; contradicted: string } };

const fates = { declined: '+4790000010', contradicted: '+4790000091' };

/** By the adapter's name; of another one, any payer's charge waits to be decided. */
const mobiles: Readonly<Record<string, Mobiles>> = {
  'link-mobility-sms': { mobile: '+4790000030', fates },
  'strex-connect': { mobile: '+4790000140', fates },
};

/** How an order for a payment method is paid at this adapter, which must have an account in the sandbox. */
export function scenarioOf(paymentMethod: PaymentMethodName, method: PaymentMethod): Scenario {
  const account = listDemoAccounts().find((one) => accountOf(one.method) === accountOf(method));
  if (!account) throw new Error(`${method.name} says no demo account`);
  const { merchantId, settingsFor } = account;
  const { baseUrl = '' } = settingsFor(demoPlace('http://sandbox.example'));
  const { currencies } = method;
  const [currency] = Array.isArray(currencies) && !currencies.includes('NOK') ? currencies : [];
  return {
    provider: new URL(baseUrl).pathname.split('/')[1] ?? '',
    order: {
      ...(merchantId !== undefined && { merchantId }),
      ...(paymentMethodRules[paymentMethod].recurring === 'required' && { recurring: true }),
      ...(currency !== undefined && { currency }),
    },
    ...mobiles[method.name],
  };
}
