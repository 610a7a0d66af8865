import type { Database, Transaction } from '../../database/transaction.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { applyEvidence } from '../apply-evidence.ts';
import { lockAttempt, lockOrder } from '../attempts-store.ts';
import { bookMoney } from '../book-money.ts';
import { insertOperationOutcome } from '../outcomes-store.ts';
import type { OperationKind, PaymentEvent } from '../payment.ts';
import type { Evidence, OperationAnswer } from '../port/provider-answer.ts';
import { bookOperations } from './book-operations.ts';
import {
  aboutOperation,
  lockOperation,
  moveOperation,
  type OperationRow,
  settleOperation,
} from './operations-store.ts';
import type { OperationKey } from './prepare-operation.ts';

type Context = { database: Database; secrets: { sealing: SealingKeys } };
type Answered = { asked: Evidence | undefined; isLastTry: boolean };

/**
 * Applies the answer to an operation in one transaction, under the locks of order, attempt and operation.
 * Answers `ended`, or why it is tried again.
 */
export function recordAnswer(
  context: Context,
  key: OperationKey,
  answer: OperationAnswer,
  { asked, isLastTry }: Answered,
): Promise<string> {
  return context.database.transaction('record-operation', async (transaction) => {
    const operation = await lockAll(transaction, key);
    await insertOperationOutcome(context, transaction, key, answer);
    if (answer.kind === 'succeeded') {
      await succeed(context, transaction, operation, answer, asked);
      return 'ended';
    }
    if (!isUnderWay(operation)) return 'ended';
    if (answer.kind === 'failed' || answer.kind === 'already secured') {
      const code = answer.kind === 'failed' ? answer.code : answer.kind;
      await moveOperation(transaction, operation, 'failed', code);
      await transaction.report([failed(operation, code)]);
      return 'ended';
    }
    const code = answer.kind === 'pending' ? 'pending' : answer.code;
    if (!isLastTry) {
      const isDoubt = answer.kind === 'unknown' && operation.state === 'sent';
      await moveOperation(transaction, operation, isDoubt ? 'unknown' : operation.state, code);
      return code;
    }
    await moveOperation(transaction, operation, 'by_hand', code);
    await transaction.report([failed(operation, code)]);
    return 'ended';
  });
}

/** Applies what the provider says of the whole attempt; answers whether that settles the operation. */
export function recordQuestion(context: Context, key: OperationKey, evidence: Evidence): Promise<boolean> {
  return context.database.transaction('record-question', async (transaction) => {
    await lockAll(transaction, key);
    await applyEvidence(context, transaction, { ...key, source: 'question', evidence });
    const operation = await lockOperation(transaction, key.publisherId, key.operationId);
    return operation !== undefined && !isUnderWay(operation);
  });
}

async function lockAll(transaction: Transaction, key: OperationKey): Promise<OperationRow> {
  await lockOrder(transaction, key.publisherId, key.orderId);
  await lockAttempt(transaction, key.publisherId, key.attemptId);
  const operation = await lockOperation(transaction, key.publisherId, key.operationId);
  if (!operation) throw new Error('an answer came for an operation that does not exist');
  return operation;
}

function isUnderWay({ state }: OperationRow): boolean {
  return state === 'created' || state === 'sent' || state === 'unknown';
}

/** The provider's totals count where it tells them; else our own sums do, and at least those. */
async function succeed(
  context: Context,
  transaction: Transaction,
  operation: OperationRow,
  answer: Extract<OperationAnswer, { kind: 'succeeded' }>,
  asked: Evidence | undefined,
): Promise<void> {
  if (operation.state !== 'succeeded') await settleOperation(transaction, operation);
  const about = aboutOperation(operation);
  if (answer.money) return bookMoney(transaction, about, answer.money);
  if (asked) await applyEvidence(context, transaction, { ...about, source: 'question', evidence: asked });
  await bookOperations(transaction, about);
}

const failureNames = {
  capture: 'capture failed',
  cancel: 'release failed',
  refund: 'refund failed',
} as const satisfies Record<OperationKind, PaymentEvent['name']>;

function failed(operation: OperationRow, reason: string): PaymentEvent {
  return { name: failureNames[operation.kind], ...aboutOperation(operation), reason };
}
