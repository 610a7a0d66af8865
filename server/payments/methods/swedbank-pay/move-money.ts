import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { findOperation, operate, readOrder, type SwedbankAnswer } from './call-swedbank.ts';
import { hasTransaction, moneyOf } from './money.ts';
import { payeeReferenceOf, referenceFormats } from './payee-reference.ts';
import { readSettings } from './settings.ts';
import { describe } from './translate.ts';

type Answered = Extract<SwedbankAnswer, { kind: 'answered' }>;
type Move = {
  rel: 'capture' | 'cancel' | 'reversal';
  reference: string;
  transaction: Readonly<Record<string, unknown>>;
};

/** A capture or a refund of the operation's amount. */
export function amountOf(rel: 'capture' | 'reversal', operation: OperationRequest): Move {
  const transaction = {
    description: describe(operation.description),
    amount: operation.amountMinor,
    vatAmount: operation.vatMinor,
  };
  return { rel, reference: operation.reference, transaction };
}

/**
 * Reads the order, which shows what is possible and whether this reference already moved money, then carries
 * out the operation. Swedbank Pay takes each reference once, so repeating it moves money once.
 */
export async function moveMoney(
  context: MethodContext,
  attempt: AttemptFacts,
  wanted: Move,
): Promise<OperationAnswer> {
  const { http } = context;
  const { account, referenceFormat } = readSettings(context.settings);
  if (attempt.providerId === undefined) return { kind: 'failed', code: 'no order known', raw: '' };
  const read = await readOrder(http, account, attempt.providerId);
  if (read.kind !== 'answered') return notDone(read);
  if (isDone(read, wanted)) return succeeded(read);
  const operation = findOperation(account, read.order, wanted.rel);
  if (!operation) return { kind: 'failed', code: `${wanted.rel} is not offered now`, raw: read.raw };
  const payeeReference = payeeReferenceOf(wanted.reference, referenceFormat);
  const transaction = { ...wanted.transaction, payeeReference };
  const answer = await operate(http, account, operation, { transaction });
  switch (answer.kind) {
    case 'answered':
      return answer.isLater ? { kind: 'pending', raw: answer.raw } : succeeded(answer);
    case 'not sent':
      return { kind: 'not sent', code: answer.code };
    case 'unknown':
      return { kind: 'unknown', code: answer.code, raw: answer.raw };
    case 'refused': {
      const after = await readOrder(http, account, attempt.providerId);
      if (after.kind !== 'answered') return { kind: 'unknown', code: answer.problem.name, raw: answer.raw };
      return isDone(after, wanted) ? succeeded(after) : refused(answer);
    }
  }
}

/** Whether it has been done, maybe by an earlier call whose answer was lost, under either form. */
function isDone({ order: { paymentOrder: order } }: Answered, { reference, rel }: Move): boolean {
  if (referenceFormats.some((format) => hasTransaction(order, payeeReferenceOf(reference, format))))
    return true;
  // Releases need not stand among the transactions; `Cancelled` says that all of it was released.
  return rel === 'cancel' && order.status === 'Cancelled';
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

/** Reading failed, so nothing was done yet. An order that is not to be found cannot be ended. */
export function notDone(read: Exclude<SwedbankAnswer, { kind: 'answered' }>): OperationAnswer {
  if (read.kind !== 'refused') return { kind: 'not sent', code: read.code };
  if (read.status === 404) return { kind: 'failed', code: read.problem.name, raw: read.raw };
  return { kind: 'not sent', code: read.problem.name };
}
