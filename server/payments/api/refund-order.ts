import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { type Answer, endpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import { findOrder } from '../../orders/find-order.ts';
import type { ClientCall } from '../../publishers/publisher.ts';

const Params = Type.Object({ orderId: Type.Integer({ minimum: 1 }) });

export const refundOrder = endpoint({
  operationId: 'refundOrder',
  summary: 'Refund a completed order',
  description:
    'No payment method that is built can refund by itself, so a known order answers refund_by_hand.',
  params: Params,
  reply: Type.Object({ orderId: Type.Integer() }),
  changes: true,
  async handle(
    context: { database: Database },
    call: ClientCall<undefined, Type.Static<typeof Params>>,
  ): Promise<Answer> {
    const order = await findOrder(context.database, call.caller.publisher.publisherId, call.params.orderId);
    if (!order) throw new Problem('not_found');
    if (order.state === 'stopped') throw new Problem('order_is_stopped');
    if (order.state !== 'completed') throw new Problem('order_is_not_completed');
    throw new Problem('refund_by_hand');
  },
});
