import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { moneyOf } from './ask.ts';
import { deleteTransaction, getTransaction, reversalOf } from './call-strex.ts';
import { readTransaction } from './read-answer.ts';
import { codeOf, meaningOf } from './translate.ts';

/**
 * Reverses a transaction, which gives the whole price back a few seconds later. There is one reversal of a
 * transaction, so repeating this moves money once: what cannot be reversed is asked whether it is already.
 */
export async function refund(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: Pick<OperationRequest, 'amountMinor'>,
): Promise<OperationAnswer> {
  if (operation.amountMinor !== attempt.amountMinor) return { kind: 'failed', code: 'only whole', raw: '' };
  const answer = await deleteTransaction(context.http, context.settings, attempt.reference);
  switch (answer.kind) {
    case 'done':
      return { kind: 'pending', raw: answer.raw };
    case 'refused': {
      const { status, code, raw } = answer;
      if (status === 401 || status === 403) return { kind: 'not sent', code: 'wrong key' };
      return status === 409 ? readFormer(context, attempt, raw) : { kind: 'failed', code, raw };
    }
    case 'not sent':
    case 'unknown':
      return answer;
  }
}

async function readFormer(
  context: MethodContext,
  attempt: AttemptFacts,
  refusal: string,
): Promise<OperationAnswer> {
  const answer = await getTransaction(context.http, context.settings, reversalOf(attempt.reference));
  if (answer.kind === 'refused' && answer.status === 404) {
    return { kind: 'failed', code: 'not reversible', raw: refusal };
  }
  if (answer.kind !== 'done') return { kind: 'unknown', code: answer.code, raw: refusal };
  const { status, raw } = answer;
  const reversal = readTransaction(answer.body);
  if (!reversal) return { kind: 'unknown', code: `status ${status}`, raw };
  switch (meaningOf(reversal).meaning) {
    case 'secured':
      return { kind: 'succeeded', money: moneyOf(attempt.amountMinor, attempt.amountMinor), raw };
    case 'declined':
    case 'aborted':
    case 'expired':
      return { kind: 'failed', code: codeOf(reversal), raw };
    default:
      return { kind: 'pending', raw };
  }
}
