import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { moveMoney } from './move-money.ts';

/** Gives back what a charge has taken, once for a reference. The agreement goes on. */
export function refundCharge(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
): Promise<OperationAnswer> {
  return moveMoney(context, attempt, operation, 'refund');
}
