import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import { needSetting } from '../../../kit/need-setting.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { ChargeRequest, ConfirmRequest } from '../../port/payment-request.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { askTransaction } from './ask.ts';
import { postTransaction } from './call-strex.ts';

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
  switch (answer.kind) {
    case 'done':
      return { meaning: 'pending', providerId: request.reference, raw: answer.raw };
    case 'refused':
      return readBack(context, request, answer);
    case 'not sent':
      return { meaning: 'not_sent', code: answer.code, raw: '' };
    case 'unknown':
      return { meaning: 'unknown', code: answer.code, raw: answer.raw };
  }
}

async function readBack(
  context: MethodContext,
  { amountMinor, reference }: ChargeRequest,
  { status, code, raw }: Extract<JudgedAnswer, { kind: 'refused' }>,
): Promise<Evidence> {
  if (status === 401 || status === 403) return { meaning: 'declined', code: 'wrong key', raw };
  const asked = await askTransaction(context, { reference, amountMinor, refundedMinor: undefined });
  return asked.meaning === 'not_sent' ? { meaning: 'declined', code, raw } : asked;
}

function bodyOf({ settings }: MethodContext, request: ChargeRequest): object {
  const { businessModel } = settings;
  return {
    transactionId: request.reference,
    merchantId: needSetting(settings, 'merchantId'),
    shortNumber: needSetting(settings, 'shortNumber'),
    recipient: request.mobile ?? '',
    price: request.amountMinor / 100,
    serviceCode: needSetting(settings, 'serviceCode'),
    ...(businessModel && { businessModel }),
    invoiceText: request.description,
    deliveryMode: 'AtMostOnce',
    timeout: Math.min(Math.max(1, Math.floor(request.validitySeconds / 60)), longestTimeoutMinutes),
  };
}
