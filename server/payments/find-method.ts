import { type Queryable, sql } from '../database/statement.ts';
import { unseal } from '../kit/seal.ts';
import type { PaymentMethod as PaymentMethodName } from '../orders/order.ts';
import { methods } from './methods/list.ts';
import type { MethodSettings, PaymentMethod } from './payment-method.ts';

/** An adapter with the settings of one publisher's merchant. */
export type ConfiguredMethod = {
  method: PaymentMethod;
  publisherId: number;
  merchantId: string;
  settings: MethodSettings;
};

export type MethodDirectory = {
  /** Whether completing by API can take the money without the buyer at a screen; at most 5 s behind. */
  canCharge(publisherId: number, method: PaymentMethodName): boolean;
  find(publisherId: number, method: PaymentMethodName, merchantId?: string): ConfiguredMethod | undefined;
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

/** Keeps every publisher's method settings in memory; `refresh` reads them again. */
export function createMethodDirectory(database: Queryable, sealingKey: Buffer): MethodDirectory {
  let configured: ConfiguredMethod[] = [];
  const find = (publisherId: number, name: PaymentMethodName, merchantId = '') => {
    const adapter = methods[name];
    return configured.find(
      (one) => one.method === adapter && one.publisherId === publisherId && one.merchantId === merchantId,
    );
  };
  return {
    find,
    canCharge: (publisherId, name) => find(publisherId, name)?.method.charge !== undefined,
    findByGateToken: (adapter, token) =>
      configured.find((one) => one.method.name === adapter && one.settings['gateToken'] === token),
    async refresh() {
      const rows = await database.query<Row>(listSettings);
      configured = rows.flatMap((row) => openRow(row, sealingKey) ?? []);
    },
  };
}

function openRow(row: Row, sealingKey: Buffer): ConfiguredMethod | undefined {
  const method = Object.values(methods).find((one) => one.name === row.adapter);
  if (!method) return undefined;
  const place = secretsPlace(row.publisher_id, row.adapter, row.merchant_id);
  const secrets: MethodSettings = row.sealed_secrets
    ? JSON.parse(unseal(sealingKey, place, row.sealed_secrets).toString('utf8'))
    : {};
  return {
    method,
    publisherId: row.publisher_id,
    merchantId: row.merchant_id,
    settings: { ...row.settings, ...secrets },
  };
}

/** The place that sealed secrets of a merchant are bound to. */
export function secretsPlace(publisherId: number, adapter: string, merchantId: string): string {
  return `payment_method_settings ${publisherId} ${adapter} ${merchantId}`;
}
