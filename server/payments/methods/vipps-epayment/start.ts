import { msisdnOf } from '../../../provider-clients/vipps/msisdn.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { StartRequest } from '../../port/payment-request.ts';
import type { Started } from '../../port/provider-answer.ts';
import { createPayment, receiptOf } from './create-payment.ts';
import { readCreated } from './read-payment.ts';
import { isTaken, reasonOfCode } from './translate.ts';

/**
 * Makes a payment that the browser is sent to. The reference is also the key, so that doing it again answers
 * the same address; a lost answer has made a payment that nobody knows of and that expires in ten minutes.
 */
export async function startPayment(context: MethodContext, request: StartRequest): Promise<Started> {
  const { returnUrl } = request;
  const phoneNumber = msisdnOf(request.mobile);
  const known = phoneNumber === undefined ? {} : { customer: { phoneNumber } };
  const flow = { userFlow: 'WEB_REDIRECT', returnUrl };
  const answer = await createPayment(context, request, flow, { ...known, ...receiptOf(request) });
  switch (answer.kind) {
    case 'done': {
      const url = readCreated(answer.body)?.redirectUrl;
      if (url === undefined) return { kind: 'unknown', code: 'no address', raw: answer.raw };
      return {
        kind: 'started',
        providerId: request.reference,
        buyer: { to: 'address', url },
        raw: answer.raw,
      };
    }
    case 'refused': {
      const { code, raw, status } = answer;
      if (isTaken(status, code)) return { kind: 'unknown', code, raw };
      return { kind: 'refused', code, reason: reasonOfCode(code), raw };
    }
    case 'not sent':
      return { kind: 'not sent', code: answer.code };
    case 'unknown':
      return answer;
  }
}
