import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { actReason } from '../../kit/http/act-reason.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { refundOrder as refund } from '../money-moves/refund-order.ts';
import { accessRules } from '../payment.ts';
import { MoneyAmount, MoneyParams, moneyReply, moveMoney } from './order-money.ts';

const Line = narrowing({ lineNumber: Type.Integer({ minimum: 1, maximum: 32_767 }), amount: MoneyAmount });
const Body = narrowing({
  amount: MoneyAmount,
  lines: Type.Optional(Type.Array(Line, { minItems: 1, maxItems: 100 })),
  access: Type.Optional(Type.Union([...accessRules].map((rule) => Type.Literal(rule)))),
  reason: actReason,
});

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
  params: MoneyParams,
  body: Body,
  reply: moneyReply('refunded'),
  status: 202,
  changes: true,
  examples: { params: { orderId: 100_000 }, body: { amount: 50, access: 'keep', reason: 'late paper' } },
  async handle(
    context: { database: Database },
    call: ClientCall<Type.Static<typeof Body>, Type.Static<typeof MoneyParams>>,
  ) {
    const access = accessRules.find((rule) => rule === call.body.access);
    const { publisherId, settings } = call.caller.publisher;
    const publisher = { publisherId, accessAfterRefund: settings.accessAfterRefund };
    const move = { operation: 'refundOrder', moved: 'refunded', pending: 'returning' } as const;
    return moveMoney(context.database, call, move, (transaction, id) =>
      refund(transaction, publisher, id, { ...call.body, access }),
    );
  },
});
