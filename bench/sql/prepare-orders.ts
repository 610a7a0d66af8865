import type { Context } from '@leveret/server/context.js';
import type { Registration } from '@leveret/server/orders/new-order.js';
import type { OrderBody } from '@leveret/server/orders/order-body.js';
import { readNewOrder } from '@leveret/server/orders/read-new-order.js';
import { contentHash } from '@leveret/server/orders/register-order.js';
import { demoClientId } from '@leveret/server/publishers/demo-client.js';
import { orderBody } from '../load/people.ts';

/** Reads orders as the endpoint does, ahead of the measuring: from here on only the database is left. */
export async function prepareOrders(
  context: Context,
  count: number,
  firstPerson: number,
): Promise<Registration[]> {
  const client = await context.publishers.findClient(demoClientId);
  if (!client) throw new Error('the demo client is not there');
  const catalogue = await context.catalogue.of(client.publisher.publisherId);
  const { credentialHash, paymentResults: paymentResultKey } = context.secrets;
  const accounts = context.methods;
  const orders = Array.from({ length: count }, async (_, index) => {
    const body = orderBody(firstPerson + index);
    const now = context.clock.now();
    const reader = { client, catalogue, credentialHash, paymentResultKey, accounts, now, warnings: [] };
    // The load's own body, which the node reads by the schema without a change.
    const order = await readNewOrder(reader, body as OrderBody);
    const { by } = client;
    const contentSha256 = contentHash(JSON.stringify(body));
    return { order, by, operation: 'registerOrder', idempotencyKey: undefined, contentSha256 };
  });
  return Promise.all(orders);
}
