import { Type } from 'typebox';
import type { DeliveryRow } from '../find-deliveries.ts';

const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** A delivery as clients see it: a callback or a webhook, with its latest tries. */
export const Delivery = Type.Object({
  callbackId: Type.Integer(),
  kind: Type.String({ description: '`callback` (legacy GET) or `webhook` (signed POST)' }),
  webhookId: nullable(Type.Integer()),
  messageId: Type.String({ description: 'The `webhook-id` header, the same over all tries' }),
  orderId: nullable(Type.Integer()),
  event: Type.String(),
  sequence: nullable(Type.Integer()),
  url: Type.String(),
  state: Type.String(),
  tryCount: Type.Integer(),
  nextTryAt: nullable(Type.String({ format: 'date-time' })),
  createdAt: Type.String({ format: 'date-time' }),
  endedAt: nullable(Type.String({ format: 'date-time' })),
  tries: Type.Array(
    Type.Object({
      tryNumber: Type.Integer(),
      outcome: Type.String(),
      status: nullable(Type.Integer()),
      milliseconds: Type.Integer(),
      reply: nullable(Type.String({ description: 'The first 1 KiB of the answer, or why there was none' })),
      triedAt: Type.String({ format: 'date-time' }),
    }),
    { description: 'The latest 20, newest first' },
  ),
});

export function showDelivery(row: DeliveryRow, messageId: string): Type.Static<typeof Delivery> {
  return {
    callbackId: row.delivery_id,
    kind: row.kind,
    webhookId: row.endpoint_id,
    messageId,
    orderId: row.order_id,
    event: row.event_name,
    sequence: row.sequence,
    url: row.url,
    state: row.state,
    tryCount: row.tries,
    nextTryAt: row.next_try_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    tries: row.latest_tries.map((made) => ({
      tryNumber: made.try_number,
      outcome: made.outcome,
      status: made.status,
      milliseconds: made.milliseconds,
      reply: made.reply,
      triedAt: new Date(made.tried_at).toISOString(),
    })),
  };
}
