import type { PaymentOrder } from './payment-order.ts';
import { type Problem, problem } from './problem.ts';

/** Swedbank Pay's test cards with 3-D Secure; source: developer.swedbankpay.com, test data (Apache-2.0). */
export const testCards = {
  visa: { name: 'Visa', number: '4761739001010416' },
  mastercard: { name: 'Mastercard', number: '5226612199533406' },
} as const;
export type CardName = keyof typeof testCards;

/** Amounts in minor units at which a card is refused, by the same source. */
const cardAmounts: ReadonlyMap<number, { type: string; status: number; what: string }> = new Map([
  [900313, card('acquirerinvalidamount', 403, 'invalid amount')],
  [900330, card('badrequest', 400, 'format error')],
  [900334, card('acquirerpossiblefraud', 403, 'possible fraud')],
  [900343, card('acquirercardstolen', 403, 'card stolen')],
  [900354, card('acquirercardexpired', 403, 'card expired')],
  [900351, card('acquirererror', 403, 'unknown error')],
  [900359, card('acquirerpossiblefraud', 403, 'possible fraud')],
  [900361, card('acquirerinsufficientfunds', 403, 'insufficient funds')],
  [900362, card('acquirererror', 403, 'unknown error')],
  [900391, card('acquirergatewayerror', 502, 'acquirer offline')],
  [952400, card('carddeclined', 403, 'declined, do not retry')],
  [952507, card('carddeclined', 403, 'declined, needs modification')],
]);

const limitedAmount = 952100;
const triesBeforeLimit = 9;

/** What the description of a Swish payment may hold, by the same source. */
const swishTriggers: ReadonlyMap<string, { type: string; status: number; what: string }> = new Map([
  ['RF07', { type: 'swishdeclined', status: 403, what: 'declined' }],
  ['TM01', { type: 'swishtimeout', status: 403, what: 'timed out before start' }],
  ['BANKIDCL', { type: 'bankidcancelled', status: 409, what: 'payer cancelled BankID' }],
]);

export const cardDeclined = problem('creditcard/carddeclined', 403, 'The card was declined');
export const threeDSecureCancelled = problem(
  'creditcard/3dsecureusercancelled',
  403,
  'Cancelled during 3-D Secure verification',
);
export const swishCancelled = problem(
  'usercancelled',
  403,
  'The payer cancelled the payment in the Swish app',
);
export const swishTimedOut = problem('swishtimeout', 403, 'Swish timed out before the payment was started');

/** Why a try to pay comes to nothing although the buyer agrees; nothing where it succeeds. */
export function fateOf(order: PaymentOrder): Problem | undefined {
  return order.instrument === 'CreditCard' ? cardFate(order) : swishFate(order);
}

function cardFate(order: PaymentOrder): Problem | undefined {
  if (order.amount === limitedAmount) {
    const isOver = order.failedAttempts.length >= triesBeforeLimit;
    return isOver ? problem('creditcard/velocitycheck', 429, 'Limit of the day reached') : cardDeclined;
  }
  const fate = cardAmounts.get(order.amount);
  return fate && problem(fate.type, fate.status, fate.what);
}

function swishFate(order: PaymentOrder): Problem | undefined {
  const found = [...swishTriggers].find(([word]) => order.description.includes(word))?.[1];
  return found && problem(found.type, found.status, found.what);
}

function card(name: string, status: number, what: string) {
  return { type: `creditcard/${name}`, status, what };
}
