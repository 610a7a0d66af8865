import type { Confirmation } from '../browser-payment.ts';
import type { BrowserPayment } from './find-browser-payment.ts';

/**
 * Whether what the buyer agrees to now is what the session was begun with; else the provider would hold
 * another word. Who only comes again agrees to nothing new.
 */
export function confirmedAlike(
  { confirmed }: Pick<BrowserPayment, 'confirmed'>,
  confirmation: Pick<Confirmation, 'textSha256' | 'earlyStart'> | undefined,
): boolean {
  if (confirmation === undefined) return true;
  const { textSha256, earlyStart } = confirmation;
  return confirmed?.textSha256 === textSha256 && confirmed.earlyStart === earlyStart;
}
