import type { Queryable } from '../database/statement.ts';
import type { SealingKeys } from '../kit/seal.ts';
import type { PaymentMethod as PaymentMethodName } from '../orders/order.ts';
import {
  listMerchants,
  listMerchantsOf,
  type MerchantRow,
  openMerchant,
} from './accounts/merchants-store.ts';
import { describeBroken, findBrokenSettings } from './accounts/method-settings.ts';
import { type AddressRules, findForbiddenAddresses } from './accounts/provider-addresses.ts';
import { methods } from './methods/list.ts';
import type { MethodSettings, PaymentMethod } from './port/payment-method.ts';

/** An adapter with the settings of one publisher's merchant. */
export type ConfiguredMethod = {
  method: PaymentMethod;
  publisherId: number;
  merchantId: string;
  settings: MethodSettings;
};

/**
 * `charge`: without the buyer at a screen. `browser`: the buyer must act. `none`: it is not set up.
 * `other currency`: it is, but it takes another currency than the order's.
 */
export type WayToPay = 'charge' | 'browser' | 'none' | 'other currency';

export type WayToPayOrder = {
  publisherId: number;
  paymentMethod: PaymentMethodName;
  merchantId: string | undefined;
  hasMobile: boolean;
  currency: string;
};

export type MethodDirectory = {
  /** How the money of an order can be taken; at most 5 s behind. */
  wayToPay(order: WayToPayOrder): WayToPay;
  /**
   * The merchant's account that an order names, at whichever adapter, or the one without a name. None is
   * taken in place of another: a name that is written wrong must not pay another company.
   */
  find(publisherId: number, method: PaymentMethodName, merchantId?: string): ConfiguredMethod | undefined;
  /** The same, at the first adapter by which a buyer at a screen can pay. */
  findForBrowser(
    publisherId: number,
    method: PaymentMethodName,
    merchantId?: string,
  ): ConfiguredMethod | undefined;
  /** Whether the publisher has any account for a method, whatever its name. */
  hasAccount(publisherId: number, method: PaymentMethodName): boolean;
  /** The merchant of an attempt, by the adapter that made it. */
  findByAdapter(publisherId: number, adapter: string, merchantId: string): ConfiguredMethod | undefined;
  /** The merchant whose notices come to the address with this token: every method that shares the account. */
  findByGateToken(account: string, token: string): ConfiguredMethod[];
  refresh(): Promise<void>;
  /** Reads one publisher's accounts again: one may have been set up at another node just now. */
  refreshOf(publisherId: number): Promise<void>;
};

const anyAddress: AddressRules = { mode: 'sandbox', providerAddresses: [] };

/**
 * Keeps every publisher's method settings in memory; `refresh` reads them again. Settings that cannot be
 * used are told to `onError` and left out, so that one publisher's do not stand in the way of the others.
 */
export function createMethodDirectory(
  database: Queryable,
  sealing: SealingKeys,
  onError: (error: unknown) => void,
  rules: AddressRules = anyAddress,
): MethodDirectory {
  let configured: ConfiguredMethod[] = [];
  const openRows = (rows: readonly MerchantRow[]) =>
    rows.flatMap((row) => {
      try {
        return openRow(row, sealing, rules);
      } catch (error) {
        onError(error);
        return [];
      }
    });
  const findAll = (publisherId: number, name: PaymentMethodName, merchantId = '') => {
    const adapters = methods[name] ?? [];
    const named = configured.filter(
      (one) => one.publisherId === publisherId && one.merchantId === merchantId,
    );
    return adapters.flatMap((method) => named.find((one) => one.method === method) ?? []);
  };
  const find: MethodDirectory['find'] = (...about) => findAll(...about)[0];
  return {
    find,
    findForBrowser: (...about) => findAll(...about).find(({ method }) => method.start !== undefined),
    wayToPay: ({ publisherId, paymentMethod, merchantId, ...order }) =>
      wayOf(find(publisherId, paymentMethod, merchantId)?.method, order),
    hasAccount: (publisherId, name) =>
      configured.some((one) => one.publisherId === publisherId && methods[name]?.includes(one.method)),
    findByAdapter: (publisherId, adapter, merchantId) =>
      configured.find(
        (one) =>
          one.publisherId === publisherId && one.method.name === adapter && one.merchantId === merchantId,
      ),
    findByGateToken: (account, token) =>
      configured.filter((one) => accountOf(one.method) === account && one.settings['gateToken'] === token),
    async refresh() {
      configured = openRows(await listMerchants(database));
    },
    async refreshOf(publisherId) {
      const opened = openRows(await listMerchantsOf(database, publisherId));
      configured = [...configured.filter((one) => one.publisherId !== publisherId), ...opened];
    },
  };
}

