import { type Static, Type } from 'typebox';
import type { DatabaseClock } from '../../database/clock.ts';
import type { Database } from '../../database/transaction.ts';
import { cleanCode } from '../../kit/clean-text.ts';
import { epochMilliseconds } from '../../kit/epoch-milliseconds.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { toMajor } from '../../kit/money.ts';
import { fieldProblem } from '../../kit/problem.ts';
import type { User, UserCall } from '../../publishers/publisher.ts';
import { type BilledLine, deliveryStatusOf, invoiceStatusOf } from '../billed-line.ts';
import { findBilledLines } from '../find-billed-lines.ts';
import { findOrder, listOrders, type OrderRow } from '../find-order.ts';
import { statusFields, statusOf } from '../order-status.ts';
import { currencyOf } from '../show-order.ts';
import { cutPage, nextCursor, pageFields, readPage } from './own-order-page.ts';

type Context = { database: Database; clock: DatabaseClock };

const Body = narrowing({
  orderId: Type.Optional(Type.Integer({ minimum: 1 })),
  externalOrderId: Type.Optional(
    Type.String({ minLength: 1, maxLength: 40, description: 'several orders may share one' }),
  ),
  ...pageFields,
});
type Body = Static<typeof Body>;

const nullable = (type: string, description: string) =>
  Type.Unsafe<string | number | null>({ type: [type, 'null'], description });

const Line = Type.Object({
  productId: nullable('string', 'a product code, or the reference of an article'),
  description: Type.String(),
  invoiceNumber: nullable('integer', 'null until there is a bill with a number'),
  invoiceTime: nullable('integer', 'epoch milliseconds'),
  invoiceLineAmount: nullable('number', 'major units, VAT included'),
  invoiceStatus: Type.String({ description: 'notInvoiced, invoiced or credited' }),
  deliveryStatus: Type.String({
    description:
      'waiting; delivered once the order is completed and access to the line has begun; cancelled. What ' +
      'goes by post is not followed',
  }),
});

export const searchOwnOrders = endpoint({
  operationId: 'searchOwnOrders',
  summary: "Search a reader's orders, with their token",
  description:
    "The reader's own orders with the `orderId`, or with the `externalOrderId`, of which exactly one is " +
    'given, newest first, with their lines. Without such an order the list is empty.',
  body: Body,
  reply: Type.Object({
    orders: Type.Array(Type.Object({ ...statusFields, orderLines: Type.Array(Line) })),
    nextCursor,
  }),
  examples: { body: { externalOrderId: 'A-1001' } },
  async handle(context: Context, call: UserCall<Body>) {
    const { caller, body } = call;
    const { page, nextCursor: next } = cutPage(await search(context, caller, body), body);
    const orderIds = page.map((order) => order.order_id);
    const lines = await findBilledLines(context.database, caller.publisher.publisherId, orderIds);
    const now = context.clock.now();
    const orders = page.map((order) => ({
      ...statusOf(order),
      orderLines: lines
        .filter((line) => line.order_id === order.order_id)
        .map((line) => showLine(line, order, now)),
    }));
    return { body: { orders, nextCursor: next } };
  },
});

async function search({ database }: Context, caller: User, body: Body): Promise<OrderRow[]> {
  const { publisherId } = caller.publisher;
  const { accountId, uniqueUserId } = caller.user;
  const { orderId, externalOrderId } = body;
  if ((orderId === undefined) === (externalOrderId === undefined))
    throw refusal('orderId', 'exactly one of orderId and externalOrderId is required');
  if (externalOrderId !== undefined) {
    const wanted = { publisherId, accountId, externalOrderId: cleanCode(externalOrderId) };
    return listOrders(database, { ...wanted, ...readPage(body) });
  }
  if (body.cursor !== undefined) throw refusal('cursor', 'cursor belongs to a search by externalOrderId');
  const order = await findOrder(database, publisherId, orderId ?? 0);
  return order?.unique_user_id === uniqueUserId ? [order] : [];
}

const refusal = (field: string, message: string) => fieldProblem('input_is_invalid', field, message);

function showLine(line: BilledLine, order: OrderRow, now: Date): Static<typeof Line> {
  const isBilled = line.invoice_number !== null;
  return {
    productId: line.product_code ?? line.article_ref,
    description: line.description,
    invoiceNumber: line.invoice_number,
    invoiceTime: line.issued_at && epochMilliseconds(line.issued_at),
    invoiceLineAmount: isBilled ? toMajor(line.amount_minor, currencyOf(order)) : null,
    invoiceStatus: invoiceStatusOf(line),
    deliveryStatus: deliveryStatusOf(line, order, now),
  };
}
