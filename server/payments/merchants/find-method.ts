import type { Queryable } from '../../database/statement.ts';
import { inLanguage } from '../../kit/page-language.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import type { PaymentMethod as PaymentMethodName } from '../../orders/payment-methods.ts';
import { methodNames, methods } from '../methods/list.ts';
import type { DemoAccount, MethodSettings, PaymentMethod } from '../port/payment-method.ts';
import { listMerchants, listMerchantsOf, type MerchantRow, openMerchant } from './merchants-store.ts';
import { describeBroken, findBrokenSettings } from './method-settings.ts';
import { type AddressRules, findForbiddenAddresses } from './provider-addresses.ts';

/** An adapter with the settings of one publisher's merchant. */
export type ConfiguredMethod = {
  method: PaymentMethod;
  publisherId: number;
  /** Of the publisher; it is where the goods are sold. */
  country: string;
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
  findByToken(account: string, token: string): ConfiguredMethod[];
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
      wayOf(find(publisherId, paymentMethod, merchantId), order),
    hasAccount: (publisherId, name) =>
      configured.some((one) => one.publisherId === publisherId && methods[name]?.includes(one.method)),
    findByAdapter: (publisherId, adapter, merchantId) =>
      configured.find(
        (one) =>
          one.publisherId === publisherId && one.method.name === adapter && one.merchantId === merchantId,
      ),
    findByToken: (account, token) =>
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

/** Whether a merchant can be paid in a currency. */
export function takesCurrency(
  { method, country }: Pick<ConfiguredMethod, 'method' | 'country'>,
  currency: string,
): boolean {
  const { currencies } = method;
  const taken = typeof currencies === 'function' ? currencies(country) : currencies;
  return taken?.includes(currency) ?? true;
}

function wayOf(
  configured: ConfiguredMethod | undefined,
  { hasMobile, currency }: Pick<WayToPayOrder, 'hasMobile' | 'currency'>,
): WayToPay {
  if (!configured) return 'none';
  const { method, settings } = configured;
  if (!takesCurrency(configured, currency)) return 'other currency';
  const isAllowed = method.mayCharge?.(settings) ?? true;
  const mayCharge = isAllowed && method.charge !== undefined && method.chargeNeedsAgreement !== true;
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
    country: row.country,
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

/** The demo publisher's accounts in the sandbox, each with a method that uses it. */
export function listDemoAccounts(): (DemoAccount & { method: PaymentMethod })[] {
  return listAdapters().flatMap((method) => (method.demo ? { ...method.demo, method } : []));
}

/** The payment methods that a buyer at a screen can pay by, in the order in which they are shown. */
export function listPayable(): PaymentMethodName[] {
  return methodNames.filter((name) => methods[name]?.some(({ start }) => start !== undefined));
}

/** Whether the price goes on the buyer's phone bill. */
export function chargesByMobile(name: PaymentMethodName): boolean {
  return methods[name]?.some((method) => method.chargesByMobile) ?? false;
}

/** What a buyer at a screen chooses, in the language of the page. */
export function labelOf(name: PaymentMethodName, language: string): string {
  const texts = methods[name]?.find((method) => method.texts)?.texts;
  return texts ? inLanguage(texts, language) : name;
}

/** A method as a page offers it: what it is called, how the buyer pays by it, and what it is by its kind. */
export type Offer = {
  name: PaymentMethodName;
  label: string;
  how: string;
  mark: NonNullable<PaymentMethod['mark']>;
};

export function offerOf(name: PaymentMethodName, language: string): Offer {
  const found = methods[name]?.find((method) => method.texts);
  const label = labelOf(name, language);
  const how = found?.payWith ? inLanguage(found.payWith, language) : `– ${label}`;
  return { name, label, how, mark: found?.mark ?? 'several' };
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
