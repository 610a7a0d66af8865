import { randomBytes } from 'node:crypto';
import { writeAct } from '../../database/act-log.ts';
import type { Database, Transaction } from '../../database/transaction.ts';
import type { AddressGuard } from '../../kit/address-guard.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { enqueue } from '../../kit/work-queue/work-store.ts';
import type { MethodSettings, PaymentMethod } from '../port/payment-method.ts';
import { accountOf } from './find-method.ts';
import { lockMerchant, type MerchantKey, openMerchant, writeMerchant } from './merchants-store.ts';
import { type BrokenSetting, broken, describeBroken, findBrokenSettings } from './method-settings.ts';
import { type AddressRules, findForbiddenAddresses, findInsideAddresses } from './provider-addresses.ts';
import { registrationJobs } from './register-notices.ts';

type Context = {
  database: Database;
  secrets: { sealing: SealingKeys };
  settings: AddressRules;
  addressGuard: Pick<AddressGuard, 'checkHost'>;
};
type Merchant = { publisherId: number; merchantId: string; method: PaymentMethod };

/**
 * Saves a merchant's settings, the secret ones sealed, and has our notice address registered where the
 * provider takes it. Secrets that are left out stay, as long as no address changes that they would be sent
 * to; so does what is made. Answers what is wrong, and saves nothing then.
 */
export async function saveMerchant(
  context: Context,
  merchant: Merchant,
  given: MethodSettings,
): Promise<BrokenSetting[]> {
  const { publisherId, merchantId, method } = merchant;
  const inside = await findInsideAddresses(context.settings, context.addressGuard, method, given);
  if (inside.length > 0) return inside;
  const key: MerchantKey = { publisherId, account: accountOf(method), merchantId };
  return context.database.transaction('save-merchant', async (transaction) => {
    const known = await readKnown(context, transaction, key);
    const complete = { ...keptOf(method, known, given), ...given };
    const faults = [
      ...findBrokenSettings(method, complete),
      ...findForbiddenAddresses(context.settings, method, complete),
      ...findSecretsToGiveAgain(method, known, given),
    ];
    if (faults.length > 0) return faults;
    await writeMerchant(transaction, context.secrets.sealing, key, method, complete);
    await enqueue(transaction, registrationJobs(key));
    const facts = { settings: Object.keys(given) };
    await writeAct(transaction, { publisherId, subjectId: `${method.name}/${merchantId}`, facts });
    return [];
  });
}

/** The same for settings that are known to be right; throws where they are not. */
export async function saveMethodSettings(
  context: Context,
  merchant: Merchant,
  given: MethodSettings,
): Promise<void> {
  const faults = await saveMerchant(context, merchant, given);
  if (faults.length === 0) return;
  throw new Error(`the settings of ${merchant.method.name} cannot be used: ${describeBroken(faults)}`);
}

/** What cannot be opened any more counts as never given. */
async function readKnown(
  { secrets }: Context,
  transaction: Transaction,
  key: MerchantKey,
): Promise<MethodSettings> {
  const row = await lockMerchant(transaction, key);
  if (!row) return {};
  try {
    return openMerchant(secrets.sealing, row);
  } catch {
    return row.settings;
  }
}

/** What stays although it is not given again: secrets, and what is made. */
function keptOf(method: PaymentMethod, known: MethodSettings, given: MethodSettings): MethodSettings {
  const stays = new Set(method.settings.filter((one) => one.secret || one.isMade).map((one) => one.name));
  const kept = Object.entries(known).filter(([name]) => stays.has(name) && given[name] === undefined);
  return { ...makeToken(method), ...Object.fromEntries(kept) };
}

/** The unguessable part of our notice address is ours to choose. */
function makeToken(method: PaymentMethod): MethodSettings {
  const isNeeded = method.settings.some((one) => one.name === 'gateToken' && one.isMade);
  return isNeeded ? { gateToken: randomBytes(24).toString('base64url') } : {};
}

/** Whoever changes an address could otherwise have secrets sent to it that nobody may read. */
function findSecretsToGiveAgain(
  method: PaymentMethod,
  known: MethodSettings,
  given: MethodSettings,
): BrokenSetting[] {
  const moved = method.settings.find(
    ({ kind, name }) => kind === 'address' && known[name] !== undefined && known[name] !== given[name],
  );
  if (!moved) return [];
  return method.settings
    .filter((one) => one.secret && !one.isMade && known[one.name] && given[one.name] === undefined)
    .map((one) => broken(one.name, 'required', `must be given again, as ${moved.name} changes`));
}
