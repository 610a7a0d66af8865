import type { BuyerReason } from '../../buyer-step.ts';
import type { Evidence } from '../../port/provider-answer.ts';

/** A transaction in Strex' words; `billed` is nothing where Strex does not tell, or does not know. */
export type TransactionStatus = {
  statusCode: string;
  detailedStatusCode: string | undefined;
  billed: boolean | undefined;
};

type Meaning = Pick<Evidence, 'meaning' | 'reason' | 'isUnresolvable'>;

/**
 * What a failure's word says, in lower case, as guide and SDKs write some words in different cases. Each of
 * these says that nothing was billed.
 */
const failures: Readonly<Record<string, Meaning>> = {
  expired: { meaning: 'expired', reason: 'timed out' },
  onetimepasswordexpired: { meaning: 'expired', reason: 'timed out' },
  // The recipient did not register or confirm within the deadline.
  timeouterror: { meaning: 'expired', reason: 'not answered' },
  pending: { meaning: 'expired', reason: 'not answered' },
  failed: declined('declined'),
  undelivered: declined('declined'),
  rejected: declined('declined'),
  invalidcredentials: declined('declined'),
  missingpreauth: declined('declined'),
  invalidamount: declined('declined'),
  duplicatetransaction: declined('declined'),
  othererror: declined('declined'),
  insufficientfunds: declined('insufficient funds'),
  subscriberlimitexceeded: declined('over the limit'),
  subscriberbarred: declined('barred'),
  unknownsubscriber: declined('not eligible'),
  registrationrequired: declined('not eligible'),
  unknownage: declined('not eligible'),
  subscribertooyoung: declined('not eligible'),
  invalidotp: declined('wrong code'),
  onetimepasswordfailed: declined('wrong code'),
  maxpinretry: declined('too many tries'),
  connectionoffline: declined('try again later'),
  subscriberunavailable: declined('try again later'),
  userintransaction: declined('try again later'),
  mnoerror: declined('try again later'),
  cardpsperror: declined('try again later'),
  // More than 100 identical messages in an hour, which Strex takes for a loop.
  stopped: declined('try again later'),
};

function declined(reason: BuyerReason): Meaning {
  return { meaning: 'declined', reason };
}

/** Nobody knows yet, and it may still change. */
const maybeLater = 'missingdeliveryreport';

/**
 * What a transaction's status says about the money, compared without case. `Failed` with a word that does not
 * say why, or that is not documented, says that nothing was billed only together with `billed: false`.
 * Source: user guide of 2026-06 and the SDK's words (github Target365/REST and Target365/sdk-for-net).
 */
export function meaningOf(transaction: TransactionStatus): Meaning {
  const { billed } = transaction;
  const statusCode = transaction.statusCode.toLowerCase();
  const word = (transaction.detailedStatusCode ?? '').toLowerCase();
  if (billed === true || statusCode === 'reversed') return { meaning: 'secured' };
  switch (statusCode) {
    case 'ok':
      return billed === false ? { meaning: 'unknown' } : { meaning: 'secured' };
    case 'queued':
    case 'sent':
      return { meaning: word === maybeLater ? 'unknown' : 'pending' };
    case 'failed':
      return meaningOfFailure(word, billed === false);
    default:
      return { meaning: 'unknown' };
  }
}

function meaningOfFailure(word: string, surelyNotBilled: boolean): Meaning {
  const known = Object.hasOwn(failures, word) ? failures[word] : undefined;
  if (known) return known;
  if (surelyNotBilled) return declined('declined');
  return word === maybeLater ? { meaning: 'unknown' } : { meaning: 'unknown', isUnresolvable: true };
}

/** Strex' own words for staff; what is not a plain word may carry anything, and is left out. */
export function codeOf({ statusCode, detailedStatusCode = '' }: TransactionStatus): string {
  return [statusCode, detailedStatusCode].filter((word) => /^\w{1,40}$/.test(word)).join('/') || 'no status';
}
