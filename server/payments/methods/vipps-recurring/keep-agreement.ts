import type { MethodContext } from '../../port/payment-method.ts';
import type { Evidence, OperationAnswer } from '../../port/provider-answer.ts';
import { agreementPath, callRecurring, operationAnswerOf } from './call-recurring.ts';
import { readAgreementStatus } from './read-answers.ts';
import { standingOf } from './translate.ts';

/**
 * Ends an agreement for good; what is due or reserved under it is given up with it. Doing it again changes
 * nothing.
 */
export async function stopAgreement(
  context: MethodContext,
  { token, reference: key }: { token: string; reference: string },
): Promise<OperationAnswer> {
  // The status must come alone.
  const body = { status: 'STOPPED' };
  return operationAnswerOf(await callRecurring(context, 'PATCH', agreementPath(token), { key, body }));
}

/** Sets the price of an agreement. Vipps MobilePay asks the buyer for no new consent: we must tell. */
export async function changeAgreement(
  context: MethodContext,
  { token, reference: key, amountMinor }: { token: string; reference: string; amountMinor: number },
): Promise<OperationAnswer> {
  const body = { pricing: { amount: amountMinor } };
  return operationAnswerOf(await callRecurring(context, 'PATCH', agreementPath(token), { key, body }));
}

/** Reads whether an agreement still stands. */
export async function askAgreement(
  context: MethodContext,
  token: string,
): Promise<Pick<Evidence, 'agreement' | 'code' | 'raw'>> {
  const answer = await callRecurring(context, 'GET', agreementPath(token));
  if (answer.kind !== 'done') return { code: answer.code, raw: answer.kind === 'not sent' ? '' : answer.raw };
  const status = readAgreementStatus(answer.body);
  const state = standingOf(status ?? '');
  return { code: status ?? 'not understood', ...(state && { agreement: { token, state } }), raw: answer.raw };
}
