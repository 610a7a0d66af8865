import { type Queryable, sql } from '../database/statement.ts';
import { unseal } from '../kit/seal.ts';
import type { PaymentMethod as PaymentMethodName } from '../orders/order.ts';
import { findBrokenSettings } from './method-settings.ts';
import { methods } from './methods/list.ts';
import type { MethodSettings, PaymentMethod } from './port/payment-method.ts';

/** An adapter with the settings of one publisher's merchant. */
export type ConfiguredMethod = {
  method: PaymentMethod;
  publisherId: number;
  merchantId: string;
  settings: MethodSettings;
};

/** `charge`: without the buyer at a screen. `browser`: the buyer must act. `none`: it is not set up. */
export type WayToPay = 'charge' | 'browser' | 'none';

export type WayToPayOrder = {
  publisherId: number;
  paymentMethod: PaymentMethodName;
  merchantId: string | undefined;
  hasMobile: boolean;
};

export type MethodDirectory = {
  /** How the money of an order can be taken; at most 5 s behind. */
  wayToPay(order: WayToPayOrder): WayToPay;
  /**
   * The merchant's account that an order names, at whichever adapter. A publisher with one account, without
   * a name, need not be named right; where accounts have names, none is taken in place of another.
   */
  find(publisherId: number, method: PaymentMethodName, merchantId?: string): ConfiguredMethod | undefined;
  /** The merchant of an attempt, by the adapter that made it. */
  findByAdapter(publisherId: number, adapter: string, merchantId: string): ConfiguredMethod | undefined;
  /** The merchant whose notices come to the address with this token: every method that shares the account. */
  findByGateToken(account: string, token: string): ConfiguredMethod[];
  refresh(): Promise<void>;
};

type Row = {
  publisher_id: number;
  adapter: string;
  merchant_id: string;
  settings: MethodSettings;
  sealed_secrets: Buffer | null;
};

const listSettings = sql(
  'paymentMethodSettings.list',
  'SELECT publisher_id, adapter, merchant_id, settings, sealed_secrets FROM payment_method_settings',
);

/**
 * Keeps every publisher's method settings in memory; `refresh` reads them again. Settings that cannot be
 * used are told to `onError` and left out, so that one publisher's do not stand in the way of the others.
 */
export function createMethodDirectory(
  database: Queryable,
  sealingKey: Buffer,
  onError: (error: unknown) => void,
): MethodDirectory {
  let configured: ConfiguredMethod[] = [];
  const find: MethodDirectory['find'] = (publisherId, name, merchantId = '') => {
    const accounts = (methods[name] ?? []).map((method) =>
      configured.filter((one) => one.method === method && one.publisherId === publisherId),
    );
    const named = accounts.flat().find((one) => one.merchantId === merchantId);
    return named ?? accounts.find((of) => of.length === 1 && of[0]?.merchantId === '')?.[0];
  };
  return {
    find,
    wayToPay: ({ publisherId, paymentMethod, merchantId, hasMobile }) =>
      wayOf(find(publisherId, paymentMethod, merchantId)?.method, hasMobile),
    findByAdapter: (publisherId, adapter, merchantId) =>
      configured.find(
        (one) =>
          one.publisherId === publisherId && one.method.name === adapter && one.merchantId === merchantId,
      ),
    findByGateToken: (account, token) =>
      configured.filter((one) => accountOf(one.method) === account && one.settings['gateToken'] === token),
    async refresh() {
      const rows = await database.query<Row>(listSettings);
      configured = rows.flatMap((row) => {
        try {
          return openRow(row, sealingKey);
        } catch (error) {
          onError(error);
          return [];
        }
      });
    },
  };
}

function wayOf(method: PaymentMethod | undefined, hasMobile: boolean): WayToPay {
  if (!method) return 'none';
  const mayCharge = method.charge !== undefined && method.chargeNeedsAgreement !== true;
  if (mayCharge && (hasMobile || !method.needs.mobile)) return 'charge';
  return method.start === undefined ? 'none' : 'browser';
}

/** The methods that share an account, each with its settings. */
function openRow(row: Row, sealingKey: Buffer): ConfiguredMethod[] {
  const sharing = [...new Set(Object.values(methods).flat())].filter((one) => accountOf(one) === row.adapter);
  const [first] = sharing;
  if (!first) return [];
  const place = secretsPlace(row.publisher_id, row.adapter, row.merchant_id);
  const secrets: MethodSettings = row.sealed_secrets
    ? JSON.parse(unseal(sealingKey, place, row.sealed_secrets).toString('utf8'))
    : {};
  const settings = { ...row.settings, ...secrets };
  const broken = findBrokenSettings(first, settings);
  if (broken.length > 0) {
    throw new Error(`publisher ${row.publisher_id} has settings that cannot be used: ${broken.join('; ')}`);
  }
  return sharing.map((method) => ({
    method,
    publisherId: row.publisher_id,
    merchantId: row.merchant_id,
    settings,
  }));
}

/** The adapter of this name, whoever has set it up. */
export function findAdapter(name: string): PaymentMethod | undefined {
  return Object.values(methods)
    .flat()
    .find((method) => method.name === name);
}

/** The name under which the settings of a method are kept. */
export function accountOf(method: Pick<PaymentMethod, 'name' | 'account'>): string {
  return method.account ?? method.name;
}

/** The place that sealed secrets of a merchant are bound to. */
export function secretsPlace(publisherId: number, adapter: string, merchantId: string): string {
  return `payment_method_settings ${publisherId} ${adapter} ${merchantId}`;
}
