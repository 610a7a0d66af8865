import type { LineMoney } from '../lines/find-line-money.ts';
import type { LinePart, RefundedLine } from '../payment.ts';

export type Parts = { released: LinePart[]; refunded: LinePart[] };

/** How much of the lines was not taken yet: so much is released where their money is reserved. */
export function uncapturedOf(requested: readonly RefundedLine[], lines: readonly LineMoney[]): number {
  return requested.reduce((sum, line) => sum + Math.min(line.amountMinor, untaken(line, lines)), 0);
}

/**
 * Which lines are released and which refunded, so that `releaseMinor` of them is released: first of those of
 * which most was not taken yet.
 */
export function shareLines(
  requested: readonly RefundedLine[],
  lines: readonly LineMoney[],
  releaseMinor: number,
): Parts {
  let left = releaseMinor;
  const untakenFirst = requested.toSorted((one, other) => untaken(other, lines) - untaken(one, lines));
  const split = untakenFirst.map(({ lineNumber, amountMinor }) => {
    const released = Math.min(amountMinor, left);
    left -= released;
    return { lineNumber, released, refunded: amountMinor - released };
  });
  const pick = (name: 'released' | 'refunded') =>
    split.flatMap((line) => (line[name] > 0 ? { lineNumber: line.lineNumber, amountMinor: line[name] } : []));
  return { released: pick('released'), refunded: pick('refunded') };
}

function untaken({ lineNumber }: RefundedLine, lines: readonly LineMoney[]): number {
  const line = lines.find((one) => one.line_number === lineNumber);
  return line ? Math.max(0, line.amount - line.captured - line.given_back) : 0;
}
