import { Type } from 'typebox';
import { isCurrency, toMajor } from '../kit/money.ts';
import type { WithdrawalRow } from './withdrawals-store.ts';

const text = Type.Union([Type.String(), Type.Null()]);
const time = Type.String({ description: 'RFC 3339' });

export const WithdrawalReply = Type.Object({
  withdrawalId: Type.Integer(),
  orderId: Type.Union([Type.Integer(), Type.Null()]),
  orderReference: Type.String({ description: 'the order as the buyer wrote it' }),
  state: Type.String({ description: 'to_check, accepted, refused or repeated' }),
  why: Type.Union([Type.String(), Type.Null()], {
    description: 'why a person is to look, or why some of the lines stay',
  }),
  namedLines: Type.Union([Type.Array(Type.Integer()), Type.Null()], {
    description: 'the lines that it names; null for the whole order',
  }),
  lines: Type.Array(Type.Integer(), { description: 'the lines that are withdrawn by it' }),
  refund: Type.Number({ description: 'what goes back by it, in major units' }),
  refundBy: Type.Union([Type.String(), Type.Null()], {
    description: 'us, invoice (a credit on the bill), or hand: whoever took the money gives it back',
  }),
  name: Type.String(),
  receiptTo: text,
  language: text,
  proof: Type.String({ description: 'client, link, session or none: who is behind it' }),
  reason: text,
  receivedAt: time,
  recordedAt: time,
  decidedAt: Type.Union([time, Type.Null()]),
});

export function showWithdrawal(row: WithdrawalRow) {
  const { currency } = row;
  return {
    withdrawalId: row.withdrawal_id,
    orderId: row.order_id,
    orderReference: row.order_reference,
    state: row.state,
    why: row.reason,
    namedLines: row.named_lines,
    lines: row.lines,
    refund: currency !== null && isCurrency(currency) ? toMajor(row.refund_minor, currency) : 0,
    refundBy: row.refund_by,
    name: row.name,
    receiptTo: row.receipt_to,
    language: row.language,
    proof: row.proof,
    reason: row.remark,
    receivedAt: row.stated_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
  };
}
