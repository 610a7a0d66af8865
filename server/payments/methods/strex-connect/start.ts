import { needSetting } from '../../../kit/need-setting.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { StartRequest } from '../../port/payment-request.ts';
import type { Started } from '../../port/provider-answer.ts';
import { postOneTimePassword } from './call-strex.ts';

const longestMinutes = 1440;

/**
 * Has Strex send a code to the reader's mobile, for the transaction with our reference. Takes nothing: there
 * is no transaction before one is made with the code.
 */
export async function sendCode(context: MethodContext, request: StartRequest): Promise<Started> {
  const { http, settings } = context;
  const answer = await postOneTimePassword(http, settings, {
    transactionId: request.reference,
    merchantId: needSetting(settings, 'merchantId'),
    recipient: request.mobile ?? '',
    recurring: false,
    messagePrefix: `${request.description}:`,
    timeToLive: Math.min(Math.max(1, Math.floor(request.windowSeconds / 60)), longestMinutes),
  });
  switch (answer.kind) {
    case 'done':
      return { kind: 'started', providerId: request.reference, buyer: { to: 'code' }, raw: answer.raw };
    case 'refused': {
      const { status, code, raw } = answer;
      return status === 401 || status === 403
        ? { kind: 'refused', code: 'wrong key', reason: 'try again later', raw }
        : { kind: 'refused', code, reason: 'not eligible', raw };
    }
    case 'not sent':
    case 'unknown':
      return answer;
  }
}
