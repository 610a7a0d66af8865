import { msisdnOf } from '../../../provider-clients/vipps/msisdn.ts';
import type { MethodContext, MethodSettings } from '../../port/payment-method.ts';
import type { ChargeRequest } from '../../port/payment-request.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { createPayment, receiptOf } from './create-payment.ts';
import { isPushRefused, isTaken, reasonOfCode } from './translate.ts';

/**
 * Asks for the money in the app of a buyer who is not at our screen, where the account is set to: Vipps
 * MobilePay must have approved it. Without approval the buyer can still pay in the browser. A lost answer is
 * not known; the same reference may be sent again, as it makes one payment.
 */
export async function pushPayment(context: MethodContext, request: ChargeRequest): Promise<Evidence> {
  const { reference, returnUrl } = request;
  const phoneNumber = msisdnOf(request.mobile);
  if (phoneNumber === undefined) {
    return { meaning: 'declined', code: 'no mobile', reason: 'not eligible', raw: '' };
  }
  if (!maySendPush(context.settings)) return { ...onlyInBrowser, code: 'push is off', raw: '' };
  const flow = { userFlow: 'PUSH_MESSAGE', ...(returnUrl !== '' && { returnUrl }) };
  const asked = { ...flow, customer: { phoneNumber } };
  const answer = await createPayment(context, request, asked, receiptOf(request));
  switch (answer.kind) {
    case 'done':
      return { meaning: 'pending', providerId: reference, raw: answer.raw };
    case 'refused': {
      const { code, raw, status } = answer;
      if (isTaken(status, code)) return { meaning: 'unknown', code, raw };
      if (isPushRefused(code)) return { ...onlyInBrowser, code, raw };
      return { meaning: 'declined', code, reason: reasonOfCode(code), raw };
    }
    case 'not sent':
      return { meaning: 'not_sent', code: answer.code, raw: '' };
    case 'unknown':
      return { meaning: 'unknown', code: answer.code, raw: answer.raw };
  }
}

/** Whether the account asks in the app of a buyer who is not at a screen; not unless it is set to. */
export function maySendPush(settings: MethodSettings): boolean {
  return settings['pushMessages'] === 'yes';
}

const onlyInBrowser = { meaning: 'declined', needsBuyer: true } as const;
