import { Type } from 'typebox';
import { runOnce } from '../../database/idempotency-keys.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { orderId } from '../../kit/ids.ts';
import { toMajor } from '../../kit/money.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { captureOrder as capture } from '../operations/capture-order.ts';
import { findTotals, OperationReply, showOperations, WarningReply } from '../operations/money-reply.ts';

const Params = narrowing({ orderId: Type.Integer({ minimum: 1 }) });
const LineNumber = Type.Integer({ minimum: 1, maximum: 32_767 });
const Body = narrowing({
  lines: Type.Optional(Type.Array(LineNumber, { minItems: 1, maxItems: 100, description: 'line numbers' })),
});

const amount = Type.Number({ description: 'major units, VAT included' });

export const captureOrder = endpoint({
  operationId: 'captureOrder',
  summary: 'Capture what is reserved for a completed order',
  description:
    'Whole, or only some lines, such as those that were dispatched. What the offer lets be captured with ' +
    'the access or at the start is captured without this. captured and pending are those of the whole order.',
  params: Params,
  body: Body,
  reply: Type.Object({
    orderId: Type.Integer(),
    captured: amount,
    pending: amount,
    operations: Type.Array(OperationReply),
    warnings: Type.Array(WarningReply),
  }),
  status: 202,
  changes: true,
  async handle(
    context: { database: Database },
    call: ClientCall<Type.Static<typeof Body>, Type.Static<typeof Params>>,
  ) {
    const id = orderId(call.params.orderId);
    const { clientId, publisher } = call.caller;
    const { idempotencyKey: key, bodyText, warnings } = call;
    const once = { clientId, operation: `captureOrder ${id}`, key, bodyText };
    return context.database.transaction('capture-order', (transaction) =>
      runOnce(transaction, once, async () => {
        const ids = await capture(transaction, call.caller, id, call.body.lines);
        const totals = await findTotals(transaction, publisher.publisherId, id);
        const { currency, captured, capturing } = totals;
        const operations = await showOperations(transaction, publisher.publisherId, ids, currency);
        const sums = { captured: toMajor(captured, currency), pending: toMajor(capturing, currency) };
        return { status: 202, body: { orderId: id, ...sums, operations, warnings } };
      }),
    );
  },
});
