import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { epochMilliseconds } from '../../kit/epoch-milliseconds.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { toMajor } from '../../kit/money.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { findOrder } from '../find-order.ts';
import { originalStatusOf } from '../order.ts';
import { currencyOf } from '../show-order.ts';
import { OrderParams } from './show-order.ts';

export const showOrderStatus = endpoint({
  operationId: 'showOrderStatus',
  summary: 'List order status - client mode',
  description:
    "The state of one order, as the original's clients read it. More is told by /order/{orderId}. A number " +
    'is never a word, so this path and those below /order/{orderId} are never taken for each other',
  params: OrderParams,
  reply: Type.Object({
    orders: Type.Array(
      Type.Object({
        orderId: Type.Integer(),
        externalOrderId: Type.Union([Type.String(), Type.Null()]),
        orderTime: Type.Integer({ description: 'epoch milliseconds' }),
        orderStatus: Type.String(),
        orderAmount: Type.Number(),
        customerNumber: Type.Integer(),
        state: Type.String(),
      }),
    ),
  }),
  examples: { params: { orderId: 100_000 } },
  async handle(context: { database: Database }, call: ClientCall<undefined, { orderId: number }>) {
    const order = await findOrder(context.database, call.caller.publisher.publisherId, call.params.orderId);
    if (!order) throw new Problem('not_found');
    const status = {
      orderId: order.order_id,
      externalOrderId: order.external_order_id,
      orderTime: epochMilliseconds(order.ordered_at),
      orderStatus: originalStatusOf(order.state),
      orderAmount: toMajor(order.amount_minor, currencyOf(order)),
      customerNumber: order.customer_number,
      state: order.state,
    };
    return { body: { orders: [status] } };
  },
});
