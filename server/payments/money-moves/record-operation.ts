import type { AttentionKind } from '../../cases/case.ts';
import type { Database, Transaction } from '../../database/transaction.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import { lockPayment } from '../ledger/lock-payment.ts';
import { insertOperationOutcome, type PaymentKey } from '../ledger/outcomes-store.ts';
import type { OperationKind, PaymentEvent } from '../payment.ts';
import type { Evidence, OperationAnswer } from '../port/provider-answer.ts';
import { freeToRefund, lockMoney } from './attempt-money.ts';
import { bookOperations } from './book-operations.ts';
import {
  aboutOperation,
  lockOperation,
  moveOperation,
  type OperationRow,
  renewReference,
  settleOperation,
} from './operations-store.ts';
import type { OperationKey } from './prepare-operation.ts';
import { weighAnswer } from './weigh-answer.ts';

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
    const { operation, payment } = await lockAll(transaction, key);
    await insertOperationOutcome(context, transaction, { ...key, payment }, answer);
    if (answer.kind === 'succeeded') {
      await succeed(context, transaction, operation, answer, asked);
      return 'ended';
    }
    const known = (asked && (await learn(context, transaction, operation, asked))) ?? operation;
    const weighed = weighAnswer(known, answer, isLastTry);
    if (weighed.kind === 'nothing new') return 'ended';
    const { state, code, isOver, needsNewReference } = weighed;
    if (needsNewReference) await renewReference(transaction, operation);
    await moveOperation(transaction, operation, state, code);
    if (!isOver) return code;
    if (!(await isMoot(transaction, operation))) await transaction.report([failed(operation, code)]);
    return 'ended';
  });
}

/** Applies how the money stands where an operation was refused; answers the operation as it is then. */
async function learn(
  context: Context,
  transaction: Transaction,
  operation: OperationRow,
  evidence: Evidence,
): Promise<OperationRow | undefined> {
  if (evidence.meaning !== 'secured') return undefined;
  const { publisherId, attemptId } = aboutOperation(operation);
  await applyEvidence(context, transaction, { publisherId, attemptId, source: 'question', evidence });
  return lockOperation(transaction, publisherId, operation.operation_id);
}

/** What was to be released was taken, and is refunded or on its way: nobody needs to look. */
async function isMoot(transaction: Transaction, operation: OperationRow): Promise<boolean> {
  if (operation.kind !== 'cancel') return false;
  const { publisherId, attemptId } = aboutOperation(operation);
  const money = await lockMoney(transaction, publisherId, attemptId);
  if (!money || money.captured === 0) return false;
  return money.authorized - money.captured - money.cancelled <= 0 && freeToRefund(money) === 0;
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

async function lockAll(
  transaction: Transaction,
  key: OperationKey,
): Promise<{ operation: OperationRow; payment: PaymentKey }> {
  const locked = await lockPayment(transaction, key);
  const operation = await lockOperation(transaction, key.publisherId, key.operationId);
  if (!operation) throw new Error('an answer came for an operation that does not exist');
  const { payment_id } = operation;
  return { operation, payment: { payment_id, sealed_key: locked?.attempt.sealed_key ?? null } };
}

function isUnderWay({ state }: OperationRow): boolean {
  return state === 'created' || state === 'sent' || state === 'unknown';
}

/** The provider's totals count where it tells them, and at least our own sums, as totals may be stale. */
async function succeed(
  context: Context,
  transaction: Transaction,
  operation: OperationRow,
  answer: Extract<OperationAnswer, { kind: 'succeeded' }>,
  asked: Evidence | undefined,
): Promise<void> {
  if (operation.state !== 'succeeded') await settleOperation(transaction, operation);
  const about = aboutOperation(operation);
  const { publisherId, attemptId } = about;
  const question = { publisherId, attemptId, source: 'question' } as const;
  if (asked) await applyEvidence(context, transaction, { ...question, evidence: asked });
  await bookOperations(transaction, about, answer.money);
}

const failureKinds = {
  capture: 'capture failed',
  cancel: 'release failed',
  refund: 'refund failed',
} as const satisfies Record<OperationKind, AttentionKind>;

function failed(operation: OperationRow, reason: string): PaymentEvent {
  return {
    name: 'attention needed',
    kind: failureKinds[operation.kind],
    ...aboutOperation(operation),
    reason,
  };
}
