import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import { vippsAccountOf } from '../../../provider-clients/vipps/account.ts';
import { callVipps, type VippsCall } from '../../../provider-clients/vipps/call-vipps.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { readCharge } from './read-answers.ts';

/** One call of the Recurring API, whose paths begin with its version. */
export function callRecurring(
  { http, settings }: MethodContext,
  method: VippsCall['method'],
  path: string,
  more: Pick<VippsCall, 'key' | 'body'> = {},
): Promise<JudgedAnswer> {
  return callVipps(http, vippsAccountOf(settings), { method, path: `/recurring/v3${path}`, ...more });
}

export function agreementPath(agreementId: string): string {
  return `/agreements/${encodeURIComponent(agreementId)}`;
}

/** Our reference is the charge's id. */
export function chargePath(agreementId: string, reference: string): string {
  return `${agreementPath(agreementId)}/charges/${encodeURIComponent(reference)}`;
}

/** A charge by its id alone, for when its agreement is not known. */
export function loneChargePath(reference: string): string {
  return `/charges/${encodeURIComponent(reference)}`;
}

/** The agreement of an attempt: kept with it, or found by its charge. */
export async function findAgreementId(
  context: MethodContext,
  attempt: AttemptFacts,
): Promise<string | undefined> {
  if (attempt.providerId !== undefined) return attempt.providerId;
  const answer = await callRecurring(context, 'GET', loneChargePath(attempt.reference));
  return answer.kind === 'done' ? readCharge(answer.body)?.agreementId : undefined;
}

/** How an operation went whose answer has no body. */
export function operationAnswerOf(answer: JudgedAnswer): OperationAnswer {
  switch (answer.kind) {
    case 'done':
      // 202: it is taken, and not carried out yet.
      return { kind: answer.status === 202 ? 'pending' : 'succeeded', raw: answer.raw };
    case 'refused':
      return { kind: 'failed', code: answer.code, raw: answer.raw };
    case 'not sent':
      return { kind: 'not sent', code: answer.code };
    case 'unknown':
      return answer;
  }
}

/** What the provider wrote, for the evidence; nothing where it was not asked. */
export function rawOf(answer: JudgedAnswer): string {
  return answer.kind === 'not sent' ? '' : answer.raw;
}
