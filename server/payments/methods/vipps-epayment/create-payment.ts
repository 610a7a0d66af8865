import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import { vippsAccountOf } from '../../../provider-clients/vipps/account.ts';
import { callVipps } from '../../../provider-clients/vipps/call-vipps.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { PaymentRequest } from '../../port/payment-request.ts';
import { isPushRefused, isTaken } from './translate.ts';

/**
 * Makes the payment. What it could do without never blocks it: a number that nobody who may pay has, or lines
 * that the API finds wrong, are left out of a second call. A refusal stays with its key, so that this has its
 * own; the reference is the same, as nothing was made under it. Source: ePayment API, codes 4070 and 7010.
 */
export async function createPayment(
  context: MethodContext,
  request: Payment,
  flow: object,
  optional: object,
): Promise<JudgedAnswer> {
  const answer = await send(context, request, { ...flow, ...optional }, request.reference);
  if (answer.kind !== 'refused' || Object.keys(optional).length === 0) return answer;
  if (isTaken(answer.status, answer.code) || isPushRefused(answer.code)) return answer;
  return send(context, request, flow, `${request.reference}-bare`);
}

type Payment = Omit<PaymentRequest, 'agreement'>;

function send(
  { http, settings }: MethodContext,
  { reference, amountMinor, currency, description }: Payment,
  more: object,
  key: string,
): Promise<JudgedAnswer> {
  return callVipps(http, vippsAccountOf(settings), {
    method: 'POST',
    path: '/epayment/v1/payments',
    key,
    body: {
      amount: { currency, value: amountMinor },
      paymentMethod: { type: 'WALLET' },
      reference,
      paymentDescription: describe(description),
      ...more,
    },
  });
}

/** The API wants 3 characters at least. */
function describe(description: string): string {
  return description.length < 3 ? `Order ${description}`.trim() : description;
}

/** The lines are shown in the app; they are left out where they are not the whole amount. */
export function receiptOf({ lines, amountMinor, currency }: Payment): object {
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
