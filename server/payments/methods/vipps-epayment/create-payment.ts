import { vippsAccountOf } from '../../../provider-clients/vipps/account.ts';
import { callVipps, type VippsAnswer } from '../../../provider-clients/vipps/call-vipps.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { ChargeRequest, PaymentRequest, StartRequest } from '../../port/payment-request.ts';
import type { Evidence, Started } from '../../port/provider-answer.ts';
import { readCreated } from './read-payment.ts';
import { isTaken, reasonOfCode } from './translate.ts';

/**
 * Makes a payment that the browser is sent to. The reference is also the key, so that doing it again answers
 * the same address; a lost answer has made a payment that nobody knows of and that expires in ten minutes.
 */
export async function startPayment(context: MethodContext, request: StartRequest): Promise<Started> {
  const { mobile, returnUrl } = request;
  const answer = await create(context, request, {
    userFlow: 'WEB_REDIRECT',
    returnUrl,
    ...(mobile !== undefined && { customer: { phoneNumber: msisdnOf(mobile) } }),
  });
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

/**
 * Asks for the money in the app of a buyer who is not at our screen. A lost answer is not known; the same
 * reference may be sent again, as it makes one payment.
 */
export async function pushPayment(context: MethodContext, request: ChargeRequest): Promise<Evidence> {
  const { mobile, reference, returnUrl } = request;
  if (mobile === undefined) {
    return { meaning: 'declined', code: 'no mobile', reason: 'not eligible', raw: '' };
  }
  const answer = await create(context, request, {
    userFlow: 'PUSH_MESSAGE',
    ...(returnUrl !== '' && { returnUrl }),
    customer: { phoneNumber: msisdnOf(mobile) },
  });
  switch (answer.kind) {
    case 'done':
      return { meaning: 'pending', providerId: reference, raw: answer.raw };
    case 'refused': {
      const { code, raw, status } = answer;
      if (isTaken(status, code)) return { meaning: 'unknown', code, raw };
      return { meaning: 'declined', code, reason: reasonOfCode(code), raw };
    }
    case 'not sent':
      return { meaning: 'not_sent', code: answer.code, raw: '' };
    case 'unknown':
      return { meaning: 'unknown', code: answer.code, raw: answer.raw };
  }
}

function create(
  { http, settings }: MethodContext,
  request: Omit<PaymentRequest, 'agreement'>,
  flow: object,
): Promise<VippsAnswer> {
  const { reference, amountMinor, currency } = request;
  return callVipps(http, vippsAccountOf(settings), {
    method: 'POST',
    path: '/epayment/v1/payments',
    key: reference,
    body: {
      amount: { currency, value: amountMinor },
      paymentMethod: { type: 'WALLET' },
      reference,
      paymentDescription: describe(request.description),
      ...flow,
      ...receiptOf(request),
    },
  });
}

/** The API wants 3 characters at least. */
function describe(description: string): string {
  return description.length < 3 ? `Order ${description}`.trim() : description;
}

/** The lines are shown in the app; they are left out where they are not the whole amount. */
function receiptOf({ lines, amountMinor, currency }: Omit<PaymentRequest, 'agreement'>): object {
  const sum = lines.reduce((total, line) => total + line.amountMinor, 0);
  if (lines.length === 0 || sum !== amountMinor) return {};
  const orderLines = lines.map((line) => ({
    id: line.reference,
    name: line.name,
    totalAmount: line.amountMinor,
    totalAmountExcludingTax: line.amountMinor - line.vatMinor,
    totalTaxAmount: line.vatMinor,
    taxRate: line.vatBasisPoints,
    unitInfo: { unitPrice: line.unitPriceMinor, quantity: String(line.quantity), quantityUnit: 'PCS' },
  }));
  return { receipt: { orderLines, bottomLine: { currency } } };
}

/** Digits only, with the country's. */
function msisdnOf(mobile: string): string {
  return mobile.replace(/\D/g, '');
}
