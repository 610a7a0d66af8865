import { isBlank } from '../kit/clean-text.ts';
import type { Party } from './order-body.ts';
import { isReached } from './payer-facts.ts';

const partsOfName = ['firstName', 'middleName', 'lastName', 'companyName', 'departmentName'] as const;

/** What is known of a reader: the name and number that they order under, and what they have proven. */
export type ReaderProfile = {
  customerNumber: number | undefined;
  name: { readonly [Part in (typeof partsOfName)[number]]?: string | undefined };
  credentials: readonly { kind: 'email' | 'mobile'; credential: string }[];
};

/** Answers nothing for an account that is not there any more. */
export type FindReaderProfile = (
  publisherId: number,
  accountId: number,
) => Promise<ReaderProfile | undefined>;

/**
 * Who pays for what a reader orders. A payer without any part of a name has the reader's, and one that cannot
 * be reached has what the reader has proven: each whole or not at all, so that nobody is a half of two.
 */
export function payerOfReader(profile: ReaderProfile, given: Party = {}): Party {
  const customerNumber = given.customerNumber ?? profile.customerNumber;
  return {
    ...given,
    ...(hasPartOfName(given) ? {} : nameOf(profile)),
    ...(isReached(given) ? {} : contactsOf(profile)),
    ...(customerNumber !== undefined && { customerNumber }),
  };
}

function hasPartOfName(given: Party): boolean {
  return partsOfName.some((part) => !isBlank(given[part] ?? ''));
}

function nameOf({ name }: ReaderProfile): Party {
  const known: Party = {};
  for (const part of partsOfName) {
    const text = name[part];
    if (text !== undefined) known[part] = text;
  }
  return known;
}

function contactsOf({ credentials }: ReaderProfile): Party {
  const ofKind = (kind: 'email' | 'mobile') =>
    credentials.filter((one) => one.kind === kind).map(({ credential }) => credential);
  return { emails: ofKind('email'), phoneNumbers: ofKind('mobile') };
}
