import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { Evidence, OperationAnswer } from '../../port/provider-answer.ts';
import { refusePrice } from './agreement-rules.ts';
import { agreementPath, callRecurring, operationAnswerOf, rawOf } from './call-recurring.ts';
import { readAgreementStatus } from './read-answers.ts';
import { standingOf } from './translate.ts';

/**
 * Ends an agreement for good; what is due or reserved under it is given up with it. Only an active one can
 * be stopped, so that it is read first: one that has ended is done with, and one that waits for its buyer
 * ends by itself within ten minutes. Source: Recurring API, "Problems", `illegal-agreement-update`.
 */
export async function stopAgreement(
  context: MethodContext,
  { token, reference: key }: { token: string; reference: string },
): Promise<OperationAnswer> {
  const found = await callRecurring(context, 'GET', agreementPath(token));
  const status = found.kind === 'done' ? readAgreementStatus(found.body) : undefined;
  switch (status) {
    case 'ACTIVE':
      break;
    case 'STOPPED':
    case 'EXPIRED':
      return { kind: 'succeeded', raw: rawOf(found) };
    case 'PENDING':
      return { kind: 'not now', code: status, raw: rawOf(found) };
    default:
      return notRead(found);
  }
  // The status must come alone.
  const body = { status: 'STOPPED' };
  const answer = await callRecurring(context, 'PATCH', agreementPath(token), { key, body });
  // Somebody else was faster, or it was stopped by an earlier call whose answer was lost: reading tells.
  return answer.kind === 'refused'
    ? { kind: 'not now', code: answer.code, raw: answer.raw }
    : operationAnswerOf(answer);
}

/** Nothing was stopped, as it was not found out whether it can be. */
function notRead(found: JudgedAnswer): OperationAnswer {
  if (found.kind === 'done') return { kind: 'unknown', code: 'not understood', raw: found.raw };
  return operationAnswerOf(found);
}

type PriceChange = { token: string; reference: string; amountMinor: number; currency: string };

/**
 * Sets the price of an agreement, where the API takes it. Vipps MobilePay asks the buyer for no new consent:
 * we must tell.
 */
export async function changeAgreement(
  context: MethodContext,
  { token, reference: key, amountMinor, currency }: PriceChange,
): Promise<OperationAnswer> {
  const obstacle = refusePrice(amountMinor, currency);
  if (obstacle) return { kind: 'failed', code: obstacle.rule, raw: '' };
  const body = { pricing: { amount: amountMinor } };
  return operationAnswerOf(await callRecurring(context, 'PATCH', agreementPath(token), { key, body }));
}

/** Reads whether an agreement still stands. */
export async function askAgreement(
  context: MethodContext,
  token: string,
): Promise<Pick<Evidence, 'agreement' | 'code' | 'raw'>> {
  const answer = await callRecurring(context, 'GET', agreementPath(token));
  if (answer.kind !== 'done') return { code: answer.code, raw: rawOf(answer) };
  const status = readAgreementStatus(answer.body);
  const state = standingOf(status ?? '');
  return { code: status ?? 'not understood', ...(state && { agreement: { token, state } }), raw: answer.raw };
}
