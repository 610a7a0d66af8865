import type { Database } from '../database/transaction.ts';
import { orderId as toOrderId } from '../kit/ids.ts';
import type { Publisher } from '../publishers/publisher.ts';
import { decideWithdrawal, type WithdrawalDecision } from './decide-withdrawal.ts';
import { findOrderToWithdraw, type OrderToWithdraw } from './find-order-to-withdraw.ts';
import type { CheckReason } from './withdrawal.ts';
import { findFirstUnproven } from './withdrawals-store.ts';

/** What would follow if these lines were withdrawn from now, by whoever has proven to be the buyer. */
export type WithdrawalPreview = {
  order: OrderToWithdraw;
  /** Where each line stands, by its number. */
  stands: ReadonlyMap<number, LineStands>;
  decide(named: readonly number[] | undefined): WithdrawalDecision;
};

export type LineStands =
  | { kind: 'open'; until: Date | undefined }
  | { kind: 'closed'; why: CheckReason }
  | { kind: 'withdrawn' };

/** Reads what a withdrawal would do, by the rule that then decides; nothing changes. */
export async function previewWithdrawal(
  { database }: { database: Database },
  publisher: Publisher,
  order: number,
): Promise<WithdrawalPreview | undefined> {
  const { publisherId } = publisher;
  const key = { publisherId, orderId: toOrderId(order) };
  const read = await database.transaction('preview-withdrawal', async (transaction) => {
    const found = await findOrderToWithdraw(transaction, key);
    return found && { found, stated: await findFirstUnproven(transaction, publisherId, key.orderId) };
  });
  if (!read) return undefined;
  const { found } = read;
  const statedAt = read.stated ?? found.now;
  const refund = publisher.settings.withdrawalRefund;
  return {
    order: found,
    stands: new Map(found.lines.map((line) => [line.right.lineNumber, standsOf(line, statedAt)])),
    decide: (named) =>
      decideWithdrawal({ ...found, named, isDecided: false, isProven: true, statedAt, refund }),
  };
}

function standsOf({ right, isWithdrawn }: OrderToWithdraw['lines'][number], statedAt: Date): LineStands {
  if (isWithdrawn) return { kind: 'withdrawn' };
  if (right.right === 'no') return { kind: 'closed', why: right.why };
  const { until } = right;
  return until !== undefined && statedAt >= until
    ? { kind: 'closed', why: 'too late' }
    : { kind: 'open', until };
}
