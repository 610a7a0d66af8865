import type { CaseOutcome } from '../../cases/case.ts';
import type { Transaction } from '../../database/transaction.ts';
import { lockPayment } from '../ledger/lock-payment.ts';
import type { ProviderMoney } from '../port/provider-answer.ts';
import { type AttemptMoney, lockMoney } from './attempt-money.ts';
import { bookRefund } from './book-refund.ts';
import { takeParts } from './capture-payment.ts';
import { carryOutWord, nothingLeft } from './carry-out-word.ts';
import { refundMoney, releaseMoney } from './move-money.ts';
import {
  aboutOperation,
  insertOperation,
  lockMoves,
  lockOperation,
  moveOperation,
  type OperationRow,
  operationWanted,
} from './operations-store.ts';
import { type Move, takeDone, tryAgain } from './word-beside-moves.ts';

type Answered = { publisherId: number; outcome: CaseOutcome; attemptId?: number };

/**
 * Applies what a person found out or did about a capture, release or refund that the server could not bring
 * to an end. Done by hand is booked, and what a machine has not begun of the same money is withdrawn; `again`
 * has it tried once more. Refuses with `money_is_under_way`, or `case_outcome_does_not_fit` where the outcome
 * would change nothing.
 */
export async function applyOperationOutcome(
  transaction: Transaction,
  { publisherId, outcome, attemptId = 0 }: Answered,
  operationId: number,
): Promise<void> {
  await lockPayment(transaction, { publisherId, attemptId });
  const operation = await lockOperation(transaction, publisherId, operationId);
  if (!operation || (operation.state !== 'failed' && operation.state !== 'by_hand')) return;
  switch (outcome) {
    case 'paid':
    case 'given_back':
      return bookDone(transaction, operation);
    case 'again':
      return beginAgain(transaction, operation);
    case 'not_paid':
    case 'accepted':
    case 'refused':
    case 'dismissed':
      if (operation.state === 'by_hand') await moveOperation(transaction, operation, 'failed', outcome);
      return;
  }
}

async function bookDone(transaction: Transaction, operation: OperationRow): Promise<void> {
  const about = aboutOperation(operation);
  const known = await findKnown(transaction, operation);
  if (!known) return;
  const taken = takeDone(moveOf(operation), known.totals, known.moves);
  const { refundMinor } = await carryOutWord(transaction, about, taken);
  if (refundMinor === 0) return;
  // Its own amount is not what the person gave back: it was taken meanwhile, or others gave some of it.
  const code = operation.kind === 'cancel' ? 'taken' : 'in part';
  if (operation.state === 'by_hand') await moveOperation(transaction, operation, 'failed', code);
  await bookRefund(transaction, about, refundMinor);
}

async function beginAgain(transaction: Transaction, operation: OperationRow): Promise<void> {
  const about = aboutOperation(operation);
  const known = await findKnown(transaction, operation);
  if (!known) return;
  const tried = tryAgain(moveOf(operation), known.totals, known.moves);
  if (tried.kind === 'nothing left') throw nothingLeft();
  if (tried.kind === 'same') {
    const { kind, amount_minor: amountMinor } = operation;
    await moveOperation(transaction, operation, 'sent');
    return transaction.report([operationWanted({ ...about, kind, amountMinor })]);
  }
  const { operation: kind, amountMinor } = tried;
  const parts = operation.parts ? takeParts(operation.parts, amountMinor) : undefined;
  const wanted = { amountMinor, parts };
  if (kind === operation.kind) {
    await insertOperation(transaction, { ...about, kind, ...wanted, cause: 'again', begins: 'now' });
  } else if (kind === 'refund') {
    await refundMoney(transaction, about, known.money, 'give-back due', wanted);
  } else {
    await releaseMoney(transaction, about, known.money, 'again', wanted);
  }
}

type Known = { money: AttemptMoney; totals: ProviderMoney; moves: readonly Move[] };

async function findKnown(transaction: Transaction, operation: OperationRow): Promise<Known | undefined> {
  const about = aboutOperation(operation);
  const money = await lockMoney(transaction, about.publisherId, about.attemptId);
  if (!money) return undefined;
  const totals = {
    authorizedMinor: money.authorized,
    capturedMinor: money.captured,
    refundedMinor: money.refunded,
    cancelledMinor: money.cancelled,
  };
  return { money, totals, moves: await lockMoves(transaction, about) };
}

function moveOf({
  operation_id: operationId,
  kind,
  amount_minor: amountMinor,
  state,
  code,
}: OperationRow): Move {
  return { operationId, kind, amountMinor, state, code };
}
