import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { Evidence, OperationAnswer } from '../../port/provider-answer.ts';
import { askCharge } from './ask-charge.ts';
import {
  agreementPath,
  callRecurring,
  chargePath,
  findAgreementId,
  operationAnswerOf,
} from './call-recurring.ts';

type Cancellation = Pick<OperationRequest, 'reference'> & { scope: 'unpaid only' | 'reserved' };

/**
 * Gives up a charge that is not taken yet, or the agreement that a buyer has not consented to. The API cannot
 * stop an agreement on the condition that it is still pending, so it is read before and after: a buyer who is
 * faster has paid, which is said, and has an agreement that is stopped.
 */
export async function cancelCharge(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: Cancellation,
): Promise<OperationAnswer> {
  const isBeginning = attempt.isAgreement && operation.scope === 'unpaid only';
  return isBeginning
    ? cancelBeginning(context, attempt, operation.reference)
    : cancelLater(context, attempt, operation);
}

async function cancelBeginning(
  context: MethodContext,
  attempt: AttemptFacts,
  key: string,
): Promise<OperationAnswer> {
  const before = await askCharge(context, attempt);
  const verdict = verdictOf(before);
  if (verdict) return verdict;
  const agreementId = before.providerId;
  if (before.meaning !== 'pending' || agreementId === undefined) {
    return { kind: 'unknown', code: before.code ?? 'not told', raw: before.raw };
  }
  const answer = operationAnswerOf(
    await callRecurring(context, 'PATCH', agreementPath(agreementId), { key, body: { status: 'STOPPED' } }),
  );
  if (answer.kind === 'not sent' || answer.kind === 'unknown') return answer;
  const after = await askCharge(context, attempt);
  return verdictOf(after) ?? answer;
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
