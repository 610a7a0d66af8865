import {
  findOperation,
  operate,
  readOrder,
  type SwedbankAnswer,
} from '../../../provider-clients/swedbank-pay/call-swedbank.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { notDone } from './cancel-order.ts';
import { hasTransaction, moneyOf } from './money.ts';
import { readSettings } from './settings.ts';
import { describe } from './translate.ts';

type Answered = Extract<SwedbankAnswer, { kind: 'answered' }>;
type Move = {
  rel: 'capture' | 'cancel' | 'reversal';
  reference: string;
  transaction: Readonly<Record<string, unknown>>;
};

/** Takes reserved money, all or part of it. */
export function captureOrder(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
): Promise<OperationAnswer> {
  return move(context, attempt, amountOf('capture', operation));
}

/** Gives back captured money, all or part of it. */
export function reverseOrder(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
): Promise<OperationAnswer> {
  return move(context, attempt, amountOf('reversal', operation));
}

/** Releases all that is reserved and not captured. */
export function releaseOrder(
  context: MethodContext,
  attempt: AttemptFacts,
  { reference, description }: Pick<OperationRequest, 'reference' | 'description'>,
): Promise<OperationAnswer> {
  const transaction = { description: describe(description), payeeReference: reference };
  return move(context, attempt, { rel: 'cancel', reference, transaction });
}

function amountOf(rel: 'capture' | 'reversal', operation: OperationRequest): Move {
  const transaction = {
    description: describe(operation.description),
    amount: operation.amountMinor,
    vatAmount: operation.vatMinor,
    payeeReference: operation.reference,
  };
  return { rel, reference: operation.reference, transaction };
}

/**
 * Reads the order, which shows what is possible and whether this reference already moved money, then carries
 * out the operation. Swedbank Pay takes each reference once, so repeating it moves money once.
 */
async function move(context: MethodContext, attempt: AttemptFacts, wanted: Move): Promise<OperationAnswer> {
  const { http } = context;
  const { account } = readSettings(context.settings);
  if (attempt.providerId === undefined) return { kind: 'failed', code: 'no order known', raw: '' };
  const read = await readOrder(http, account, attempt.providerId);
  if (read.kind !== 'answered') return notDone(read);
  if (isDone(read, wanted)) return succeeded(read);
  const operation = findOperation(account, read.order, wanted.rel);
  if (!operation) return { kind: 'failed', code: `${wanted.rel} is not offered now`, raw: read.raw };
  const answer = await operate(http, account, operation, { transaction: wanted.transaction });
  switch (answer.kind) {
    case 'answered':
      return answer.isLater ? { kind: 'pending', raw: answer.raw } : succeeded(answer);
    case 'not sent':
      return { kind: 'not sent', code: answer.reason };
    case 'unknown':
      return { kind: 'unknown', code: answer.reason, raw: answer.raw };
    case 'refused': {
      const after = await readOrder(http, account, attempt.providerId);
      if (after.kind !== 'answered') return { kind: 'unknown', code: answer.problem.name, raw: answer.raw };
      return isDone(after, wanted) ? succeeded(after) : refused(answer);
    }
  }
}

/** Whether it has been done, maybe by an earlier call whose answer was lost. */
function isDone({ order: { paymentOrder: order } }: Answered, wanted: Move): boolean {
  if (hasTransaction(order, wanted.reference)) return true;
  // Releases need not stand among the transactions; `Cancelled` says that all of it was released.
  return wanted.rel === 'cancel' && order.status === 'Cancelled';
}

const temporary = new Set([401, 429]);

/** A wrong access token or too many calls say nothing against the operation itself. */
function refused(answer: Extract<SwedbankAnswer, { kind: 'refused' }>): OperationAnswer {
  const code = answer.problem.name;
  return temporary.has(answer.status)
    ? { kind: 'not sent', code }
    : { kind: 'failed', code, raw: answer.raw };
}

function succeeded({ order, raw }: Answered): OperationAnswer {
  const money = moneyOf(order.paymentOrder);
  return { kind: 'succeeded', ...(money && { money }), raw };
}
