import type { Context } from '@leveret/server/context.js';
import { completeByApi } from '@leveret/server/fulfillment/complete-by-api.js';
import type { Registration } from '@leveret/server/orders/new-order.js';
import { registerOrders } from '@leveret/server/orders/register-order.js';

/** Registers and completes a batch by the same statements as the node, in two transactions. */
export async function runBatch(
  context: Context,
  registrations: readonly Registration[],
  callbackUrl: string | undefined,
): Promise<void> {
  const registered = await registerOrders(context.database, registrations);
  const options = {
    callbackUrl,
    credential: undefined,
    returnUrl: undefined,
    errorUrl: undefined,
    linkLifetimeSeconds: undefined,
  };
  const requests = registered.map((outcome, index) => {
    const client = registrations[index]?.order.client;
    if (outcome.kind !== 'registered' || !client) throw new Error(`an order was refused: ${outcome.kind}`);
    return { client, by: client.by, orderId: outcome.orderId, options };
  });
  const completed = await context.database.transaction('complete-by-api', (transaction) =>
    completeByApi(context, transaction, requests),
  );
  const other = completed.find((outcome) => outcome.kind !== 'accepted');
  if (other) throw new Error(`an order was not completed: ${other.kind}`);
}
