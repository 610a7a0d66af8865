import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { networkOf } from '../kit/network-of.ts';
import type { RateLimiter } from '../kit/rate-limit.ts';
import type { BrowserStart } from './browser-payment.ts';

/** Every start makes a session at a provider, which costs. Anybody may ask for those before an order. */
const pageStartsOfAddress = { perSecond: 5, perMinute: 30 };

/** Anybody may guess the number of an order. */
const guestsOfAddress = { perSecond: 10, perMinute: 60 };

/** Invited buyers of one publisher may share an address, as behind a phone company's. */
const buyersOfAddress = { perSecond: 20, perMinute: 300 };

const mostOfOrder = 20;
const countedMinutes = 60;

const countStarts = sql(
  'paymentAttempts.countStarts',
  `SELECT count(*)::integer AS starts FROM payment_attempts
   WHERE publisher_id = $1 AND order_id = $2 AND flow = 'browser' AND (guest_id IS NULL) = $3
     AND created_at > (SELECT leveret_now()) - $4 * interval '1 minute'`,
);

type Context = { rateLimiter: Pick<RateLimiter, 'take'> };

/** Whether one more payment that has no order yet may be begun from this address; counts it. */
export function mayStartOnPage({ rateLimiter }: Context, address: string | undefined): boolean {
  return rateLimiter.take(`page payments of ${networkOf(address ?? '')}`, pageStartsOfAddress).allowed;
}

/** Whether one more session may be made for the order, from the buyer's address; guests are counted apart. */
export async function mayStart(
  context: Context,
  transaction: Transaction,
  { order: { publisherId, orderId, isLimited }, guestId, buyer }: BrowserStart,
): Promise<boolean> {
  const isGuest = guestId !== undefined;
  const values = [publisherId, orderId, !isGuest, countedMinutes];
  const [row] = await transaction.query<{ starts: number }>(countStarts, values);
  if ((row?.starts ?? 0) >= mostOfOrder) return false;
  if (!isGuest && !isLimited) return true;
  const key = `${isGuest ? 'guests' : 'buyers'} at ${networkOf(buyer.address ?? '')}`;
  return context.rateLimiter.take(key, isGuest ? guestsOfAddress : buyersOfAddress).allowed;
}
