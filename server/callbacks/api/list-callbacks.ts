import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { messageId } from '../build-request.ts';
import { deliveryStates } from '../callback.ts';
import { findDeliveries } from '../find-deliveries.ts';
import { readPosition, writePosition } from '../position.ts';
import { Delivery, showDelivery } from './show-delivery.ts';

const Query = narrowing({
  orderId: Type.Optional(Type.Integer({ minimum: 1 })),
  state: Type.Optional(Type.Union(deliveryStates.map((state) => Type.Literal(state)))),
  cursor: Type.Optional(Type.String({ maxLength: 100 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});

export const listCallbacks = endpoint({
  operationId: 'listCallbacks',
  summary: 'List callbacks and webhooks with their tries, newest first',
  description:
    'What was sent, to whom, what came back, and when it is tried again. Those of one order, of one ' +
    'state, or all',
  query: Query,
  reply: Type.Object({
    callbacks: Type.Array(Delivery),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
  }),
  async handle(
    context: { database: Database },
    call: ClientCall<undefined, undefined, Type.Static<typeof Query>>,
  ) {
    const { orderId, state, cursor, limit = 50 } = call.query;
    const rows = await findDeliveries(context.database, {
      publisherId: call.caller.publisher.publisherId,
      before: readPosition(cursor, 'cursor'),
      orderId,
      state: deliveryStates.find((known) => known === state),
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    const nextCursor = hasMore
      ? writePosition({ atMicroseconds: last.at_microseconds, id: last.delivery_id })
      : null;
    const callbacks = page.map((row) => showDelivery(row, messageId(row.delivery_id)));
    return { body: { callbacks, nextCursor } };
  },
});
