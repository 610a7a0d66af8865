import { eventNames } from '../callbacks/event-names.ts';
import type { CaseOutcome } from '../cases/case.ts';
import type { WithheldReason } from '../messages/message.ts';
import type { OperationKind } from '../payments/payment.ts';
import type { SubscriptionEnd } from '../subscriptions/subscription.ts';
import type { CheckReason, WithdrawalState } from '../withdrawals/withdrawal.ts';
import type { StoppedReason } from './order.ts';

/** What codes are called in the sentences of a timeline; the code itself stays in its field. */
function wordsOf<Code extends string>(words: Record<Code, string>): ReadonlyMap<string, string> {
  return new Map(Object.entries<string>(words));
}

export const stopWords = wordsOf<StoppedReason>({
  expired: 'it was not completed in time',
  cancelled: 'it was cancelled',
  payment_failed: 'it was not paid',
});

const withheldWords: Record<WithheldReason, string> = {
  sms_country_not_allowed: 'SMS to that country are not allowed',
  sms_per_day_reached: 'the publisher has sent all SMS that a day may have',
  sms_share_reached: 'strangers have had all SMS sent that may go to such numbers',
  messages_per_recipient_reached: 'the reader has been written to often enough',
  messages_per_order_reached: 'enough messages were sent for this order',
};

/** Our own words for what went wrong. Providers' codes have none: they are theirs, and change. */
export const reasonWords = wordsOf({
  ...withheldWords,
  aborted: 'the buyer broke it off',
  cancelled: 'it was cancelled',
  declined: 'it was declined',
  expired: 'its time ran out',
  'given back': 'the money was given back',
  'given up': 'it could not be carried out',
  'not configured': 'the payment method is not set up',
  no_email_known: 'no e-mail address of the buyer is known',
  'not eligible': 'the buyer cannot pay this way',
  'timed out': 'its time ran out',
  'tries used up': 'all tries failed',
});

export const operationWords = wordsOf<OperationKind | 'authorize' | 'charge'>({
  authorize: 'reservation',
  charge: 'payment',
  capture: 'capture',
  cancel: 'release',
  refund: 'refund',
});

export const caseOutcomeWords = wordsOf<CaseOutcome | 'by_provider'>({
  paid: 'it was paid',
  not_paid: 'it was not paid',
  given_back: 'the money was given back',
  again: 'it is tried again',
  accepted: 'the withdrawal takes effect',
  refused: 'the withdrawal takes no effect',
  dismissed: 'nothing was left to do',
  by_provider: 'the provider settled it',
});

export const endWords = wordsOf<SubscriptionEnd>({
  end_now: 'access ends at once',
  end_at_period_end: 'access lasts until its period ends',
});

export const withdrawalWords = wordsOf<WithdrawalState>({
  to_check: 'a person is to decide',
  accepted: 'it takes effect',
  refused: 'it takes no effect',
  repeated: 'all that it names was withdrawn before',
});

export const checkWords = wordsOf<CheckReason>({
  'not proven': 'nobody has proven that the buyer made it',
  'order unknown': 'no order is known by what it says',
  'not completed': 'it is about a part of an order that is not completed',
  'too late': 'it came after the days',
  'not offered': 'the publisher honours no right of withdrawal',
  'buyer outside the EEA': 'the buyer is outside the European Economic Area',
  'bought for a business': 'a business has bought it',
  'single issue': 'a single issue has no right of withdrawal',
  'digital content begun': 'it began at once, as the buyer asked',
});

export const messageWords = wordsOf({
  'login-link': 'a login link',
  'login-code': 'a login code',
  receipt: 'the receipt',
  'withdrawal-receipt': 'the receipt of a withdrawal',
});

/** What evidence says about a payment or an operation on it, by its meaning. */
export const evidenceWords: ReadonlyMap<string, (about: string) => string> = new Map([
  ['pending', (about) => `${about} is under way`],
  ['unknown', (about) => `nothing certain about ${about}`],
  ['secured', (about) => `${about} is secured`],
  ['declined', (about) => `${about} was declined`],
  ['aborted', (about) => `${about} was broken off`],
  ['expired', (about) => `${about} ran out of time`],
  ['refunded', (about) => `${about} was given back`],
  ['not_sent', (about) => `${about} was not taken up`],
  ['succeeded', (about) => `${about} succeeded`],
  ['failed', (about) => `${about} failed`],
]);

const insideNames = new Map<string, string>(
  Object.entries(eventNames).flatMap(([inside, event]) =>
    typeof event === 'object' ? [[event.name, inside]] : [],
  ),
);

/** An event's words by its name outside. */
export function eventWords(name: unknown): string {
  return insideNames.get(String(name)) ?? String(name);
}
