import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { findWholeOrder } from '../find-whole-order.ts';
import { WholeOrder } from '../order-reply.ts';

export const OrderParams = narrowing({ orderId: Type.Integer({ minimum: 1 }) });

export const showOrder = endpoint({
  operationId: 'showOrder',
  summary: 'Show everything about an order, with its timeline',
  description:
    'Lines with their receivers, what was paid and given back, the invoice, access, and the timeline: what ' +
    'happened, oldest first, each entry behind what caused it and with a sentence in English',
  params: OrderParams,
  reply: WholeOrder,
  examples: { params: { orderId: 100_000 } },
  async handle(context: { database: Database }, call: ClientCall<undefined, { orderId: number }>) {
    const { publisherId } = call.caller.publisher;
    const order = await findWholeOrder(context.database, publisherId, call.params.orderId);
    if (!order) throw new Problem('not_found');
    return { body: order };
  },
});
