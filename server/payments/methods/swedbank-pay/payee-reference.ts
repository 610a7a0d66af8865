import { createHash } from 'node:crypto';

/** How a merchant's references look, by who settles with the acquirer: Swedbank Pay, or the merchant. */
export const referenceFormats = ['letters and digits', 'twelve digits'] as const;
export type ReferenceFormat = (typeof referenceFormats)[number];

/**
 * The `payeeReference` of an operation of ours, the same whenever it is repeated. Twelve digits are made of
 * our reference, so that one in a million million is another operation's already, and is refused. Nothing
 * else is tried then: what is refused as used may be this very operation, still on its way.
 * Source: developer.swedbankpay.com, checkout v3, payee reference (options A and B).
 */
export function payeeReferenceOf(reference: string, format: ReferenceFormat): string {
  if (format === 'letters and digits') return reference;
  const hash = createHash('sha256').update(reference).digest();
  return String(leastOfTwelve + (hash.readBigUInt64BE() % (twelveDigits - leastOfTwelve)));
}

const twelveDigits = 10n ** 12n;
const leastOfTwelve = 10n ** 11n;
