import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { moveMoney } from './move-money.ts';

/** Takes reserved money. Kustom counts it as an acknowledgement too. */
export function capture(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
): Promise<OperationAnswer> {
  return moveMoney(context, attempt, operation, {
    folder: 'captures',
    sum: { captured_amount: operation.amountMinor },
  });
}
