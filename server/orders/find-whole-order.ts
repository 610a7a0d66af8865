import type { Queryable } from '../database/statement.ts';
import { findCheckouts } from './find-checkouts.ts';
import { findEarlyStart } from './find-early-start.ts';
import { findOrder } from './find-order.ts';
import { findAsked, findGrantsOfOrder, findLines, findMoney, findParties } from './find-order-details.ts';
import { findTimeline } from './find-timeline.ts';
import * as show from './show-order.ts';

/** Everything about an order, as `WholeOrder` describes it; nothing where the publisher has no such order. */
export async function findWholeOrder(database: Queryable, publisherId: number, orderId: number) {
  const order = await findOrder(database, publisherId, orderId);
  if (!order) return undefined;
  const currency = show.currencyOf(order);
  const [lines, parties, grants, money, asked, earlyStart, checkouts, timeline] = await Promise.all([
    findLines(database, publisherId, orderId),
    findParties(database, publisherId, orderId),
    findGrantsOfOrder(database, publisherId, orderId),
    findMoney(database, publisherId, orderId),
    findAsked(database, publisherId, orderId),
    findEarlyStart(database, publisherId, orderId),
    findCheckouts(database, publisherId, orderId),
    findTimeline(database, publisherId, orderId),
  ]);
  const receiverOf = (line: number) => parties.find((party) => party.line_number === line)?.party;
  const told = show.orderInWords(order, lines);
  return {
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
  };
}
