import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { moveMoney } from './move-money.ts';

/** Gives back captured money, from all captures taken together. */
export function refund(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
): Promise<OperationAnswer> {
  return moveMoney(context, attempt, operation, {
    folder: 'refunds',
    sum: { refunded_amount: operation.amountMinor },
  });
}
