import type { MethodContext } from '../../port/payment-method.ts';
import type { ChargeRequest } from '../../port/payment-request.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { agreementPath, callRecurring } from './call-recurring.ts';
import { reasonOfCode } from './translate.ts';

const longestDescription = 45;
const mostRetryDays = 14;
const daySeconds = 86_400;

/**
 * Has an agreement charged on a day to come. Our reference is the charge's id and the key, so that doing it
 * again makes one charge; a lost answer is not known until the charge is asked for.
 */
export async function chargeAgreement(context: MethodContext, request: ChargeRequest): Promise<Evidence> {
  const { agreementToken: agreementId, reference } = request;
  if (agreementId === undefined) {
    return { meaning: 'declined', code: 'no agreement', reason: 'not eligible', raw: '' };
  }
  const answer = await callRecurring(context, 'POST', `${agreementPath(agreementId)}/charges`, {
    key: reference,
    body: {
      amount: request.amountMinor,
      description: [...request.description].slice(0, longestDescription).join(''),
      due: dueDay(request.dueOn, new Date()),
      retryDays: Math.min(mostRetryDays, Math.floor(request.validitySeconds / daySeconds)),
      transactionType: 'DIRECT_CAPTURE',
      type: 'RECURRING',
      orderId: reference,
      externalId: reference,
    },
  });
  const providerId = agreementId;
  switch (answer.kind) {
    case 'done':
      return { meaning: 'pending', providerId, raw: answer.raw };
    case 'refused': {
      const { code, raw, status } = answer;
      // The charge is there already, by an earlier call.
      if (status === 409) return { meaning: 'unknown', code, providerId, raw };
      return { meaning: 'declined', code, reason: reasonOfCode(status, code), providerId, raw };
    }
    case 'not sent':
      return { meaning: 'not_sent', code: answer.code, raw: '' };
    case 'unknown':
      return { meaning: 'unknown', code: answer.code, providerId, raw: answer.raw };
  }
}

/**
 * The day wished for, but not before tomorrow in Norway: the API takes a charge a day ahead at least.
 */
export function dueDay(wished: string | undefined, now: Date): string {
  const tomorrow = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format(
    now.getTime() + daySeconds * 1000,
  );
  return wished !== undefined && wished > tomorrow ? wished : tomorrow;
}
