import { Type } from 'typebox';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { findDeliveries } from '../find-deliveries.ts';
import { replayDeliveries } from '../replay-deliveries.ts';

const Params = narrowing({ callbackId: Type.Integer({ minimum: 1 }) });

export const replayCallback = endpoint({
  operationId: 'replayCallback',
  summary: 'Send one callback or webhook again',
  description: 'It keeps its id, so that the receiver can see the repeat. One that is waiting is tried now.',
  params: Params,
  changes: true,
  status: 202,
  reply: Type.Object({ callbackId: Type.Integer(), state: Type.String() }),
  examples: { params: { callbackId: 1 } },
  async handle(context: { database: Database }, call: ClientCall<undefined, { callbackId: number }>) {
    const { publisherId } = call.caller.publisher;
    const { callbackId } = call.params;
    return runKeyed(context.database, call, `replayCallback ${callbackId}`, async (transaction) => {
      const replayed = await replayDeliveries(transaction, publisherId, [callbackId]);
      if (replayed.length === 0) {
        const known = await findDeliveries(transaction, { publisherId, deliveryId: callbackId, limit: 1 });
        throw new Problem(known.length === 0 ? 'not_found' : 'webhook_is_disabled');
      }
      return { status: 202, body: { callbackId, state: 'waiting' } };
    });
  },
});
