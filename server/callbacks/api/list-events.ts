import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { formerNames, insideNameOf, loggedNames, publicNameOf } from '../event-names.ts';
import { type EventRow, findEvents } from '../find-events.ts';
import { readPosition, writePosition } from '../position.ts';

const Query = narrowing({
  after: Type.Optional(Type.String({ maxLength: 100, alsoCalled: ['cursor'] })),
  orderId: Type.Optional(Type.Integer({ minimum: 1 })),
  name: Type.Optional(Type.String({ enum: [...loggedNames], formerly: formerNames })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
});

export const listEvents = endpoint({
  operationId: 'listEvents',
  summary: 'List what happened, oldest first',
  description: `Read on with \`after\` set to the \`nextCursor\` of the page before; it is given on empty
    pages too. No event appears later before one that was shown: an event is shown once everything older is
    settled, usually after some hundredths of a second. \`eventId\` is no order. An event that a webhook tells
    has the webhook's type as its name. \`facts.by\` says who began it; what the server did of itself has
    none.`,
  query: Query,
  reply: Type.Object({
    events: Type.Array(
      Type.Object({
        eventId: Type.Integer(),
        name: Type.String({ enum: [...loggedNames] }),
        orderId: Type.Union([Type.Integer(), Type.Null()]),
        facts: Type.Record(Type.String(), Type.Unknown()),
        occurredAt: Type.String({ format: 'date-time' }),
      }),
    ),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
    hasMore: Type.Boolean(),
  }),
  async handle(
    context: { database: Database },
    call: ClientCall<undefined, undefined, Type.Static<typeof Query>>,
  ) {
    const { after, orderId, name, limit = 100 } = call.query;
    const rows = await findEvents(context.database, {
      publisherId: call.caller.publisher.publisherId,
      after: readPosition(after, 'after'),
      orderId,
      name: name === undefined ? undefined : insideNameOf(name),
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const cursor = last ? writePosition({ atMicroseconds: last.at_microseconds, id: last.event_id }) : after;
    return {
      body: { events: page.map(showEvent), nextCursor: cursor ?? null, hasMore: rows.length > limit },
    };
  },
});

function showEvent(row: EventRow) {
  return {
    eventId: row.event_id,
    name: publicNameOf(row.name),
    orderId: row.order_id,
    facts: row.facts,
    occurredAt: row.occurred_at.toISOString(),
  };
}
