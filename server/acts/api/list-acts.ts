import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { readCursor, writeCursor } from '../../kit/cursor.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { fieldProblem } from '../../kit/problem.ts';
import { readMoment } from '../../kit/read-moment.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { type ActRow, findActs } from '../find-acts.ts';

const byKinds = ['client', 'user', 'staff', 'command'] as const;
const moment = (description: string) =>
  Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description }));

const Query = narrowing({
  orderId: Type.Optional(Type.Integer({ minimum: 1 })),
  customerNumber: Type.Optional(Type.Integer({ minimum: 1 })),
  byKind: Type.Optional(Type.Union(byKinds.map((kind) => Type.Literal(kind)))),
  by: Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, description: 'the id of who did it, such as a clientId' }),
  ),
  operation: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: 'an operationId, or the words of a command' }),
  ),
  from: moment('the earliest'),
  to: moment('before this'),
  cursor: Type.Optional(Type.String({ maxLength: 100 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});

const text = Type.Union([Type.String(), Type.Null()]);
const number = Type.Union([Type.Integer(), Type.Null()]);
const ActReply = Type.Object({
  actId: Type.Integer(),
  at: Type.String({ format: 'date-time' }),
  by: Type.Object({ kind: Type.Union(byKinds.map((kind) => Type.Literal(kind))), id: text }),
  scope: text,
  operation: Type.String(),
  subject: Type.Object({ kind: Type.String(), id: text }),
  orderId: number,
  customerNumber: number,
  reason: text,
  facts: Type.Record(Type.String(), Type.Unknown(), { description: 'what was asked for' }),
  requestId: text,
  network: Type.Union([
    Type.String({ description: 'the /24 or /48 that the call came from, never the address' }),
    Type.Null(),
  ]),
});

export const listActs = endpoint({
  operationId: 'listActs',
  summary: 'List acts: who did what by hand, newest first',
  description:
    'Calls that changed money, access, people, settings or secrets, and commands that did the same. An ' +
    'act is written with its effect, is never changed, and is kept for keepActsDays. What was refused, or ' +
    'repeated with its Idempotency-Key, is none. Registering and completing orders are told by events ' +
    'instead. No client has the scope audit:read unless it is given it by name.',
  query: Query,
  reply: Type.Object({ acts: Type.Array(ActReply), nextCursor: text }),
  examples: {
    reply: {
      acts: [
        {
          actId: 17,
          at: '2026-11-16T08:12:31.000Z',
          by: { kind: 'client', id: 'no.leveret.demo' },
          scope: 'orders:write',
          operation: 'refundOrder',
          subject: { kind: 'order', id: '100000' },
          orderId: 100_000,
          customerNumber: 500_000,
          reason: 'late paper',
          facts: { amount: '50', access: 'keep' },
          requestId: '4f1d2c7e9b',
          network: '192.0.2.0/24',
        },
      ],
      nextCursor: null,
    },
  },
  async handle(
    context: { database: Database },
    call: ClientCall<undefined, undefined, Type.Static<typeof Query>>,
  ) {
    const { orderId, customerNumber, byKind, by, operation, cursor, limit = 50 } = call.query;
    const [from, to] = [readMoment('from', call.query.from), readMoment('to', call.query.to)];
    if (from && to && from >= to) throw fieldProblem('input_is_invalid', 'to', 'to must be later than from');
    const rows = await findActs(context.database, {
      publisherId: call.caller.publisher.publisherId,
      ...{ orderId, customerNumber, byKind, by, operation, from, to },
      beforeActId: readCursor(cursor),
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor(last.act_id) : null;
    return { body: { acts: page.map(showAct), nextCursor } };
  },
});

function showAct(row: ActRow) {
  return {
    actId: row.act_id,
    at: row.at.toISOString(),
    by: { kind: row.by_kind, id: row.by_id },
    scope: row.scope,
    operation: row.operation_id,
    subject: { kind: row.subject_kind, id: row.subject_id },
    orderId: row.order_id,
    customerNumber: row.customer_number,
    reason: row.reason,
    facts: row.facts,
    requestId: row.request_id,
    network: row.address,
  };
}