/** Whether an adapter can be paid in a currency. */
export function takesCurrency({ currencies }: PaymentMethod, currency: string): boolean {
  return currencies?.includes(currency) ?? true;
}

function wayOf(
  method: PaymentMethod | undefined,
  { hasMobile, currency }: Pick<WayToPayOrder, 'hasMobile' | 'currency'>,
): WayToPay {
  if (!method) return 'none';
  if (!takesCurrency(method, currency)) return 'other currency';
  const mayCharge = method.charge !== undefined && method.chargeNeedsAgreement !== true;
  if (mayCharge && (hasMobile || !method.needs.mobile)) return 'charge';
  return method.start !== undefined && (hasMobile || !method.confirm) ? 'browser' : 'none';
}

/** The methods that share an account, each with its settings. */
function openRow(row: MerchantRow, sealing: SealingKeys, rules: AddressRules): ConfiguredMethod[] {
  const sharing = adaptersOf(row.adapter);
  const [first] = sharing;
  if (!first) return [];
  const settings = openMerchant(sealing, row);
  const faults = [...findBrokenSettings(first, settings), ...findForbiddenAddresses(rules, first, settings)];
  if (faults.length > 0) {
    const told = describeBroken(faults);
    throw new Error(`publisher ${row.publisher_id} has settings that cannot be used: ${told}`);
  }
  return sharing.map((method) => ({
    method,
    publisherId: row.publisher_id,
    merchantId: row.merchant_id,
    settings,
  }));
}

/** What an attempt keeps of the settings it begins with. */
export function pinnedOf({
  method,
  settings,
}: Pick<ConfiguredMethod, 'method' | 'settings'>): MethodSettings {
  const { pins = ['baseUrl'] } = method;
  const isPinned = (name: string) =>
    pins.includes(name) && method.settings.some((one) => one.name === name && !one.secret);
  return Object.fromEntries(Object.entries(settings).filter(([name]) => isPinned(name)));
}

/**
 * The settings for calls about an attempt that began earlier: the merchant's of today, with the provider's
 * address and version that the attempt was made with. Secrets are always today's.
 */
export function settingsFor(
  { method, settings }: Pick<ConfiguredMethod, 'method' | 'settings'>,
  pinned: MethodSettings,
): MethodSettings {
  return { ...settings, ...pinnedOf({ method, settings: pinned }) };
}

/** The adapter of this name, whoever has set it up. */
export function findAdapter(name: string): PaymentMethod | undefined {
  return listAdapters().find((method) => method.name === name);
}

/** Every adapter that is built, once. */
export function listAdapters(): PaymentMethod[] {
  return [...new Set(Object.values(methods).flat())];
}

/** The payment methods of orders that an adapter serves. */
export function namesServedBy(method: PaymentMethod): string[] {
  return Object.entries(methods).flatMap(([name, adapters]) => (adapters.includes(method) ? [name] : []));
}

/** The name under which the settings of a method are kept. */
export function accountOf(method: Pick<PaymentMethod, 'name' | 'account'>): string {
  return method.account ?? method.name;
}

/** The adapters that share an account, and its settings. */
export function adaptersOf(account: string): PaymentMethod[] {
  return listAdapters().filter((method) => accountOf(method) === account);
}
