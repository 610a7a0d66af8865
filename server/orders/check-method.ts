import type { Currency } from '../kit/money.ts';
import type { Refusals } from '../kit/refusals.ts';
import { type MethodDirectory, takesCurrency } from '../payments/merchants/find-method.ts';
import type { Client } from '../publishers/publisher.ts';
import {
  mayRecurAs,
  owesNothing,
  type PaymentMethod,
  paymentMethodRules,
  paymentMethods,
} from './payment-methods.ts';

/** The accounts at providers that publishers have set up. */
export type Accounts = Pick<MethodDirectory, 'find' | 'findForBrowser' | 'hasAccount'>;

/** What an order says about how it is paid. */
export type HowPaid = {
  paymentMethod: PaymentMethod | undefined;
  merchantId: string | undefined;
  recurring: boolean;
  prepaid: boolean;
};

export type Reading = { client: Client; accounts: Accounts; currency: Currency };

/** Refuses what cannot go with the method, and a method that nobody could be paid by. */
export function checkMethod(reading: Reading & { refusals: Refusals }, order: HowPaid): void {
  const { paymentMethod, prepaid } = order;
  if (paymentMethod !== undefined) checkAllowed(reading.refusals, { ...order, paymentMethod });
  else if (prepaid) {
    reading.refusals.refuse(
      'input_is_invalid',
      'paymentMethod',
      'paymentMethod is required with prepaid=true: it says how the order was paid',
    );
  }
  const missing = findMissingAccount(order, accountsOf(reading));
  if (!missing) return;
  const { kind, field, message } = missing;
  if (kind === 'refused') reading.refusals.refuse('payment_method_is_not_configured', field, message);
  else reading.refusals.warn('payment_method_is_not_configured', field, message);
}

function checkAllowed(
  refusals: Refusals,
  { paymentMethod, recurring, prepaid }: HowPaid & { paymentMethod: PaymentMethod },
): void {
  const rules = paymentMethodRules[paymentMethod];
  const named = `paymentMethod ${paymentMethod}`;
  if (recurring && rules.recurring === 'refused')
    refusals.refuse('method_cannot_recur', 'recurring', `${named} cannot recur`);
  if (!recurring && rules.recurring === 'required')
    refusals.refuse('method_must_recur', 'recurring', `${named} needs recurring=true`);
  if (prepaid && rules.prepaid === 'refused')
    refusals.refuse('method_cannot_be_prepaid', 'prepaid', `${named} cannot be prepaid`);
  if (!prepaid && rules.prepaid === 'required')
    refusals.refuse('method_must_be_prepaid', 'prepaid', `${named} needs prepaid=true`);
}

/** What a publisher has set up, as far as one order's currency and renewal go. */
export type AccountsFor = {
  /** Has the method an account of this name, or one without a name where none is given? */
  has(method: PaymentMethod, merchantId: string | undefined): boolean;
  /** Has the method any account, whatever its name? */
  hasAny(method: PaymentMethod): boolean;
  /** Could a buyer at a screen choose the method, at the account of this name? */
  canBeChosen(method: PaymentMethod, merchantId: string | undefined): boolean;
};

export type MissingAccount = { kind: 'refused' | 'warned'; field: string; message: string };

/**
 * Whether an order could ever be paid with the accounts there are. A method or account that was named and is
 * not there is refused: nothing is taken in its place. Where the buyer chooses, there may be an account by
 * then, so that is only warned of.
 */
export function findMissingAccount(
  { paymentMethod, merchantId, recurring, prepaid }: HowPaid,
  accounts: AccountsFor,
): MissingAccount | undefined {
  if (owesNothing({ paymentMethod, prepaid })) return undefined;
  if (paymentMethod === undefined) return findMissingChoice(merchantId, recurring, accounts);
  if (accounts.has(paymentMethod, merchantId)) return undefined;
  const isOnlyNamed = accounts.hasAny(paymentMethod);
  if (merchantId !== undefined && isOnlyNamed) return unknownMerchant(merchantId, paymentMethod);
  const told = isOnlyNamed ? 'only accounts with names: say which by merchantId' : 'no account';
  const message = `paymentMethod ${paymentMethod} has ${told}`;
  return { kind: 'refused', field: 'paymentMethod', message };
}

function findMissingChoice(
  merchantId: string | undefined,
  recurring: boolean,
  accounts: AccountsFor,
): MissingAccount | undefined {
  const canBeChosen = (method: PaymentMethod) =>
    mayRecurAs(method, recurring) && accounts.canBeChosen(method, merchantId);
  if (merchantId !== undefined && !paymentMethods.some((method) => accounts.has(method, merchantId)))
    return unknownMerchant(merchantId, undefined);
  if (paymentMethods.some(canBeChosen)) return undefined;
  const message = 'no method is set up that a buyer could choose for this order';
  return { kind: 'warned', field: 'paymentMethod', message };
}

function unknownMerchant(merchantId: string, method: PaymentMethod | undefined): MissingAccount {
  const whose = method === undefined ? '' : ` of paymentMethod ${method}`;
  const message = `no account${whose} is named ${merchantId}`;
  return { kind: 'refused', field: 'merchantId', message };
}

export function accountsOf({ client, accounts, currency }: Reading): AccountsFor {
  const { publisherId } = client.publisher;
  return {
    has: (method, merchantId) => accounts.find(publisherId, method, merchantId) !== undefined,
    hasAny: (method) => accounts.hasAccount(publisherId, method),
    canBeChosen: (method, merchantId) => {
      const found = accounts.findForBrowser(publisherId, method, merchantId);
      return found !== undefined && takesCurrency(found, currency);
    },
  };
}
