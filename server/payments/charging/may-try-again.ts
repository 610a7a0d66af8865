import type { PaymentFlow } from '../ledger/attempts-store.ts';

const mostTries = 10;

/** What decides whether a buyer whose try ended without money may try again. */
export type Tries = {
  flow: PaymentFlow;
  /** The buyer's window is open. */
  isInTime: boolean;
  isCancelAsked: boolean;
  /** Only guests, who may be strangers, have begun the payment: what they try uses nothing up. */
  isOfGuests: boolean;
  /** The tries of invited buyers that reached a provider. */
  tries: number;
};

/**
 * A buyer at a screen may try again, or choose another method, until the window ends or ten tries are used.
 * Where nobody is at a screen there is nobody to offer it to.
 */
export function mayTryAgain({ flow, isInTime, isCancelAsked, isOfGuests, tries }: Tries): boolean {
  return flow === 'browser' && isInTime && !isCancelAsked && (isOfGuests || tries < mostTries);
}
