import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { readCursor, writeCursor } from '../../kit/cursor.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { listCases as findCases } from '../cases-store.ts';
import { CaseReply, showCase } from '../show-case.ts';

const Query = narrowing({
  state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('resolved')])),
  orderId: Type.Optional(Type.Integer({ minimum: 1 })),
  cursor: Type.Optional(Type.String({ maxLength: 100 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});

export const listCases = endpoint({
  operationId: 'listCases',
  summary: 'List cases: work that waits for a person',
  description:
    'A payment whose end nobody knows, money that came too late, a message that reached nobody. Each says ' +
    'which answers fit it',
  query: Query,
  reply: Type.Object({ cases: Type.Array(CaseReply), nextCursor: Type.Union([Type.String(), Type.Null()]) }),
  async handle(
    context: { database: Database },
    call: ClientCall<undefined, undefined, Type.Static<typeof Query>>,
  ) {
    const { state, orderId, cursor, limit = 50 } = call.query;
    const { publisherId } = call.caller.publisher;
    const rows = await findCases(context.database, {
      publisherId,
      beforeCaseId: readCursor(cursor),
      state,
      orderId,
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor(last.case_id) : null;
    return { body: { cases: page.map(showCase), nextCursor } };
  },
});
