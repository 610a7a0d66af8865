import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import type { UserCall } from '../../publishers/publisher.ts';
import { findOrder } from '../find-order.ts';
import { statusFields, statusOf } from '../order-status.ts';
import { OrderParams } from './show-order.ts';

export const showOwnOrderStatus = endpoint({
  operationId: 'showOwnOrderStatus',
  summary: "The state of one of a reader's orders, with their token",
  description: "One of the reader's own orders; another's is not found. The original has no such path.",
  params: OrderParams,
  reply: Type.Object({ orders: Type.Array(Type.Object(statusFields)) }),
  examples: { params: { orderId: 100_000 } },
  async handle(context: { database: Database }, call: UserCall<undefined, { orderId: number }>) {
    const { publisher, user } = call.caller;
    const order = await findOrder(context.database, publisher.publisherId, call.params.orderId);
    if (order?.unique_user_id !== user.uniqueUserId) throw new Problem('not_found');
    return { body: { orders: [statusOf(order)] } };
  },
});
