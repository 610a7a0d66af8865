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
const Amount = Type.Optional(
  Type.Unsafe<string>({
    type: 'number',
    decimalText: true,
    description: 'major units, VAT included, at most two decimals',
  }),
);
const LineNumber = Type.Integer({ minimum: 1, maximum: 32_767 });
const Line = Type.Union([LineNumber, narrowing({ lineNumber: LineNumber, amount: Amount })]);
const Body = narrowing({
  amount: Amount,
  lines: Type.Optional(
    Type.Array(Line, { minItems: 1, maxItems: 100, description: 'by number, or with an amount of each' }),
  ),
});

const amount = Type.Number({ description: 'major units, VAT included' });

export const captureOrder = endpoint({
  operationId: 'captureOrder',
  summary: 'Capture what is reserved for a completed order',
  description:
    'Without a body all that is reserved is captured; else an amount, or lines whole or in part, such as ' +
    'those that were dispatched, as often as anything is left. A line without an amount is what is left of ' +
    'it. What the offer lets be captured with the access or at the start is captured without this; what ' +
    'waits for its day is captured now, or makes room. captured and pending are those of the whole order.',
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
        const ids = await capture(transaction, call.caller, id, call.body);
        const totals = await findTotals(transaction, publisher.publisherId, id);
        const { currency, captured, capturing } = totals;
        const operations = await showOperations(transaction, publisher.publisherId, ids, currency);
        const sums = { captured: toMajor(captured, currency), pending: toMajor(capturing, currency) };
        return { status: 202, body: { orderId: id, ...sums, operations, warnings } };
      }),
    );
  },
});
