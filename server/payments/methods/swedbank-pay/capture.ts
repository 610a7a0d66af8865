import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { amountOf, moveMoney } from './move-money.ts';

/** Takes reserved money, all or part of it. */
export function captureOrder(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
): Promise<OperationAnswer> {
  return moveMoney(context, attempt, amountOf('capture', operation));
}
