import { Type } from 'typebox';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { type Answer, endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { fieldProblem } from '../../kit/problem.ts';
import { readMoment } from '../../kit/read-moment.ts';
import type { Client, ClientCall } from '../../publishers/publisher.ts';
import { deliveryStates } from '../callback.ts';
import { type ReplayRange, replayDeliveries, replayRange } from '../replay-deliveries.ts';

const Body = narrowing({
  from: Type.String({ format: 'date-time', maxLength: 40 }),
  to: Type.String({ format: 'date-time', maxLength: 40 }),
  state: Type.Optional(Type.Union(deliveryStates.map((state) => Type.Literal(state)))),
});

export const replayCallbacks = endpoint({
  operationId: 'replayCallbacks',
  summary: 'Send callbacks and webhooks of a time range again',
  description:
    'Those made from `from` until before `to` that are in `state` (`failed` unless said), at most ' +
    '10,000 in one call; then `continueFrom` is the `from` of the next. Webhooks that are disabled or ' +
    'deleted are left out.',
  body: Body,
  changes: true,
  status: 202,
  reply: Type.Object({
    replayed: Type.Integer(),
    continueFrom: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  }),
  examples: { body: { from: '2026-11-16T06:00:00+01:00', to: '2026-11-16T12:00:00+01:00', state: 'failed' } },
  async handle(context: { database: Database }, call: ClientCall<Type.Static<typeof Body>>): Promise<Answer> {
    const [from, to] = [readMoment('from', call.body.from), readMoment('to', call.body.to)];
    if (from >= to) throw fieldProblem('input_is_invalid', 'to', 'to must be later than from');
    const state = deliveryStates.find((known) => known === call.body.state) ?? 'failed';
    const range: ReplayRange = { from, to, state };
    // With a key all is one transaction, so that a repeat finds either everything done or nothing.
    if (call.idempotencyKey === undefined) return replayInChunks(context.database, call.caller, range);
    const { publisherId } = call.caller.publisher;
    return runKeyed(context.database, call, 'replayCallbacks', async (transaction) =>
      answer(
        await replayRange(transaction, publisherId, range, (ids) =>
          replayDeliveries(transaction, publisherId, ids),
        ),
      ),
    );
  },
});

async function replayInChunks(database: Database, client: Client, range: ReplayRange): Promise<Answer> {
  const { publisherId } = client.publisher;
  const replay = (ids: readonly number[]) =>
    database.transaction('replay-deliveries', (transaction) =>
      replayDeliveries(transaction, publisherId, ids),
    );
  return answer(await replayRange(database, publisherId, range, replay));
}

function answer({ replayed, continueFrom }: { replayed: number; continueFrom: Date | undefined }) {
  return { status: 202, body: { replayed, continueFrom: continueFrom?.toISOString() ?? null } };
}
