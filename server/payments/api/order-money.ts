import { Type } from 'typebox';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database, Transaction } from '../../database/transaction.ts';
import type { Answer } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { type OrderId, orderId } from '../../kit/ids.ts';
import { toMajor } from '../../kit/money.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { findTotals, OperationReply, showOperations, WarningReply } from '../money-moves/money-reply.ts';

/** What endpoints that move the money of an order have in common. */
export const MoneyParams = narrowing({ orderId: Type.Integer({ minimum: 1 }) });

export const MoneyAmount = Type.Optional(
  Type.Unsafe<string>({
    type: 'number',
    decimalText: true,
    description: 'major units, VAT included, at most two decimals',
  }),
);

const amount = Type.Number({ description: 'major units, VAT included' });

/** The reply, with what has moved so far under the name of the move. */
export function moneyReply<Name extends string>(moved: Name) {
  return Type.Object({
    orderId: Type.Integer(),
    ...({ [moved]: amount } as Record<Name, typeof amount>),
    pending: amount,
    operations: Type.Array(OperationReply),
    warnings: Type.Array(WarningReply),
  });
}

type MoneyCall<Body> = ClientCall<Body, { orderId: number }>;

/** Begins a move once for its key, and answers with the operations that it began and the order's totals. */
export function moveMoney<Body>(
  database: Database,
  call: MoneyCall<Body>,
  move: { operation: string; moved: 'captured' | 'refunded'; pending: 'capturing' | 'returning' },
  begin: (transaction: Transaction, id: OrderId) => Promise<readonly number[]>,
): Promise<Answer> {
  const id = orderId(call.params.orderId);
  const { publisherId } = call.caller.publisher;
  return runKeyed(database, call, `${move.operation} ${id}`, async (transaction) => {
    const ids = await begin(transaction, id);
    const totals = await findTotals(transaction, publisherId, id);
    const { currency } = totals;
    const operations = await showOperations(transaction, publisherId, ids, currency);
    const sums = {
      [move.moved]: toMajor(totals[move.moved], currency),
      pending: toMajor(totals[move.pending], currency),
    };
    return { status: 202, body: { orderId: id, ...sums, operations, warnings: call.warnings } };
  });
}
