import { Type } from 'typebox';
import { runOnce } from '../../database/idempotency-keys.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { orderId } from '../../kit/ids.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { cancelOrder as cancel } from '../cancel-order.ts';
import { originalStatusOf } from '../order.ts';
import { OrderParams } from './show-order.ts';

export const cancelOrder = endpoint({
  operationId: 'cancelOrder',
  summary: 'Cancel an order that is not completed',
  description:
    'Answers 202 while a payment is open: its outcome decides, and money that comes anyway is given back.',
  params: OrderParams,
  reply: Type.Object({ orderId: Type.Integer(), orderStatus: Type.String(), state: Type.String() }),
  changes: true,
  async handle(context: { database: Database }, call: ClientCall<undefined, { orderId: number }>) {
    const id = orderId(call.params.orderId);
    const once = {
      clientId: call.caller.clientId,
      operation: `cancelOrder ${id}`,
      key: call.idempotencyKey,
      bodyText: call.bodyText,
    };
    return context.database.transaction('cancel-order', (transaction) =>
      runOnce(transaction, once, async () => {
        const outcome = await cancel(transaction, call.caller, id);
        const body = { orderId: id, orderStatus: originalStatusOf(outcome.state), state: outcome.state };
        return { status: outcome.isEnded ? 200 : 202, body };
      }),
    );
  },
});
