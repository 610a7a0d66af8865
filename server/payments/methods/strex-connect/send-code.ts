import type { MethodContext } from '../../port/payment-method.ts';
import type { StartRequest } from '../../port/payment-request.ts';
import type { Started } from '../../port/provider-answer.ts';
import { need, postOneTimePassword } from './strex-api.ts';

const longestMinutes = 1440;

/**
 * Has Strex send a code to the reader's mobile, for the transaction with our reference. Takes nothing: there
 * is no transaction before one is made with the code.
 */
export async function sendCode(context: MethodContext, request: StartRequest): Promise<Started> {
  const { http, settings } = context;
  const answer = await postOneTimePassword(http, settings, {
    transactionId: request.reference,
    merchantId: need(settings, 'merchantId'),
    recipient: request.mobile ?? '',
    recurring: false,
    messagePrefix: `${request.description}:`,
    timeToLive: Math.min(Math.max(1, Math.floor(request.windowSeconds / 60)), longestMinutes),
  });
  if (answer.kind === 'not sent') return { kind: 'not sent', code: answer.code };
  if (answer.kind === 'unknown') return { kind: 'unknown', code: answer.code, raw: '' };
  const { status, raw } = answer;
  const code = `status ${status}`;
  if (status >= 200 && status < 300) {
    return { kind: 'started', providerId: request.reference, buyer: { to: 'code' }, raw };
  }
  if (status === 429) return { kind: 'not sent', code };
  if (status === 401 || status === 403) {
    return { kind: 'refused', code: 'wrong key', reason: 'try again later', raw };
  }
  if (status < 400 || status === 408 || status >= 500) return { kind: 'unknown', code, raw };
  return { kind: 'refused', code, reason: 'not eligible', raw };
}
