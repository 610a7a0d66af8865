/**
 * How a transaction stands; words of the Strex Connect user guide. `billed` is what became of the money, null
 * while nobody knows; a reader of the transaction is only told where `tellsBilled`.
 */
export type Status = {
  statusCode: 'Queued' | 'Sent' | 'Failed' | 'Ok' | 'Reversed' | (string & {});
  detailedStatusCode: string;
  billed: boolean | null;
  tellsBilled?: boolean;
};

export const queued: Status = { statusCode: 'Queued', detailedStatusCode: 'None', billed: null };
export const sent: Status = { statusCode: 'Sent', detailedStatusCode: 'Sent', billed: null };
export const ok: Status = { statusCode: 'Ok', detailedStatusCode: 'Delivered', billed: true };
export const noReport: Status = { ...sent, detailedStatusCode: 'MissingDeliveryReport' };

/**
 * Every word that a transaction may carry, in the order of the user guide at github Target365/REST; behind
 * them two that the SDKs spell otherwise, and one that only they have (github Target365/sdk-for-net).
 */
const words = [
  'None',
  'Delivered',
  'Expired',
  'Undelivered',
  'MissingDeliveryReport',
  'UnknownError',
  'Failed',
  'CardPSPError',
  'ConnectionOffline',
  'Sent',
  'Rejected',
  'UnknownSubscriber',
  'SubscriberUnavailable',
  'SubscriberBarred',
  'InsufficientFunds',
  'InvalidCredentials',
  'InvalidOTP',
  'MnoError',
  'RegistrationRequired',
  'UnknownAge',
  'DuplicateTransaction',
  'SubscriberLimitExceeded',
  'MaxPinRetry',
  'MissingPreAuth',
  'InvalidAmount',
  'OneTimePasswordExpired',
  'OneTimePasswordFailed',
  'Pending',
  'SubscriberTooYoung',
  'TimeoutError',
  'Stopped',
  'UserInTransaction',
  'OtherError',
  'InvalidOtp',
  'CardPspError',
  'TemporaryError',
] as const;

type Word = (typeof words)[number];

/** Of these the guide does not say that nothing was billed. */
const silent: readonly Word[] = [
  'None',
  'Delivered',
  'MissingDeliveryReport',
  'UnknownError',
  'Sent',
  'TemporaryError',
];

/** A failure with this word. */
export function failed(word: Word): Status {
  return { statusCode: 'Failed', detailedStatusCode: word, billed: silent.includes(word) ? null : false };
}

/** A failure with the word at this place of the list, from 0; nothing behind its end. */
export function nthFailure(place: number): Status | undefined {
  const word = words[place];
  return word && failed(word);
}
