import type { Transaction } from '../database/transaction.ts';
import { findConsentTexts, insertConsentText, lockConsentTexts } from './consents-store.ts';

/**
 * Gives the words of a consent a version: a new one where they are not the newest. Versions stay as they were
 * shown, whatever comes after them.
 */
export async function saveConsentText(
  transaction: Transaction,
  publisherId: number,
  { consentCode, text }: { consentCode: string; text: string },
): Promise<number> {
  await lockConsentTexts(transaction, publisherId);
  const texts = await findConsentTexts(transaction, publisherId);
  const newest = texts.findLast((one) => one.consentCode === consentCode);
  if (newest?.text === text) return newest.version;
  const version = (newest?.version ?? 0) + 1;
  await insertConsentText(transaction, publisherId, { consentCode, version, text });
  return version;
}
