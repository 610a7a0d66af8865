import { vippsAccountOf } from '../../../provider-clients/vipps/account.ts';
import { callVipps } from '../../../provider-clients/vipps/call-vipps.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { fetchPayment, pathOf } from './ask.ts';
import { notDoneNow, operationAnswerOf } from './move-money.ts';
import { readPayment, type VippsPayment } from './read-payment.ts';
import { isBusy, isRepeatable, isSecuredAlready, meaningOfState } from './translate.ts';

type Cancellation = Pick<OperationRequest, 'reference'> & { scope: 'unpaid only' | 'reserved' };

/**
 * Ends a payment that is not approved, which Vipps MobilePay refuses once the buyer was faster, or releases
 * what is reserved. A cancellation has no key of its own at the API: where it is refused, the payment is read
 * to see whether an earlier one has done it.
 */
export async function cancelPayment(
  context: MethodContext,
  attempt: AttemptFacts,
  { reference, scope }: Cancellation,
): Promise<OperationAnswer> {
  const answer = await callVipps(context.http, vippsAccountOf(context.settings), {
    method: 'POST',
    path: pathOf(attempt.reference, 'cancel'),
    key: reference,
    body: scope === 'unpaid only' ? { cancelTransactionOnly: true } : {},
  });
  if (answer.kind !== 'refused') return operationAnswerOf(answer);
  const { code, raw, status } = answer;
  if (scope === 'unpaid only' && isSecuredAlready(code)) return { kind: 'already secured', raw };
  if (isBusy(code) || isRepeatable(code)) return notDoneNow(answer);
  // Nothing was made under this reference, so there is nothing left that could be paid.
  if (status === 404 && scope === 'unpaid only') return { kind: 'succeeded', raw };
  const found = await fetchPayment(context, attempt.reference);
  const payment = found.kind === 'done' ? readPayment(found.body) : undefined;
  if (!payment) return { kind: 'unknown', code, raw };
  return scope === 'unpaid only' ? judgeUnpaid(payment, code, raw) : judgeReserved(payment, code, raw);
}

function judgeUnpaid({ state, money }: VippsPayment, code: string, raw: string): OperationAnswer {
  switch (meaningOfState(state).meaning) {
    case 'secured':
      return { kind: 'already secured', raw };
    case 'aborted':
    case 'expired':
      return { kind: 'succeeded', money, raw };
    default:
      return { kind: 'unknown', code, raw };
  }
}

function judgeReserved({ money }: VippsPayment, code: string, raw: string): OperationAnswer {
  const left = money.authorizedMinor - money.capturedMinor - money.cancelledMinor;
  const isDone = left === 0 && money.cancelledMinor > 0;
  return isDone ? { kind: 'succeeded', money, raw } : { kind: 'failed', code, raw };
}
