import type { Transaction } from '../../database/transaction.ts';
import { Problem } from '../../kit/problem.ts';
import { bookManualRefund } from '../ledger/book-money.ts';
import { lockMoney } from './attempt-money.ts';
import { bookOperations } from './book-operations.ts';
import { manualPart } from './manual-part.ts';
import { lockMoves, lockOperation, moveOperation, settleOperation } from './operations-store.ts';
import type { WordTaken } from './word-beside-moves.ts';

/**
 * Withdraws what is not to be begun any more, and settles and books what a person did, under the locks of the
 * payment. Refuses with `money_is_under_way`, or `case_outcome_does_not_fit` where too little is left.
 */
export async function carryOutWord(
  transaction: Transaction,
  about: { publisherId: number; attemptId: number },
  taken: WordTaken,
): Promise<Extract<WordTaken, { kind: 'book' }>> {
  if (taken.kind === 'wait') throw mustWait(taken.for);
  if (taken.kind === 'too little left') throw taken.leftMinor > 0 ? partLeft() : nothingLeft();
  const { publisherId } = about;
  for (const operationId of taken.withdrawn) {
    const operation = { publisher_id: publisherId, operation_id: operationId };
    await moveOperation(transaction, operation, 'failed', 'withdrawn');
  }
  await bookManually(transaction, about, taken.settled);
  for (const operationId of taken.settled) {
    const operation = await lockOperation(transaction, publisherId, operationId);
    if (operation) await settleOperation(transaction, operation);
  }
  await bookOperations(transaction, about);
  return taken;
}

/** What the person gave back outside the provider is booked as such: its totals will not tell of it. */
async function bookManually(
  transaction: Transaction,
  about: { publisherId: number; attemptId: number },
  settled: readonly number[],
): Promise<void> {
  if (settled.length === 0) return;
  const money = await lockMoney(transaction, about.publisherId, about.attemptId);
  const moves = await lockMoves(transaction, about);
  const said = moves.filter(({ operationId, kind }) => kind === 'refund' && settled.includes(operationId));
  const saidMinor = said.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const others = moves.filter((move) => !said.includes(move));
  const manualMinor = manualPart(saidMinor, money?.refunded ?? 0, others);
  if (manualMinor > 0) await bookManualRefund(transaction, about, manualMinor);
}

const whyItWaits = {
  provider: 'is at the provider',
  person: 'waits for a person in a case of its own',
  machine: 'has not begun yet, and is too large to be withdrawn for this',
} as const;

function mustWait(whom: keyof typeof whyItWaits): Problem {
  const what = `A capture, release or refund of the same money ${whyItWaits[whom]}.`;
  return new Problem('money_is_under_way', { detail: `${what} Answer this case when that has ended.` });
}

/** A capture or release is done whole by a person or not at all; a machine can do the rest of one. */
function partLeft(): Problem {
  return new Problem('case_outcome_does_not_fit', {
    detail:
      'A part of the money that this case is about was moved by another capture, release or refund, so ' +
      'that it cannot have been done as a whole. again moves what is left; else it can be dismissed.',
  });
}

/** Of what a case is about, none is left: another moved it in its place. */
export function nothingLeft(): Problem {
  return new Problem('case_outcome_does_not_fit', {
    detail: 'Nothing is left of the money that this case is about. It can be dismissed.',
  });
}
