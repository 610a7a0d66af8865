import { cutText } from '../../../kit/cut-text.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { callRecurring, chargePath, findAgreementId, operationAnswerOf } from './call-recurring.ts';
import { readCharge } from './read-answers.ts';
import { longestDescription } from './translate.ts';

/** Captures or refunds; the operation's reference is the key, so that it is done once. */
export async function moveMoney(
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
        description: cutText(description || what, longestDescription),
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
