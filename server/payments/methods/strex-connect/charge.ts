import type { MethodContext } from '../../port/payment-method.ts';
import type { ChargeRequest, ConfirmRequest } from '../../port/payment-request.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { askTransaction } from './ask.ts';
import { need, postTransaction } from './strex-api.ts';

const longestTimeoutMinutes = 1440;

/** How Strex is sure of the reader: by the answer to a message, or by the code from one. */
type Proof = { smsConfirmation: true } | { oneTimePassword: string };

/** Asks the reader by a message, and puts the price on the phone bill when the reader says OK. */
export function charge(context: MethodContext, request: ChargeRequest): Promise<Evidence> {
  return makeTransaction(context, request, { smsConfirmation: true });
}

/** Puts the price on the phone bill of the reader who has typed the code. */
export function confirm(context: MethodContext, { code, ...request }: ConfirmRequest): Promise<Evidence> {
  return makeTransaction(context, request, { oneTimePassword: code });
}

/**
 * Our reference is the transaction's id, which Strex takes once; so a refusal is read back, and a transaction
 * that was there already is not mistaken for one that is refused.
 */
async function makeTransaction(
  context: MethodContext,
  request: ChargeRequest,
  proof: Proof,
): Promise<Evidence> {
  const body = { ...bodyOf(context, request), ...proof };
  const answer = await postTransaction(context.http, context.settings, body);
  if (answer.kind === 'not sent') return { meaning: 'not_sent', code: answer.code, raw: '' };
  if (answer.kind === 'unknown') return { meaning: 'unknown', code: answer.code, raw: '' };
  const { status, raw } = answer;
  const code = `status ${status}`;
  if (status >= 200 && status < 300) return { meaning: 'pending', providerId: request.reference, raw };
  if (status === 429) return { meaning: 'not_sent', code, raw };
  if (status === 401 || status === 403) return { meaning: 'declined', code: 'wrong key', raw };
  if (status < 400 || status === 408 || status >= 500) return { meaning: 'unknown', code, raw };
  const { amountMinor, reference } = request;
  const asked = await askTransaction(context, { reference, amountMinor, refundedMinor: undefined });
  return asked.meaning === 'not_sent' ? { meaning: 'declined', code, raw } : asked;
}

function bodyOf({ settings }: MethodContext, request: ChargeRequest): object {
  const { businessModel } = settings;
  return {
    transactionId: request.reference,
    merchantId: need(settings, 'merchantId'),
    shortNumber: need(settings, 'shortNumber'),
    recipient: request.mobile ?? '',
    price: request.amountMinor / 100,
    serviceCode: need(settings, 'serviceCode'),
    ...(businessModel && { businessModel }),
    invoiceText: request.description,
    deliveryMode: 'AtMostOnce',
    timeout: Math.min(Math.max(1, Math.floor(request.validitySeconds / 60)), longestTimeoutMinutes),
    ...(request.noticeUrl && { deliveryReportUrl: request.noticeUrl }),
  };
}
