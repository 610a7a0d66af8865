import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { findCheckouts } from '../find-checkouts.ts';
import { findEarlyStart } from '../find-early-start.ts';
import { findOrder } from '../find-order.ts';
import { findAsked, findGrantsOfOrder, findLines, findMoney, findParties } from '../find-order-details.ts';
import { findTimeline } from '../find-timeline.ts';
import { WholeOrder } from '../order-reply.ts';
import * as show from '../show-order.ts';

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
    const { orderId } = call.params;
    const order = await findOrder(context.database, publisherId, orderId);
    if (!order) throw new Problem('not_found');
    const currency = show.currencyOf(order);
    const [lines, parties, grants, money, asked, earlyStart, checkouts, timeline] = await Promise.all([
      findLines(context.database, publisherId, orderId),
      findParties(context.database, publisherId, orderId),
      findGrantsOfOrder(context.database, publisherId, orderId),
      findMoney(context.database, publisherId, orderId),
      findAsked(context.database, publisherId, orderId),
      findEarlyStart(context.database, publisherId, orderId),
      findCheckouts(context.database, publisherId, orderId),
      findTimeline(context.database, publisherId, orderId),
    ]);
    const receiverOf = (line: number) => parties.find((party) => party.line_number === line)?.party;
    const told = show.orderInWords(order, lines);
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
        earlyStart,
        checkouts: checkouts.map((checkout) => show.showCheckout(checkout, currency)),
        payment: show.showPayment(money, currency),
        invoice: show.showInvoice(money, currency),
        access: grants.map(show.showGrant),
        timeline: timeline.map((entry) => show.showTimelineEntry(entry, told)),
      },
    };
  },
});
