import { cutText } from '../../../kit/cut-text.ts';
import { dateFormat } from '../../../kit/formats.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { ChargeRequest } from '../../port/payment-request.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { agreementPath, callRecurring } from './call-recurring.ts';
import { refuseChargeAmount, refuseDay } from './charge-rules.ts';
import { longestDescription, reasonOfCode } from './translate.ts';

/** Source: Recurring API, `retryDays` 0 to 14, "use at least 2". */
const [leastRetryDays, mostRetryDays] = [2, 14];
const daySeconds = 86_400;

/**
 * Has an agreement charged on a day to come. Our reference is the charge's id and the key, so that doing it
 * again makes one charge; a lost answer is not known until the charge is asked for. Whoever knows what else
 * is charged in the period asks `refuseCharge` before.
 */
export async function chargeAgreement(context: MethodContext, request: ChargeRequest): Promise<Evidence> {
  const { agreementToken: agreementId, reference } = request;
  if (agreementId === undefined) {
    return { meaning: 'declined', code: 'no agreement', reason: 'not eligible', raw: '' };
  }
  const { askedAt, dueOn } = request;
  const due = dueDay(dueOn, askedAt);
  const obstacle = refuseChargeAmount(request) ?? refuseDay({ dueOn: due, today: dayInNorway(askedAt) });
  if (obstacle) return { meaning: 'declined', code: obstacle.rule, reason: 'not eligible', raw: '' };
  const answer = await callRecurring(context, 'POST', `${agreementPath(agreementId)}/charges`, {
    key: reference,
    body: {
      amount: request.amountMinor,
      description: cutText(request.description, longestDescription),
      due,
      retryDays: retryDaysOf(request.validitySeconds),
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

/** As many days as the charge is valid, within what the API advises and allows. */
export function retryDaysOf(validitySeconds: number): number {
  return Math.min(mostRetryDays, Math.max(leastRetryDays, Math.floor(validitySeconds / daySeconds)));
}

/**
 * The day wanted, but not before tomorrow in Norway: the API takes a charge a day ahead at least.
 */
export function dueDay(wanted: string | undefined, now: Date): string {
  const tomorrow = dayInNorway(new Date(now.getTime() + daySeconds * 1000));
  return wanted !== undefined && wanted > tomorrow ? wanted : tomorrow;
}

function dayInNorway(moment: Date): string {
  return dateFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format(moment);
}
