import type { Transaction } from '../database/transaction.ts';
import type { ConsentText } from './consent.ts';
import { findConsentTexts, insertCarriedConsentText, lockConsentTexts } from './consents-store.ts';

export type CarriedText = Omit<ConsentText, 'madeAt'> & { madeAt: Date | undefined };

/** What becomes of the words of a consent: a version stays as it was shown. */
export function decideCarriedText(
  carried: CarriedText,
  texts: readonly Pick<ConsentText, 'consentCode' | 'version' | 'text'>[],
): 'add' | 'keep' | 'other words' {
  const standing = texts.find(
    ({ consentCode, version }) => consentCode === carried.consentCode && version === carried.version,
  );
  if (!standing) return 'add';
  return standing.text === carried.text ? 'keep' : 'other words';
}

/** Writes the words of a consent under the version that they had elsewhere; answers what became of them. */
export async function carryConsentText(
  transaction: Transaction,
  publisherId: number,
  carried: CarriedText,
): Promise<ReturnType<typeof decideCarriedText>> {
  await lockConsentTexts(transaction, publisherId);
  const decision = decideCarriedText(carried, await findConsentTexts(transaction, publisherId));
  if (decision === 'add') await insertCarriedConsentText(transaction, publisherId, carried);
  return decision;
}
