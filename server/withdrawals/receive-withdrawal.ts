import type { Transaction } from '../database/transaction.ts';
import { type OrderId, orderId, type PublisherId, publisherId } from '../kit/ids.ts';
import { isCurrency } from '../kit/money.ts';
import { fieldProblem, Problem } from '../kit/problem.ts';
import type { Publisher } from '../publishers/publisher.ts';
import { decideWithdrawal, type WithdrawalDecision } from './decide-withdrawal.ts';
import { findOrderToWithdraw, type OrderToWithdraw } from './find-order-to-withdraw.ts';
import type { CheckReason, Proof, WithdrawalEvent } from './withdrawal.ts';
import {
  findFirstUnproven,
  insertWithdrawal,
  supersedeUnproven,
  type Verdict,
  type WithdrawalRow,
} from './withdrawals-store.ts';

/** A statement of withdrawal, as it came. */
export type Statement = {
  publisher: Publisher;
  /** The order as it was written. */
  orderReference: string;
  /** Line numbers; nothing for the whole order. */
  named: readonly number[] | undefined;
  name: string;
  /** The e-mail address for the receipt; nothing for the order's own. */
  receiptTo: string | undefined;
  language: string | undefined;
  /** When it was sent, where it did not come just now. */
  statedAt: Date | undefined;
  remark: string | undefined;
};

/**
 * Keeps a statement that is proven to be the buyer's, and has it take effect at once where it has a right and
 * is in time: under the lock of the order, so that of many only the first moves anything. Else it waits for a
 * person. Refuses with `not_found`, `input_is_invalid` for lines that the order does not have, and
 * `date_is_invalid` for a day before it or to come.
 */
export async function receiveWithdrawal(
  transaction: Transaction,
  statement: Statement,
  { id, proof }: { id: OrderId; proof: Exclude<Proof, 'none'> },
): Promise<WithdrawalRow> {
  const { publisher } = statement;
  const key = { publisherId: publisher.publisherId, orderId: id };
  const order = await findOrderToWithdraw(transaction, key);
  if (!order) throw new Problem('not_found');
  refuseUnknownLines(order, statement);
  refuseWrongMoment(order, statement);
  const unprovenAt = await findFirstUnproven(transaction, publisher.publisherId, id);
  const statedAt = statement.statedAt ?? unprovenAt;
  const decided = decide(order, { ...statement, statedAt });
  if (unprovenAt !== undefined && decided.kind !== 'to check')
    await supersedeUnproven(transaction, publisher.publisherId, id);
  return keep(transaction, { ...statement, statedAt }, { id, proof, currency: order.currency }, decided);
}

/**
 * Keeps a statement by somebody who has proven nothing. Nothing is locked, and nothing follows before a
 * person or the order's own address says so; what is done is the same whether there is such an order or not.
 */
export function receiveUnproven(
  transaction: Transaction,
  statement: Statement,
  id: OrderId | undefined,
): Promise<WithdrawalRow> {
  const reason = id === undefined ? 'order unknown' : 'not proven';
  const about = { id, proof: 'none', currency: statement.publisher.currency } as const;
  return keep(transaction, statement, about, { kind: 'to check', reason });
}

function refuseUnknownLines({ lines }: OrderToWithdraw, { named = [] }: Statement): void {
  for (const [index, lineNumber] of named.entries()) {
    const isKnown = lines.some(({ right }) => right.lineNumber === lineNumber);
    if (isKnown && named.indexOf(lineNumber) === index) continue;
    const field = `lines[${index}]`;
    const message = `${field} ${isKnown ? 'is named twice' : 'is no line of the order'}`;
    throw fieldProblem('input_is_invalid', field, message);
  }
}

const msPerDay = 86_400_000;

/** A day alone is read as its beginning, which may be before the order of the same day. */
function refuseWrongMoment({ now, madeAt }: OrderToWithdraw, { statedAt }: Statement): void {
  if (statedAt === undefined) return;
  const isEarly = statedAt.getTime() <= madeAt.getTime() - msPerDay;
  if (!isEarly && statedAt <= now) return;
  const message = `receivedAt is ${isEarly ? 'before the day of the order' : 'in the future'}`;
  throw fieldProblem('date_is_invalid', 'receivedAt', message);
}

function decide(order: OrderToWithdraw, { named, statedAt, publisher }: Statement): WithdrawalDecision {
  return decideWithdrawal({
    ...order,
    named,
    isDecided: false,
    isProven: true,
    statedAt: statedAt ?? order.now,
    refund: publisher.settings.withdrawalRefund,
  });
}

type About = { id: OrderId | undefined; proof: Proof; currency: string };

async function keep(
  transaction: Transaction,
  statement: Statement,
  { id, proof, currency }: About,
  decision: WithdrawalDecision,
): Promise<WithdrawalRow> {
  const row = await insertWithdrawal(transaction, {
    ...statement,
    ...verdictOf(decision),
    publisherId: statement.publisher.publisherId,
    orderId: id,
    proof,
  });
  const about = aboutWithdrawal(row);
  const { state } = row;
  const reason = row.reason === null ? {} : { reason: row.reason };
  const received = { name: 'withdrawal received', ...about, state, proof, ...reason } as const;
  await transaction.report<WithdrawalEvent>([received, ...followingFrom(row, currency, decision)]);
  return row;
}

/** What stands in the row of a statement by what was decided. */
export function verdictOf(decision: WithdrawalDecision): Verdict {
  const none = { reason: undefined, lines: [], refundMinor: 0, refundBy: undefined };
  switch (decision.kind) {
    case 'to check':
      return { ...none, state: 'to_check', reason: decision.reason };
    case 'repeated':
      return { ...none, state: 'repeated' };
    case 'accepted':
      return {
        state: 'accepted',
        reason: decision.rest,
        lines: decision.lines.map((line) => line.lineNumber),
        refundMinor: decision.amountMinor,
        refundBy: decision.refundBy,
      };
  }
}

/** The events that carry out what was decided, or ask a person. */
export function followingFrom(
  row: WithdrawalRow,
  currency: string,
  decision: WithdrawalDecision,
): WithdrawalEvent[] {
  const about = aboutWithdrawal(row);
  if (decision.kind === 'to check') return [toCheck(about, decision.reason)];
  if (decision.kind === 'repeated' || about.orderId === undefined || !isCurrency(currency)) return [];
  const { ends, lines, amountMinor, refundBy } = decision;
  const ofOrder = { ...about, orderId: about.orderId };
  const facts = { ends, lines, amountMinor, currency, ...(refundBy && { refundBy }) };
  const accepted = { name: 'withdrawal accepted', ...ofOrder, ...facts } as const;
  if (refundBy !== 'hand') return [accepted];
  return [accepted, { name: 'attention needed', kind: 'withdrawal refund due', ...ofOrder }];
}

function toCheck(about: ReturnType<typeof aboutWithdrawal>, reason: CheckReason): WithdrawalEvent {
  return { name: 'attention needed', kind: 'withdrawal to check', ...about, reason };
}

/** Whose withdrawal a row is, as events name it. */
export function aboutWithdrawal(row: WithdrawalRow): {
  publisherId: PublisherId;
  orderId?: OrderId;
  withdrawalId: number;
} {
  return {
    publisherId: publisherId(row.publisher_id),
    ...(row.order_id !== null && { orderId: orderId(row.order_id) }),
    withdrawalId: row.withdrawal_id,
  };
}
