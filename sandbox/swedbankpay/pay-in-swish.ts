import { swishTimedOut } from './magic-values.ts';
import type { PaymentOrder } from './payment-order.ts';
import type { SwedbankPay, SwishWait } from './swedbank-pay.ts';
import { failTry } from './try-to-pay.ts';

/** How long Swish waits for the buyer. */
const patienceMilliseconds = 3 * 60 * 1000;

/** Sends the buyer to the Swish app, where the payment waits; until then the merchant cannot abort. */
export function openSwish(swedbank: SwedbankPay, order: PaymentOrder, mobile: string): void {
  const since = swedbank.world.clock.timestamp();
  swedbank.save({ ...order, inSwish: { mobile, since } });
  const until = swedbank.world.clock.now() + patienceMilliseconds;
  swedbank.promiseSwishTimeout(until, { guid: order.guid, since });
}

/** Nobody answered in the app: the try has failed, and the order is still open. */
export async function timeOutInSwish(swedbank: SwedbankPay, wait: SwishWait): Promise<void> {
  const order = swedbank.order(wait.guid);
  if (order?.inSwish?.since !== wait.since) return;
  await failTry(swedbank, order, swishTimedOut);
}
