import { networkOf } from './network-of.ts';
import type { RateLimiter } from './rate-limit.ts';

/** Who comes back from a provider, and what is asked about there. */
export type WayBack = {
  /** The payment, by a name that no other has. */
  payment: string;
  /** How many questions about it a minute; its waiting page asks too where it stands at the same address. */
  perMinute: number;
  address: string;
  /** False for a client whose calls are not limited: its buyers are not limited either. */
  isLimited: boolean;
};

const questionsOfAddress = { perSecond: 20, perMinute: 300 };

/** After how long a page that was turned away asks again. */
export const tooManySeconds = 10;

/** Whether the provider may be asked now: each visit on the way back makes us ask it. */
export function mayAskProvider(rateLimiter: Pick<RateLimiter, 'take'>, way: WayBack): boolean {
  const { payment, perMinute, address, isLimited } = way;
  if (!rateLimiter.take(`back from ${payment}`, { perSecond: 3, perMinute }).allowed) return false;
  return !isLimited || rateLimiter.take(`back to ${networkOf(address)}`, questionsOfAddress).allowed;
}
