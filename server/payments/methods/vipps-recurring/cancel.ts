import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { Evidence, OperationAnswer } from '../../port/provider-answer.ts';
import { askCharge } from './ask.ts';
import { callRecurring, chargePath, findAgreementId, operationAnswerOf } from './call-recurring.ts';

type Cancellation = Pick<OperationRequest, 'reference'> & { scope: 'unpaid only' | 'reserved' };

/**
 * Gives up a charge that is not taken yet. An agreement that its buyer has not consented to cannot be given
 * up: the API stops active ones only, and this one expires by itself within ten minutes, so that its end is
 * waited for. A buyer who consents meanwhile has paid, which is said. Source: Recurring API, "Problems",
 * `illegal-agreement-update`.
 */
export async function cancelCharge(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: Cancellation,
): Promise<OperationAnswer> {
  const isBeginning = attempt.isAgreement && operation.scope === 'unpaid only';
  return isBeginning ? waitForEnd(context, attempt) : cancelLater(context, attempt, operation);
}

async function waitForEnd(context: MethodContext, attempt: AttemptFacts): Promise<OperationAnswer> {
  const found = await askCharge(context, attempt);
  const { code = 'not told', meaning, raw } = found;
  return verdictOf(found) ?? { kind: meaning === 'pending' ? 'not now' : 'unknown', code, raw };
}

async function cancelLater(
  context: MethodContext,
  attempt: AttemptFacts,
  { reference: key, scope }: Cancellation,
): Promise<OperationAnswer> {
  const agreementId = await findAgreementId(context, attempt);
  if (agreementId === undefined) return { kind: 'not sent', code: 'no agreement' };
  const before = await askCharge(context, attempt);
  if (scope === 'unpaid only') {
    // Deleting would release what is reserved, too.
    const verdict = verdictOf(before);
    if (verdict) return verdict;
  }
  const path = chargePath(agreementId, attempt.reference);
  const answer = operationAnswerOf(await callRecurring(context, 'DELETE', path, { key }));
  if (answer.kind === 'not sent' || answer.kind === 'unknown') return answer;
  const after = await askCharge(context, attempt);
  const { money, raw } = after;
  if (scope === 'unpaid only') return verdictOf(after) ?? answer;
  return answer.kind === 'succeeded' && money ? { kind: 'succeeded', money, raw } : answer;
}

/** What is decided by now; nothing while it is open or not known. */
function verdictOf(evidence: Evidence): OperationAnswer | undefined {
  const { money, raw } = evidence;
  switch (evidence.meaning) {
    case 'secured':
      return { kind: 'already secured', raw };
    case 'declined':
    case 'aborted':
    case 'expired':
    case 'not_sent':
      return { kind: 'succeeded', ...(money && { money }), raw };
    case 'pending':
    case 'unknown':
      return undefined;
  }
}
