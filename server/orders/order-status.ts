import { Type } from 'typebox';
import { epochMilliseconds } from '../kit/epoch-milliseconds.ts';
import { toMajor } from '../kit/money.ts';
import type { OrderRow } from './find-order.ts';
import { originalStatusOf } from './order.ts';
import { currencyOf } from './show-order.ts';

/** What the original tells of an order, with our state beside its status. */
export const statusFields = {
  orderId: Type.Integer(),
  externalOrderId: Type.Union([Type.String(), Type.Null()]),
  orderTime: Type.Integer({ description: 'epoch milliseconds' }),
  orderStatus: Type.String(),
  orderAmount: Type.Number(),
  customerNumber: Type.Integer(),
  state: Type.String(),
};

export function statusOf(order: OrderRow) {
  return {
    orderId: order.order_id,
    externalOrderId: order.external_order_id,
    orderTime: epochMilliseconds(order.ordered_at),
    orderStatus: originalStatusOf(order.state),
    orderAmount: toMajor(order.amount_minor, currencyOf(order)),
    customerNumber: order.customer_number,
    state: order.state,
  };
}
