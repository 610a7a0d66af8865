import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AccountsFor, findMissingAccount, type HowPaid } from './check-method.ts';
import type { PaymentMethod } from './payment-methods.ts';

/** Accounts by method; the one without a name is ''. */
type Stand = Partial<Record<PaymentMethod, readonly string[]>>;

const accountsIn = (stand: Stand): AccountsFor => ({
  has: (method, merchantId = '') => stand[method]?.includes(merchantId) ?? false,
  hasAny: (method) => (stand[method]?.length ?? 0) > 0,
  canBeChosen: (method, merchantId = '') =>
    method !== 'sms' && (stand[method]?.includes(merchantId) ?? false),
});

const usual: Stand = { sms: [''], kco: ['', 'north'], swishPayex: ['south'] };
const none: Stand = {};
const refused = (field: string) => ['refused', field] as const;
const warned = ['warned', 'paymentMethod'] as const;

const cases: readonly [Partial<HowPaid>, Stand, readonly [string, string] | undefined][] = [
  [{ paymentMethod: 'kco' }, usual, undefined],
  [{ paymentMethod: 'kco', merchantId: 'north' }, usual, undefined],
  [{ paymentMethod: 'kco', merchantId: 'south' }, usual, refused('merchantId')],
  [{ paymentMethod: 'kco', merchantId: 'North' }, usual, refused('merchantId')],
  [{ paymentMethod: 'swishPayex' }, usual, refused('paymentMethod')],
  [{ paymentMethod: 'swishPayex', merchantId: 'south' }, usual, undefined],
  [{ paymentMethod: 'nexi' }, usual, refused('paymentMethod')],
  [{ paymentMethod: 'nexi', merchantId: 'north' }, usual, refused('paymentMethod')],
  [{ paymentMethod: 'smsPay' }, usual, refused('paymentMethod')],
  [{ paymentMethod: 'creditcardPayex', recurring: true }, usual, refused('paymentMethod')],
  [{ paymentMethod: 'sms' }, none, refused('paymentMethod')],
  // What was paid before needs no account, and neither does what is not paid at a provider.
  [{ paymentMethod: 'nexi', prepaid: true }, none, undefined],
  [{ paymentMethod: 'kco', prepaid: true, merchantId: 'nobody' }, none, undefined],
  [{ paymentMethod: 'other', prepaid: true }, none, undefined],
  [{ paymentMethod: 'free' }, none, undefined],
  [{ paymentMethod: 'invoice', recurring: true }, none, undefined],
  // The buyer chooses.
  [{}, usual, undefined],
  [{ merchantId: 'south' }, usual, undefined],
  [{ merchantId: 'nobody' }, usual, refused('merchantId')],
  [{}, none, warned],
  [{}, { sms: [''] }, warned],
  [{}, { swishPayex: ['south'] }, warned],
  // A recurring order is not paid by a method that cannot recur, nor another by one that must.
  [{ recurring: true }, { vippsEcommerce: [''] }, warned],
  [{ recurring: true }, { vippsRecurring: [''] }, undefined],
  [{}, { vippsRecurring: [''] }, warned],
];

for (const [said, stand, wanted] of cases) {
  test(`${JSON.stringify(said)} with ${JSON.stringify(stand)}: ${wanted?.join(' ') ?? 'well'}`, () => {
    const order: HowPaid = {
      paymentMethod: undefined,
      merchantId: undefined,
      recurring: false,
      prepaid: false,
      ...said,
    };
    const missing = findMissingAccount(order, accountsIn(stand));
    assert.deepEqual(missing && [missing.kind, missing.field], wanted);
  });
}
