import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { findOrder } from '../find-order.ts';
import { findAsked, findGrantsOfOrder, findLines, findMoney, findParties } from '../find-order-details.ts';
import { findTimeline } from '../find-timeline.ts';
import { WholeOrder } from '../order-reply.ts';
import * as show from '../show-order.ts';

export const OrderParams = narrowing({ orderId: Type.Integer({ minimum: 1 }) });

export const showOrder = endpoint({
  operationId: 'showOrder',
  summary: 'Show everything about an order, with its timeline',
  params: OrderParams,
  reply: WholeOrder,
  async handle(context: { database: Database }, call: ClientCall<undefined, { orderId: number }>) {
    const { publisherId } = call.caller.publisher;
    const { orderId } = call.params;
    const order = await findOrder(context.database, publisherId, orderId);
    if (!order) throw new Problem('not_found');
    const currency = show.currencyOf(order);
    const [lines, parties, grants, money, asked, timeline] = await Promise.all([
      findLines(context.database, publisherId, orderId),
      findParties(context.database, publisherId, orderId),
      findGrantsOfOrder(context.database, publisherId, orderId),
      findMoney(context.database, publisherId, orderId),
      findAsked(context.database, publisherId, orderId),
      findTimeline(context.database, publisherId, orderId),
    ]);
    const receiverOf = (line: number) => parties.find((party) => party.line_number === line)?.party;
    return {
      body: {
        ...order.attributes,
        ...show.orderSummary(order),
        payer: receiverOf(0) ?? null,
        orderLines: lines.map((line) => ({
          ...line.attributes,
          ...show.showLine(line, currency),
          receiver: receiverOf(line.line_number) ?? null,
        })),
        prepayment: show.showPrepayment(asked),
        completion: show.showCompletion(asked),
        payment: show.showPayment(money, currency),
        invoice: show.showInvoice(money, currency),
        access: grants.map(show.showGrant),
        timeline: timeline.map(show.showTimelineEntry),
      },
    };
  },
});
