import { type Static, Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { UserCall } from '../../publishers/publisher.ts';
import { listOrders } from '../find-order.ts';
import { statusFields, statusOf } from '../order-status.ts';
import { cutPage, nextCursor, pageFields, readPage } from './own-order-page.ts';

const Query = narrowing(pageFields);

export const listOwnOrders = endpoint({
  operationId: 'listOwnOrders',
  summary: "List a reader's orders, with their token",
  description:
    "The orders that are tied to the reader's account, newest first: registered with their token, assigned " +
    'to them, or reached by a login link.',
  query: Query,
  reply: Type.Object({ orders: Type.Array(Type.Object(statusFields)), nextCursor }),
  async handle(context: { database: Database }, call: UserCall<undefined, undefined, Static<typeof Query>>) {
    const { publisher, user } = call.caller;
    const rows = await listOrders(context.database, {
      publisherId: publisher.publisherId,
      accountId: user.accountId,
      ...readPage(call.query),
    });
    const { page, nextCursor: next } = cutPage(rows, call.query);
    return { body: { orders: page.map(statusOf), nextCursor: next } };
  },
});
