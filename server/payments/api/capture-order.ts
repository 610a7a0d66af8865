import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { actReason } from '../../kit/http/act-reason.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { captureOrder as capture } from '../money-moves/capture-order.ts';
import { MoneyAmount, MoneyParams, moneyReply, moveMoney } from './order-money.ts';

const LineNumber = Type.Integer({ minimum: 1, maximum: 32_767 });
const Line = Type.Union([LineNumber, narrowing({ lineNumber: LineNumber, amount: MoneyAmount })]);
const Body = narrowing({
  amount: MoneyAmount,
  lines: Type.Optional(
    Type.Array(Line, { minItems: 1, maxItems: 100, description: 'by number, or with an amount of each' }),
  ),
  reason: actReason,
});

export const captureOrder = endpoint({
  operationId: 'captureOrder',
  summary: 'Capture what is reserved for a completed order',
  description:
    'Without a body all that is reserved is captured; else an amount, or lines whole or in part, such as ' +
    'those that were dispatched, as often as anything is left. A line without an amount is what is left of ' +
    'it. What the offer lets be captured with the access or at the start is captured without this; what ' +
    'waits for its day is captured now, or makes room. captured and pending are those of the whole order.',
  params: MoneyParams,
  body: Body,
  reply: moneyReply('captured'),
  status: 202,
  changes: true,
  examples: { params: { orderId: 100_000 }, body: { amount: 50 } },
  async handle(
    context: { database: Database },
    call: ClientCall<Type.Static<typeof Body>, Type.Static<typeof MoneyParams>>,
  ) {
    const move = { operation: 'captureOrder', moved: 'captured', pending: 'capturing' } as const;
    return moveMoney(context.database, call, move, (transaction, id) =>
      capture(transaction, call.caller, id, call.body),
    );
  },
});
