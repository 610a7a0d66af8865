import type { CaseOutcome } from '../../cases/case.ts';
import type { Transaction } from '../../database/transaction.ts';
import { lockPayment } from '../ledger/attempts-store.ts';
import { type AttemptMoney, freeToCapture, freeToRefund, freeToRelease, lockMoney } from './attempt-money.ts';
import { bookOperations } from './book-operations.ts';
import { takeParts } from './capture-payment.ts';
import { refundMoney, releaseMoney } from './move-money.ts';
import {
  aboutOperation,
  insertOperation,
  lockOperation,
  moveOperation,
  type OperationRow,
  operationWanted,
  settleOperation,
} from './operations-store.ts';

type Answered = { publisherId: number; outcome: CaseOutcome; attemptId?: number };

/**
 * Applies what a person found out or did about a capture, release or refund that the server could not bring
 * to an end. Done by hand is booked; `again` has it tried once more.
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
      await settleOperation(transaction, operation);
      await bookOperations(transaction, aboutOperation(operation));
      return;
    case 'again':
      await tryAgain(transaction, operation);
      return;
    case 'not_paid':
    case 'accepted':
    case 'refused':
    case 'dismissed':
      if (operation.state === 'by_hand') await moveOperation(transaction, operation, 'failed', outcome);
      return;
  }
}

/**
 * What the provider may have taken goes on under its reference. What it refused is final for that reference,
 * so that a new one is made, of no more than there still is to move.
 */
async function tryAgain(transaction: Transaction, operation: OperationRow): Promise<void> {
  const about = aboutOperation(operation);
  const { kind, amount_minor: amountMinor } = operation;
  if (operation.state === 'by_hand') {
    await moveOperation(transaction, operation, 'sent');
    await transaction.report([operationWanted({ ...about, kind, amountMinor })]);
    return;
  }
  const money = await lockMoney(transaction, about.publisherId, about.attemptId);
  if (!money) return;
  const free = kind === 'refund' ? freeToRefund(money) : freeToCapture(money);
  const left = Math.min(amountMinor, free);
  if (left === 0) return goBackOtherwise(transaction, operation, money);
  const parts = operation.parts ? takeParts(operation.parts, left) : undefined;
  await insertOperation(transaction, {
    ...about,
    kind,
    amountMinor: left,
    parts,
    cause: 'again',
    begins: 'now',
  });
}

/** What was to be released was taken meanwhile, or what was to be refunded was only reserved. */
async function goBackOtherwise(
  transaction: Transaction,
  operation: OperationRow,
  money: AttemptMoney,
): Promise<void> {
  const about = aboutOperation(operation);
  const { kind, amount_minor: wantedMinor, parts } = operation;
  const most = (freeMinor: number) => {
    const amountMinor = Math.min(wantedMinor, freeMinor);
    return { amountMinor, parts: parts ? takeParts(parts, amountMinor) : undefined };
  };
  if (kind === 'cancel') {
    await refundMoney(transaction, about, money, 'give-back due', most(freeToRefund(money)));
  }
  if (kind === 'refund') await releaseMoney(transaction, about, money, 'again', most(freeToRelease(money)));
}
