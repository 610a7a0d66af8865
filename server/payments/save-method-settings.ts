import { type Queryable, sql } from '../database/statement.ts';
import { type SealingKeys, seal } from '../kit/seal.ts';
import { accountOf, secretsPlace } from './find-method.ts';
import { findBrokenSettings } from './method-settings.ts';
import type { MethodSettings, PaymentMethod } from './port/payment-method.ts';

const upsertSettings = sql(
  'paymentMethodSettings.upsert',
  `INSERT INTO payment_method_settings (publisher_id, adapter, merchant_id, settings, sealed_secrets)
   VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (publisher_id, adapter, merchant_id)
   DO UPDATE SET settings = excluded.settings, sealed_secrets = excluded.sealed_secrets`,
);

/** Saves a merchant's settings, the secret ones sealed. Throws what is wrong with them. */
export async function saveMethodSettings(
  context: { database: Queryable; secrets: { sealing: SealingKeys } },
  merchant: { publisherId: number; merchantId: string; method: PaymentMethod },
  given: MethodSettings,
): Promise<void> {
  const { publisherId, merchantId, method } = merchant;
  const declared = new Map(method.settings.map((setting) => [setting.name, setting]));
  const broken = findBrokenSettings(method, given);
  if (broken.length > 0)
    throw new Error(`the settings of ${method.name} cannot be used: ${broken.join('; ')}`);
  const pick = (secret: boolean) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => declared.get(name)?.secret === secret));
  const place = secretsPlace(publisherId, accountOf(method), merchantId);
  const sealed = seal(context.secrets.sealing, place, Buffer.from(JSON.stringify(pick(true))));
  await context.database.query(upsertSettings, [
    publisherId,
    accountOf(method),
    merchantId,
    JSON.stringify(pick(false)),
    sealed,
  ]);
}
