import type { Transaction } from '../../database/transaction.ts';
import type { OrderId } from '../../kit/ids.ts';
import { fieldProblem, Problem } from '../../kit/problem.ts';
import type { Client } from '../../publishers/publisher.ts';
import { lockOrder } from '../attempts-store.ts';
import { findLineMoney, type LineMoney } from '../find-line-money.ts';
import { advancePlanned } from './advance-planned.ts';
import { freeToCapture, lockMoney } from './attempt-money.ts';
import { writeCapture } from './capture-payment.ts';
import { operationWanted } from './operations-store.ts';

/**
 * Captures what is reserved for a completed order: all of it, or that of some lines; captures planned for
 * later are carried out now. Answers the operations' ids. Refuses with `not_found`, `order_is_stopped`,
 * `order_is_not_completed`, `nothing_to_capture`, and `input_is_invalid` for a line that is not there.
 */
export async function captureOrder(
  transaction: Transaction,
  client: Client,
  id: OrderId,
  lineNumbers: readonly number[] | undefined,
): Promise<number[]> {
  const { publisherId } = client.publisher;
  const about = { publisherId, orderId: id };
  const order = await lockOrder(transaction, publisherId, id);
  if (!order) throw new Problem('not_found');
  if (order.state === 'stopped') throw new Problem('order_is_stopped');
  if (order.state !== 'completed') throw new Problem('order_is_not_completed');
  const lines = pickLines(await findLineMoney(transaction, publisherId, id), lineNumbers);
  const attempts = await lockMoney(transaction, publisherId, id);
  const planned = await advancePlanned(
    transaction,
    about,
    lines.map((line) => line.line_number),
  );
  await transaction.report(planned.map((row) => operationWanted({ ...about, ...row, kind: 'capture' })));
  const ids = planned.map((row) => row.operationId);
  const money = attempts.find((one) => freeToCapture(one) > 0);
  const parts = lines.map((line) => ({ lineNumber: line.line_number, amountMinor: untaken(line) }));
  const made =
    money &&
    (await writeCapture(transaction, {
      ...about,
      attemptId: money.attempt_id,
      parts: parts.filter((part) => part.amountMinor > 0),
      cause: 'capture asked',
      begins: 'now',
    }));
  if (made !== undefined) ids.push(made);
  if (ids.length === 0) throw new Problem('nothing_to_capture');
  return ids;
}

function untaken(line: LineMoney): number {
  return Math.max(0, line.amount - line.captured - line.planned - line.given_back);
}

function pickLines(lines: readonly LineMoney[], wanted: readonly number[] | undefined): LineMoney[] {
  wanted?.forEach((number, index) => {
    if (lines.some((line) => line.line_number === number)) return;
    const field = `lines[${index}]`;
    throw fieldProblem('input_is_invalid', field, `${field} is no line of the order`);
  });
  return lines.filter((line) => wanted?.includes(line.line_number) ?? true);
}
