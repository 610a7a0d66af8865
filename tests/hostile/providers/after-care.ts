import type { Random } from '../../builders/random.ts';
import type { StubbornClient } from '../../builders/stubborn-client.ts';
import type { Purchase } from '../../buyers/buy.ts';

/** What a publisher's staff does with orders afterwards: cancels some, and gives money back for some. */
export type AfterCare = {
  cancel(purchase: Purchase): Promise<void>;
  refund(purchase: Purchase): Promise<void>;
};

const partMajor = 50;

export function startAfterCare(client: StubbornClient, random: Random): AfterCare {
  return {
    async cancel(purchase) {
      if (purchase.orderId === undefined) return;
      const path = `/capi/v1/client/order/${purchase.orderId}/cancel`;
      const { status } = await client.post(path, undefined, `cancel-${purchase.nth}`);
      purchase.isCancelled = status === 200 || status === 202;
    },
    /** Refused where the order is not completed, or nothing is left. */
    async refund(purchase) {
      if (purchase.orderId === undefined) return;
      const path = `/capi/v1/client/order/${purchase.orderId}/refund`;
      const asked = random.next() < 0.5 ? {} : { amount: partMajor };
      const { status, body } = await client.post(path, asked, `refund-${purchase.nth}-${random.next()}`);
      if (status !== 202 || !Array.isArray(body['operations'])) return;
      const returned = body['operations'].reduce<number>((sum, one) => sum + amountMinorOf(one), 0);
      purchase.returnedMinor = (purchase.returnedMinor ?? 0) + returned;
    },
  };
}

function amountMinorOf(operation: unknown): number {
  const isAmount = typeof operation === 'object' && operation !== null && 'amount' in operation;
  return isAmount ? Math.round(Number(operation.amount) * 100) : 0;
}
