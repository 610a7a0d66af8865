/** How a transaction stands; words of the Strex Connect user guide. `billed` is null while nobody knows. */
export type Status = {
  statusCode: 'Queued' | 'Sent' | 'Failed' | 'Ok' | 'Reversed' | (string & {});
  detailedStatusCode: string;
  billed: boolean | null;
};

export const queued: Status = { statusCode: 'Queued', detailedStatusCode: 'None', billed: null };
export const sent: Status = { statusCode: 'Sent', detailedStatusCode: 'Sent', billed: null };
export const ok: Status = { statusCode: 'Ok', detailedStatusCode: 'Delivered', billed: true };
export const noReport: Status = { ...sent, detailedStatusCode: 'MissingDeliveryReport' };

export function failed(detailedStatusCode: string, billed: boolean | null = false): Status {
  return { statusCode: 'Failed', detailedStatusCode, billed };
}

/** Every word that a transaction may carry; source: the user guide at github Target365/REST. */
export const detailedStatusCodes = [
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
] as const;
