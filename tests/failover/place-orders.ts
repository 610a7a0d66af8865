import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { freeOrder } from '../builders/orders.ts';
import { letPass } from '../builders/until.ts';

export type Placed = { orderId: number; at: number };

export type Load = {
  /** Orders whose completion was acknowledged, and when. */
  acknowledged: Placed[];
  /** How often each status was answered; 0 for no answer. */
  statuses: Map<number, number>;
  stop(): Promise<void>;
};

const clientsOfNode = 4;
const pauseMilliseconds = 20;

/** Registers and completes orders at every node, as sites that come back a moment later where one fails. */
export async function placeOrders(urls: readonly string[], callbackUrl: string): Promise<Load> {
  const clients = await Promise.all(urls.map((url) => connectDemoClient(url)));
  const acknowledged: Placed[] = [];
  const statuses = new Map<number, number>();
  const closed = new AbortController();
  const post = async (client: DemoClient, path: string, body: object) => {
    const reply = await client.post(path, body).catch(() => undefined);
    const status = reply?.status ?? 0;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    return status === 200 ? reply?.body : undefined;
  };
  const keepBuying = async (client: DemoClient) => {
    while (!closed.signal.aborted) {
      const order = await post(client, '/capi/v1/client/order', freeOrder());
      const orderId = order?.['orderId'];
      if (typeof orderId === 'number') {
        const options = { orderId, callbackUrl: `${callbackUrl}?order=${orderId}` };
        const completed = await post(client, '/capi/v1/client/order/fulfillment', options);
        if (completed?.['fulfillmentStatus'] === 'OK') acknowledged.push({ orderId, at: Date.now() });
      }
      await letPass(pauseMilliseconds);
    }
  };
  const buying = clients.flatMap((client) => Array.from({ length: clientsOfNode }, () => keepBuying(client)));
  return {
    acknowledged,
    statuses,
    async stop() {
      closed.abort();
      await Promise.all(buying);
    },
  };
}
