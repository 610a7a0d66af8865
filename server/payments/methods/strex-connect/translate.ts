import type { BuyerReason } from '../../buyer-step.ts';
import type { Evidence } from '../../port/provider-answer.ts';

/** A transaction in Strex' words; `billed` is null while Strex does not know. */
export type TransactionStatus = {
  statusCode: string;
  detailedStatusCode: string | undefined;
  billed: boolean | undefined;
};

type Meaning = Pick<Evidence, 'meaning' | 'reason' | 'isUnresolvable'>;

const refusals: Record<string, BuyerReason> = {
  Failed: 'declined',
  Undelivered: 'declined',
  Rejected: 'declined',
  InvalidCredentials: 'declined',
  MissingPreAuth: 'declined',
  InvalidAmount: 'declined',
  InsufficientFunds: 'insufficient funds',
  SubscriberLimitExceeded: 'over the limit',
  SubscriberBarred: 'barred',
  UnknownSubscriber: 'not eligible',
  RegistrationRequired: 'not eligible',
  UnknownAge: 'not eligible',
  SubscriberTooYoung: 'not eligible',
  InvalidOTP: 'wrong code',
  OneTimePasswordFailed: 'wrong code',
  MaxPinRetry: 'too many tries',
  ConnectionOffline: 'try again later',
  SubscriberUnavailable: 'try again later',
  UserInTransaction: 'try again later',
  MnoError: 'try again later',
  CardPSPError: 'try again later',
};

/** Nobody knows yet, and it may still change. */
const maybeLater = 'MissingDeliveryReport';

/**
 * What a transaction's status says about the money. `Failed` with a word that does not say why, or that is
 * not documented, says nothing was billed only together with `billed: false`. Source: the user guide and
 * SDKs of Strex Connect at github Target365.
 */
export function meaningOf(transaction: TransactionStatus): Meaning {
  const { statusCode, billed } = transaction;
  if (billed === true || statusCode === 'Reversed') return { meaning: 'secured' };
  switch (statusCode) {
    case 'Ok':
      return billed === false ? { meaning: 'unknown' } : { meaning: 'secured' };
    case 'Queued':
    case 'Sent':
      return { meaning: transaction.detailedStatusCode === maybeLater ? 'unknown' : 'pending' };
    case 'Failed':
      return meaningOfFailure(transaction.detailedStatusCode ?? '', billed === false);
    default:
      return { meaning: 'unknown' };
  }
}

function meaningOfFailure(word: string, surelyNotBilled: boolean): Meaning {
  if (word === 'Expired' || word === 'OneTimePasswordExpired') {
    return { meaning: 'expired', reason: 'timed out' };
  }
  if (word === 'Stopped') return { meaning: 'aborted', reason: 'cancelled' };
  const reason = Object.hasOwn(refusals, word) ? refusals[word] : undefined;
  if (reason) return { meaning: 'declined', reason };
  if (surelyNotBilled) return { meaning: 'declined', reason: 'declined' };
  return word === maybeLater ? { meaning: 'unknown' } : { meaning: 'unknown', isUnresolvable: true };
}

/** Strex' own words for staff; what is not a plain word may carry anything, and is left out. */
export function codeOf({ statusCode, detailedStatusCode = '' }: TransactionStatus): string {
  return [statusCode, detailedStatusCode].filter((word) => /^\w{1,40}$/.test(word)).join('/') || 'no status';
}
