import type { Queryable } from '../../database/statement.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import type { SettingsFault } from '../port/payment-method.ts';
import { callFor } from './call-for.ts';
import { adaptersOf } from './find-method.ts';
import { findMerchant, type MerchantKey, openMerchant } from './merchants-store.ts';

type Context = { database: Queryable; provider: SharedHttpClient; secrets: { sealing: SealingKeys } };

export type MerchantTried =
  | { kind: 'unknown' }
  /** No adapter of the account can tell. */
  | { kind: 'no test' }
  | { kind: 'tried'; faults: SettingsFault[]; remarks: string[] };

/** Asks the provider whether it takes a merchant's settings; moves nothing. */
export async function tryMerchant(context: Context, key: MerchantKey): Promise<MerchantTried> {
  const row = await findMerchant(context.database, key);
  if (!row) return { kind: 'unknown' };
  const sharing = adaptersOf(key.account);
  const tests = sharing.filter((method) => method.testSettings !== undefined);
  if (tests.length === 0) return { kind: 'no test' };
  const settings = openMerchant(context.secrets.sealing, row);
  const faults: SettingsFault[] = [];
  for (const method of tests) {
    const call = callFor(context, { ...key, method, settings });
    faults.push(...((await method.testSettings?.(call)) ?? []));
  }
  const said = new Set<string>();
  return {
    kind: 'tried',
    faults: faults.filter(({ text }) => said.size < said.add(text).size),
    remarks: [...new Set(sharing.flatMap((method) => method.remarksOn?.(settings) ?? []))],
  };
}
