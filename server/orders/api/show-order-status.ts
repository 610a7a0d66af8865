import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { findOrder } from '../find-order.ts';
import { statusFields, statusOf } from '../order-status.ts';
import { OrderParams } from './show-order.ts';

export const showOrderStatus = endpoint({
  operationId: 'showOrderStatus',
  summary: 'List order status - client mode',
  description:
    "The state of one order, as the original's clients read it. More is told by /order/{orderId}. A number " +
    'is never a word, so this path and those below /order/{orderId} are never taken for each other',
  params: OrderParams,
  reply: Type.Object({ orders: Type.Array(Type.Object(statusFields)) }),
  examples: { params: { orderId: 100_000 } },
  async handle(context: { database: Database }, call: ClientCall<undefined, { orderId: number }>) {
    const order = await findOrder(context.database, call.caller.publisher.publisherId, call.params.orderId);
    if (!order) throw new Problem('not_found');
    return { body: { orders: [statusOf(order)] } };
  },
});
