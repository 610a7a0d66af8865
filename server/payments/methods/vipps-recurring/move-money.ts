import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { callRecurring, chargePath, findAgreementId, operationAnswerOf } from './call-recurring.ts';
import { readCharge } from './read-answers.ts';

const longestDescription = 45;

/** Takes what a charge has reserved; the operation's reference is the key, so it is taken once. */
export function captureCharge(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
): Promise<OperationAnswer> {
  return move(context, attempt, operation, 'capture');
}

/** Gives back what a charge has taken, once for a reference. The agreement goes on. */
export function refundCharge(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
): Promise<OperationAnswer> {
  return move(context, attempt, operation, 'refund');
}

async function move(
  context: MethodContext,
  attempt: AttemptFacts,
  { reference: key, amountMinor, description }: OperationRequest,
  what: 'capture' | 'refund',
): Promise<OperationAnswer> {
  const agreementId = await findAgreementId(context, attempt);
  if (agreementId === undefined) return { kind: 'not sent', code: 'no agreement' };
  const path = chargePath(agreementId, attempt.reference);
  const answer = operationAnswerOf(
    await callRecurring(context, 'POST', `${path}/${what}`, {
      key,
      body: {
        amount: amountMinor,
        description: [...(description || what)].slice(0, longestDescription).join(''),
      },
    }),
  );
  if (answer.kind !== 'succeeded') return answer;
  // The answer has no body: the charge is read for its sums.
  const found = await callRecurring(context, 'GET', path);
  const charge = found.kind === 'done' ? readCharge(found.body) : undefined;
  return charge && found.kind === 'done'
    ? { kind: 'succeeded', money: charge.money, raw: found.raw }
    : answer;
}
