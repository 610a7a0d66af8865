import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { readCursor, writeCursor } from '../../kit/cursor.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { Problem } from '../../kit/problem.ts';
import { findOrder } from '../../orders/find-order.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { showWithdrawal, WithdrawalReply } from '../show-withdrawal.ts';
import { withdrawalStates } from '../withdrawal.ts';
import { listWithdrawals as findWithdrawals, type WithdrawalFilter } from '../withdrawals-store.ts';

const paging = {
  cursor: Type.Optional(Type.String({ maxLength: 100 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
};
const states = Type.Union(withdrawalStates.map((state) => Type.Literal(state)));
const Query = narrowing({ state: Type.Optional(states), ...paging });
const OfOrderQuery = narrowing(paging);
const Params = narrowing({ orderId: Type.Integer({ minimum: 1 }) });
const Reply = Type.Object({
  withdrawals: Type.Array(WithdrawalReply),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

type Page = { cursor?: string; limit?: number };

export const listWithdrawals = endpoint({
  operationId: 'listWithdrawals',
  summary: 'List statements of withdrawal, newest first',
  description:
    'Every statement that came, and what became of it; one that names no order that is known has no ' +
    'orderId. With the state to_check, those that wait for a person',
  query: Query,
  reply: Reply,
  async handle(
    context: { database: Database },
    call: ClientCall<undefined, undefined, Type.Static<typeof Query>>,
  ) {
    const state = withdrawalStates.find((known) => known === call.query.state);
    const { publisherId } = call.caller.publisher;
    return { body: await readPage(context, { publisherId, orderId: undefined, state }, call.query) };
  },
});

export const listOrderWithdrawals = endpoint({
  operationId: 'listOrderWithdrawals',
  summary: 'List the statements of withdrawal from an order, newest first',
  description: 'Every statement about the order that came, by whomever, and what became of it',
  params: Params,
  query: OfOrderQuery,
  reply: Reply,
  examples: { params: { orderId: 100_000 } },
  async handle(
    context: { database: Database },
    call: ClientCall<undefined, Type.Static<typeof Params>, Type.Static<typeof OfOrderQuery>>,
  ) {
    const { publisherId } = call.caller.publisher;
    const { orderId } = call.params;
    if (!(await findOrder(context.database, publisherId, orderId))) throw new Problem('not_found');
    return { body: await readPage(context, { publisherId, orderId, state: undefined }, call.query) };
  },
});

type Wanted = Pick<WithdrawalFilter, 'publisherId' | 'orderId' | 'state'>;

async function readPage({ database }: { database: Database }, wanted: Wanted, { cursor, limit = 50 }: Page) {
  const beforeWithdrawalId = readCursor(cursor);
  const rows = await findWithdrawals(database, { ...wanted, beforeWithdrawalId, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last ? writeCursor(last.withdrawal_id) : null;
  return { withdrawals: page.map(showWithdrawal), nextCursor };
}
