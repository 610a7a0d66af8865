import { Type } from 'typebox';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { Problem } from '../../kit/problem.ts';
import { accountOf, adaptersOf, findAdapter } from '../merchants/find-method.ts';
import type { MerchantKey } from '../merchants/merchants-store.ts';
import { unnamedMerchant } from '../merchants/show-method.ts';
import type { PaymentMethod } from '../port/payment-method.ts';

/** How a path names a publisher's account: by an adapter or its account, and the account's name. */
export const MerchantParams = narrowing({
  adapter: Type.String({ minLength: 1, maxLength: 60 }),
  merchantId: Type.String({ minLength: 1, maxLength: 60, pattern: '^[A-Za-z0-9_.-]+$' }),
});
export type MerchantParams = Type.Static<typeof MerchantParams>;

/** The adapter and the account that a path names. Throws `not_found` for an adapter that is not built. */
export function readMerchantPath(
  publisherId: number,
  { adapter, merchantId }: MerchantParams,
): { method: PaymentMethod; key: MerchantKey } {
  const method = findAdapter(adapter) ?? adaptersOf(adapter)[0];
  if (!method) throw new Problem('not_found');
  const named = merchantId === unnamedMerchant ? '' : merchantId;
  return { method, key: { publisherId, account: accountOf(method), merchantId: named } };
}
