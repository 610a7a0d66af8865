import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { moveMoney } from './move-money.ts';

/** Takes what a charge has reserved, once for a reference. */
export function captureCharge(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
): Promise<OperationAnswer> {
  return moveMoney(context, attempt, operation, 'capture');
}
