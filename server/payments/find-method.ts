import type { SealedColumn } from '../database/reseal-column.ts';
import { type Queryable, sql } from '../database/statement.ts';
import { type SealingKeys, unseal } from '../kit/seal.ts';
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

export type MethodDirectory = {
  /** Whether completing by API can take the money without the buyer at a screen; at most 5 s behind. */
  canCharge(publisherId: number, method: PaymentMethodName, merchantId?: string): boolean;
  /**
   * The merchant's account that an order names. A publisher with one account, without a name, need not be
   * named right; where accounts have names, none is taken in place of another.
   */
  find(publisherId: number, method: PaymentMethodName, merchantId?: string): ConfiguredMethod | undefined;
  /** The merchant of an attempt, by the adapter that made it. */
  findByAdapter(publisherId: number, adapter: string, merchantId: string): ConfiguredMethod | undefined;
  /** The merchant whose notices come to the address with this token. */
  findByGateToken(adapter: string, token: string): ConfiguredMethod | undefined;
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
  sealing: SealingKeys,
  onError: (error: unknown) => void,
): MethodDirectory {
  let configured: ConfiguredMethod[] = [];
  const find: MethodDirectory['find'] = (publisherId, name, merchantId = '') => {
    for (const method of methods[name] ?? []) {
      const accounts = configured.filter((one) => one.method === method && one.publisherId === publisherId);
      const [first] = accounts;
      const isOnlyOne = accounts.length === 1 && first?.merchantId === '';
      const found = accounts.find((one) => one.merchantId === merchantId) ?? (isOnlyOne ? first : undefined);
      if (found) return found;
    }
    return undefined;
  };
  return {
    find,
    canCharge: (publisherId, name, merchantId) =>
      find(publisherId, name, merchantId)?.method.charge !== undefined,
    findByAdapter: (publisherId, adapter, merchantId) =>
      configured.find(
        (one) =>
          one.publisherId === publisherId && one.method.name === adapter && one.merchantId === merchantId,
      ),
    findByGateToken: (adapter, token) =>
      configured.find((one) => one.method.name === adapter && one.settings['gateToken'] === token),
    async refresh() {
      const rows = await database.query<Row>(listSettings);
      configured = rows.flatMap((row) => {
        try {
          return openRow(row, sealing);
        } catch (error) {
          onError(error);
          return [];
        }
      });
    },
  };
}

/** The methods that share an account, each with its settings. */
function openRow(row: Row, sealing: SealingKeys): ConfiguredMethod[] {
  const sharing = [...new Set(Object.values(methods).flat())].filter((one) => accountOf(one) === row.adapter);
  const [first] = sharing;
  if (!first) return [];
  const place = secretsPlace(row.publisher_id, row.adapter, row.merchant_id);
  const secrets: MethodSettings = row.sealed_secrets
    ? JSON.parse(unseal(sealing, place, row.sealed_secrets).toString('utf8'))
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

/** Secrets of merchants, as they are sealed anew. */
export const sealedMerchantSecrets: SealedColumn = {
  table: 'payment_method_settings',
  column: 'sealed_secrets',
  key: { publisher_id: 'integer', adapter: 'text', merchant_id: 'text' },
  placeOf: (row) =>
    secretsPlace(Number(row['publisher_id']), String(row['adapter']), String(row['merchant_id'])),
};

/** The place that sealed secrets of a merchant are bound to. */
export function secretsPlace(publisherId: number, adapter: string, merchantId: string): string {
  return `payment_method_settings ${publisherId} ${adapter} ${merchantId}`;
}
