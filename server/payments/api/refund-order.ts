import { Type } from 'typebox';
import { runOnce } from '../../database/idempotency-keys.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { describes, narrowing } from '../../kit/http/field-sorts.ts';
import { orderId } from '../../kit/ids.ts';
import { toMajor } from '../../kit/money.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { findTotals, OperationReply, showOperations, WarningReply } from '../operations/money-reply.ts';
import { refundOrder as refund } from '../operations/refund-order.ts';
import { accessRules } from '../payment.ts';

const Params = narrowing({ orderId: Type.Integer({ minimum: 1 }) });
const Amount = Type.Optional(
  Type.Unsafe<string>({
    type: 'number',
    decimalText: true,
    description: 'major units, VAT included, at most two decimals',
  }),
);
const Line = narrowing({ lineNumber: Type.Integer({ minimum: 1, maximum: 32_767 }), amount: Amount });
const Body = narrowing({
  amount: Amount,
  lines: Type.Optional(Type.Array(Line, { minItems: 1, maxItems: 100 })),
  access: Type.Optional(Type.Union([...accessRules].map((rule) => Type.Literal(rule)))),
  reason: describes(
    Type.Optional(Type.String({ maxLength: 200, description: 'about the order, never a person' })),
  ),
});

const amount = Type.Number({ description: 'major units, VAT included' });

export const refundOrder = endpoint({
  operationId: 'refundOrder',
  summary: 'Refund a completed order, whole or in part',
  description:
    'With neither amount nor lines all that is left goes back; else an amount, or lines whole or in ' +
    'part: a line without an amount is what is left of it, and never more than is left of the order. ' +
    'What is only reserved is released instead. Where the method cannot refund, the operation is ' +
    'by_hand and a case waits for a person; where it can give back only the whole, a part is refused. ' +
    'Access follows when the refund is accepted: keep, end_now or end_at_period_end; unless said, ' +
    'lines that are refunded whole follow the rule of the publisher, and parts keep. refunded and ' +
    'pending are those of the whole order.',
  params: Params,
  body: Body,
  reply: Type.Object({
    orderId: Type.Integer(),
    refunded: amount,
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
    const once = { clientId, operation: `refundOrder ${id}`, key, bodyText };
    const access = accessRules.find((rule) => rule === call.body.access);
    return context.database.transaction('refund-order', (transaction) =>
      runOnce(transaction, once, async () => {
        const ids = await refund(transaction, call.caller, id, { ...call.body, access });
        const totals = await findTotals(transaction, publisher.publisherId, id);
        const { currency, refunded, returning } = totals;
        const operations = await showOperations(transaction, publisher.publisherId, ids, currency);
        const sums = { refunded: toMajor(refunded, currency), pending: toMajor(returning, currency) };
        return { status: 202, body: { orderId: id, ...sums, operations, warnings } };
      }),
    );
  },
});
