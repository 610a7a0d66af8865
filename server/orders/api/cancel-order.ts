import { Type } from 'typebox';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { actReason } from '../../kit/http/act-reason.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { orderId } from '../../kit/ids.ts';
import { fieldProblem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { cancelOrder as cancel } from '../cancel-order.ts';
import { originalStatusOf } from '../order.ts';
import { OrderParams } from './show-order.ts';

const refused = Type.Optional(
  Type.Unsafe<unknown>({ keepsAnything: true, description: 'refused: parts go back by /refund' }),
);
const Body = narrowing({ lines: refused, amount: refused, reason: actReason });

export const cancelOrder = endpoint({
  operationId: 'cancelOrder',
  summary: 'Cancel an order that is not completed',
  description:
    'Cancels the whole order, and needs no body: lines and amounts go back by /refund, once the order is ' +
    'completed. Answers 202 while a payment is open: its outcome decides, and money that comes anyway is ' +
    'given back.',
  params: OrderParams,
  body: Body,
  reply: Type.Object({
    orderId: Type.Integer(),
    orderStatus: Type.String(),
    state: Type.String(),
    warnings: Type.Array(Type.Object({ field: Type.String(), rule: Type.String(), message: Type.String() })),
  }),
  changes: true,
  examples: { params: { orderId: 100_000 }, body: { reason: 'ordered twice' } },
  async handle(
    context: { database: Database },
    call: ClientCall<Type.Static<typeof Body>, { orderId: number }>,
  ) {
    refuseParts(call.body);
    const id = orderId(call.params.orderId);
    return runKeyed(context.database, call, `cancelOrder ${id}`, async (transaction) => {
      const outcome = await cancel(transaction, call.caller.publisher.publisherId, id);
      const orderStatus = originalStatusOf(outcome.state);
      const body = { orderId: id, orderStatus, state: outcome.state, warnings: call.warnings };
      return { status: outcome.isEnded ? 200 : 202, body };
    });
  },
});

/** Who names a part expects the rest to stay, so nothing is cancelled. */
function refuseParts(body: Type.Static<typeof Body>): void {
  const field = body.lines !== undefined ? 'lines' : body.amount !== undefined ? 'amount' : undefined;
  if (field === undefined) return;
  const message = `${field}: an order is cancelled whole; parts of a completed order go back by /refund`;
  throw fieldProblem('input_is_invalid', field, message);
}
