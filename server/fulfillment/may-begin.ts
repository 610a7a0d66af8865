import { type BrowserPayment, isHeldByOthers } from '../payments/charging/find-browser-payment.ts';
import type { Visitor } from './visit.ts';

/**
 * Whether a visit begins a payment. Programs may at the address that nobody can guess, as sites that fetch it
 * do; but what a guest has begun ends only for a person, who has pressed a button or gone to the page.
 */
export function mayBegin(
  {
    pressed,
    mayBegin: may,
    isPerson,
    guestId,
  }: Pick<Visitor, 'pressed' | 'mayBegin' | 'isPerson' | 'guestId'>,
  last: Pick<BrowserPayment, 'guestId' | 'state' | 'isLapsed'> | undefined,
): boolean {
  if (pressed.kind !== 'nothing') return true;
  const endsGuests = last?.guestId !== undefined && isHeldByOthers(last, guestId);
  return may && (isPerson || !endsGuests);
}
