import type { SealedColumn } from '../../database/reseal-column.ts';
import { type Queryable, sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { type SealingKeys, seal, unseal } from '../../kit/seal.ts';
import type { MethodSettings, PaymentMethod } from '../port/payment-method.ts';

/** A publisher's account at a provider; the one without a name is ''. */
export type MerchantKey = { publisherId: number; account: string; merchantId: string };

/** How registering our notice address went at last. */
export type NoticesNote = { state: 'registered' | 'failing' | 'failed'; code: string | null; at: string };

export type MerchantRow = {
  publisher_id: number;
  /** Of the publisher. */
  country: string;
  /** The account's name, which several adapters may share. */
  adapter: string;
  merchant_id: string;
  settings: MethodSettings;
  sealed_secrets: Buffer | null;
  /** By adapter. */
  notices: Readonly<Record<string, NoticesNote>>;
};

const columns = `publisher_id, adapter, merchant_id, settings, sealed_secrets, notices,
  (SELECT country FROM publishers
   WHERE publishers.publisher_id = payment_method_settings.publisher_id) AS country`;

const listAll = sql('paymentMethodSettings.list', `SELECT ${columns} FROM payment_method_settings`);

export function listMerchants(database: Queryable): Promise<MerchantRow[]> {
  return database.query<MerchantRow>(listAll);
}

const listOfPublisher = sql(
  'paymentMethodSettings.listOfPublisher',
  `SELECT ${columns} FROM payment_method_settings WHERE publisher_id = $1 ORDER BY adapter, merchant_id`,
);

export function listMerchantsOf(database: Queryable, publisherId: number): Promise<MerchantRow[]> {
  return database.query<MerchantRow>(listOfPublisher, [publisherId]);
}

const findOne = sql(
  'paymentMethodSettings.find',
  `SELECT ${columns} FROM payment_method_settings
   WHERE publisher_id = $1 AND adapter = $2 AND merchant_id = $3`,
);

export async function findMerchant(database: Queryable, key: MerchantKey): Promise<MerchantRow | undefined> {
  const [row] = await database.query<MerchantRow>(findOne, valuesOf(key));
  return row;
}

const lockOne = sql(
  'paymentMethodSettings.lock',
  `SELECT ${columns} FROM payment_method_settings
   WHERE publisher_id = $1 AND adapter = $2 AND merchant_id = $3 FOR UPDATE`,
);

export async function lockMerchant(
  transaction: Transaction,
  key: MerchantKey,
): Promise<MerchantRow | undefined> {
  const [row] = await transaction.query<MerchantRow>(lockOne, valuesOf(key));
  return row;
}

const upsert = sql(
  'paymentMethodSettings.upsert',
  `INSERT INTO payment_method_settings (publisher_id, adapter, merchant_id, settings, sealed_secrets)
   VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (publisher_id, adapter, merchant_id)
   DO UPDATE SET settings = excluded.settings, sealed_secrets = excluded.sealed_secrets`,
);

/** Writes a merchant's settings, the secret ones sealed. */
export async function writeMerchant(
  database: Queryable,
  sealing: SealingKeys,
  key: MerchantKey,
  method: Pick<PaymentMethod, 'settings'>,
  given: MethodSettings,
): Promise<void> {
  const secret = new Set(method.settings.filter((one) => one.secret).map((one) => one.name));
  const pick = (isSecret: boolean) =>
    JSON.stringify(
      Object.fromEntries(Object.entries(given).filter(([name]) => secret.has(name) === isSecret)),
    );
  const sealed = seal(sealing, placeOf(key), Buffer.from(pick(true)));
  await database.query(upsert, [...valuesOf(key), pick(false), sealed]);
}

const remove = sql(
  'paymentMethodSettings.remove',
  'DELETE FROM payment_method_settings WHERE publisher_id = $1 AND adapter = $2 AND merchant_id = $3',
);

export async function removeMerchant(transaction: Transaction, key: MerchantKey): Promise<void> {
  await transaction.query(remove, valuesOf(key));
}

const note = sql(
  'paymentMethodSettings.noteNotices',
  `UPDATE payment_method_settings SET notices = notices || jsonb_build_object($4::text, jsonb_build_object(
     'state', $5::text, 'code', $6::text, 'at', (SELECT leveret_now())))
   WHERE publisher_id = $1 AND adapter = $2 AND merchant_id = $3`,
);

/** Keeps how registering our notice address went for one adapter. */
export async function noteNotices(
  database: Queryable,
  key: MerchantKey,
  adapter: string,
  { state, code }: Pick<NoticesNote, 'state' | 'code'>,
): Promise<void> {
  await database.query(note, [...valuesOf(key), adapter, state, code]);
}

/** All settings of a merchant, with the secret ones. Throws where no known key opens them. */
export function openMerchant(sealing: SealingKeys, row: MerchantRow): MethodSettings {
  const key = keyOf(row);
  const secrets: MethodSettings = row.sealed_secrets
    ? JSON.parse(unseal(sealing, placeOf(key), row.sealed_secrets).toString('utf8'))
    : {};
  return { ...row.settings, ...secrets };
}

export function keyOf(row: MerchantRow): MerchantKey {
  return { publisherId: row.publisher_id, account: row.adapter, merchantId: row.merchant_id };
}

function valuesOf({ publisherId, account, merchantId }: MerchantKey): unknown[] {
  return [publisherId, account, merchantId];
}

/** Secrets of merchants, as they are sealed anew. */
export const sealedMerchantSecrets: SealedColumn = {
  table: 'payment_method_settings',
  column: 'sealed_secrets',
  key: { publisher_id: 'integer', adapter: 'text', merchant_id: 'text' },
  placeOf: (row) =>
    placeOf({
      publisherId: Number(row['publisher_id']),
      account: String(row['adapter']),
      merchantId: String(row['merchant_id']),
    }),
};

/** The place that sealed secrets of a merchant are bound to. */
function placeOf({ publisherId, account, merchantId }: MerchantKey): string {
  return `payment_method_settings ${publisherId} ${account} ${merchantId}`;
}
