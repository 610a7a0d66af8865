import type { CaseEvent } from '../cases/case.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { Problem } from '../kit/problem.ts';
import type { PublisherDirectory } from '../publishers/find-publisher.ts';
import { decideWithdrawal } from './decide-withdrawal.ts';
import { findOrderToWithdraw } from './find-order-to-withdraw.ts';
import { aboutWithdrawal, followingFrom, verdictOf } from './receive-withdrawal.ts';
import type { WithdrawalEvent } from './withdrawal.ts';
import { lockWithdrawal, settleWithdrawal, type WithdrawalRow } from './withdrawals-store.ts';

type Context = { publishers: Pick<PublisherDirectory, 'findPublisher'> };
type Answered = Extract<CaseEvent, { name: 'case answered' }>;

/**
 * What a person decides of a statement that waited. Accepted it takes effect whatever its right and its day,
 * by the same rules for money; dismissed, another statement stands for it.
 */
export const answerWithdrawalCase: NowStep<Context, Transaction, Answered> = {
  stepName: 'answerWithdrawalCase',
  reports: ['withdrawal accepted', 'withdrawal refused', 'attention needed'],
  async run(context, transaction, events) {
    for (const event of events) {
      if (event.kind === 'withdrawal to check') await answer(context, transaction, event);
    }
  },
};

async function answer(context: Context, transaction: Transaction, event: Answered): Promise<void> {
  const { publisherId, withdrawalId, outcome } = event;
  if (withdrawalId === undefined) return;
  if (outcome === 'accepted') return accept(context, transaction, { ...event, withdrawalId });
  const row = await lockWithdrawal(transaction, publisherId, withdrawalId);
  if (row?.state !== 'to_check') return;
  const state = outcome === 'refused' ? 'refused' : 'repeated';
  await settle(transaction, row, state);
  if (state === 'refused') {
    await transaction.report<WithdrawalEvent>([{ name: 'withdrawal refused', ...aboutWithdrawal(row) }]);
  }
}

function settle(transaction: Transaction, row: WithdrawalRow, state: 'refused' | 'repeated'): Promise<void> {
  const nothing = { reason: undefined, lines: [], refundMinor: 0, refundBy: undefined };
  return settleWithdrawal(transaction, row, { ...nothing, state });
}

/** Its order is locked before it, as everywhere. */
async function accept(
  { publishers }: Context,
  transaction: Transaction,
  { publisherId, orderId, withdrawalId }: Answered & { withdrawalId: number },
): Promise<void> {
  const publisher = await publishers.findPublisher(publisherId);
  const about = orderId === undefined ? undefined : { publisherId, orderId };
  const order = publisher && about && (await findOrderToWithdraw(transaction, about));
  if (!order) {
    throw misfit('The statement names no order that is known: make it for its order, and dismiss this one.');
  }
  const row = await lockWithdrawal(transaction, publisherId, withdrawalId);
  if (row?.state !== 'to_check') return;
  const decision = decideWithdrawal({
    ...order,
    named: row.named_lines ?? undefined,
    isDecided: true,
    isProven: row.proof !== 'none',
    statedAt: row.stated_at,
    refund: publisher.settings.withdrawalRefund,
  });
  if (decision.kind === 'to check') {
    throw misfit(
      'A part of an order is withdrawn from once the order is completed; whole, it can be cancelled.',
    );
  }
  await settleWithdrawal(transaction, row, verdictOf(decision));
  await transaction.report<WithdrawalEvent>(followingFrom(row, order.currency, decision));
}

function misfit(detail: string): Problem {
  return new Problem('case_outcome_does_not_fit', { detail });
}
