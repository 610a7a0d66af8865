import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import { vippsAccountOf } from '../../../provider-clients/vipps/account.ts';
import { callVipps } from '../../../provider-clients/vipps/call-vipps.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { pathOf } from './ask.ts';
import { readPayment } from './read-payment.ts';
import { isBusy, isRepeatable } from './translate.ts';

/** Captures or refunds; the operation's reference is the key, so that it is done once. */
export async function moveMoney(
  { http, settings }: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
  what: 'capture' | 'refund',
): Promise<OperationAnswer> {
  const { reference: key, amountMinor: value } = operation;
  const answer = await callVipps(http, vippsAccountOf(settings), {
    method: 'POST',
    path: pathOf(attempt.reference, what),
    key,
    body: { modificationAmount: { currency: attempt.currency, value } },
  });
  return operationAnswerOf(answer);
}

export function operationAnswerOf(answer: JudgedAnswer): OperationAnswer {
  switch (answer.kind) {
    case 'done': {
      const money = readPayment(answer.body)?.money;
      return { kind: 'succeeded', ...(money && { money }), raw: answer.raw };
    }
    case 'refused':
      return notDoneNow(answer);
    case 'not sent':
      return { kind: 'not sent', code: answer.code };
    case 'unknown':
      return answer;
  }
}

/** A refusal stays with its key, so that what may be done later needs another; one code says otherwise. */
export function notDoneNow({ code, raw }: Extract<JudgedAnswer, { kind: 'refused' }>): OperationAnswer {
  if (isRepeatable(code)) return { kind: 'not sent', code };
  return isBusy(code) ? { kind: 'not now', code, raw } : { kind: 'failed', code, raw };
}
