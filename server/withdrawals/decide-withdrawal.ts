import type { OrderState } from '../orders/order.ts';
import type { NoRight, WithdrawalRight } from '../orders/withdrawal-right.ts';
import type { MoneyLeft } from '../payments/money-moves/find-money-left.ts';
import type { CheckReason, RefundBy, WithdrawnLine } from './withdrawal.ts';

/** A line of an order, as its withdrawal asks. Amounts are in minor units. */
export type LineToWithdraw = {
  right: WithdrawalRight;
  /** Neither given back nor on its way. */
  leftMinor: number;
  isWithdrawn: boolean;
  /** The paid period of what is read on a screen; nothing of what is sent or has no period. */
  period: { startsAt: Date; endsAt: Date } | undefined;
};

export type WithdrawalFacts = {
  state: OrderState;
  /** A person has looked and says that it counts: proof, right and days are not asked any more. */
  isDecided: boolean;
  isProven: boolean;
  /** When it was sent. */
  statedAt: Date;
  /** The lines that it names; nothing for the whole order. */
  named: readonly number[] | undefined;
  lines: readonly LineToWithdraw[];
  money: MoneyLeft;
  refund: 'whole' | 'less used days';
  /** The buyer asked that it begins at once. */
  earlyStart: boolean;
};

export type WithdrawalDecision =
  | { kind: 'to check'; reason: CheckReason }
  /** Everything that it names was withdrawn before: the first statement stands. */
  | { kind: 'repeated' }
  | {
      kind: 'accepted';
      ends: 'order' | 'lines';
      lines: WithdrawnLine[];
      amountMinor: number;
      refundBy: RefundBy | undefined;
      /** Why some of the lines that it names stay. */
      rest: CheckReason | undefined;
    };

/**
 * What follows from a statement. Without proof, after the days, or without a right it waits for a person, and
 * nothing moves. What goes back is never more than is left, of a line and of the order.
 */
export function decideWithdrawal(facts: WithdrawalFacts): WithdrawalDecision {
  if (!facts.isProven && !facts.isDecided) return { kind: 'to check', reason: 'not proven' };
  const named = facts.lines.filter(({ right }) => facts.named?.includes(right.lineNumber) ?? true);
  const fresh = named.filter((line) => !line.isWithdrawn);
  if (fresh.length === 0) return { kind: 'repeated' };
  if (facts.state !== 'completed') return endOrder(facts, fresh);
  const standing = fresh.map((line) => ({ line, why: obstacleOf(facts, line) }));
  const rest = standing.find((one) => one.why !== undefined)?.why;
  const free = standing.filter((one) => one.why === undefined).map((one) => one.line);
  if (free.length === 0 && rest !== undefined) return { kind: 'to check', reason: rest };
  const lines = amountsOf(facts, free);
  const amountMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
  const refundBy = amountMinor > 0 ? refundByOf(facts.money) : undefined;
  return { kind: 'accepted', ends: 'lines', lines, amountMinor, refundBy, rest };
}

/** What is not completed ends whole, as it is cancelled; a part of it is a person's to decide. */
function endOrder({ lines, money }: WithdrawalFacts, fresh: readonly LineToWithdraw[]): WithdrawalDecision {
  if (fresh.length < lines.length) return { kind: 'to check', reason: 'not completed' };
  // Money that a payment under way brings yet goes back as that of any cancelled order.
  const isPaid = (money.by === 'elsewhere' || money.by === 'unconfirmed') && money.leftMinor > 0;
  return {
    kind: 'accepted',
    ends: 'order',
    lines: fresh.map(({ right, leftMinor }) => ({
      lineNumber: right.lineNumber,
      amountMinor: isPaid ? leftMinor : 0,
    })),
    amountMinor: isPaid ? money.leftMinor : 0,
    refundBy: isPaid ? (money.by === 'elsewhere' ? 'hand' : 'us') : undefined,
    rest: undefined,
  };
}

function obstacleOf({ isDecided, statedAt }: WithdrawalFacts, line: LineToWithdraw): Obstacle | undefined {
  if (isDecided) return undefined;
  if (line.right.right === 'no') return line.right.why;
  const { until } = line.right;
  return until !== undefined && statedAt >= until ? 'too late' : undefined;
}

type Obstacle = NoRight | 'too late';

/** In the order of the lines, as long as something is left of the order. */
function amountsOf(facts: WithdrawalFacts, free: readonly LineToWithdraw[]): WithdrawnLine[] {
  let left = facts.money.leftMinor;
  return free.map((line) => {
    const amountMinor = Math.min(line.leftMinor - usedOf(facts, line), left);
    left -= amountMinor;
    return { lineNumber: line.right.lineNumber, amountMinor };
  });
}

/**
 * What the buyer owes for a service that has begun by the buyer's wish: its share of the time until the
 * statement, in whole days, of what was paid (directive 2011/83, article 14(3)), rounded for the buyer.
 */
function usedOf({ refund, earlyStart, statedAt }: WithdrawalFacts, line: LineToWithdraw): number {
  const { period, leftMinor } = line;
  if (refund === 'whole' || !earlyStart || !period) return 0;
  const days = wholeDays(period.endsAt.getTime() - period.startsAt.getTime());
  const used = wholeDays(statedAt.getTime() - period.startsAt.getTime());
  if (days <= 0 || used <= 0) return 0;
  return Math.floor((leftMinor * Math.min(used, days)) / days);
}

function wholeDays(milliseconds: number): number {
  return Math.floor(milliseconds / 86_400_000);
}

function refundByOf({ by }: MoneyLeft): RefundBy | undefined {
  switch (by) {
    case 'us':
      return 'us';
    case 'invoice':
      return 'invoice';
    case 'elsewhere':
    case 'unconfirmed':
      return 'hand';
    case 'nobody':
      return undefined;
  }
}
