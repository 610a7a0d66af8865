import type { Answer, Call } from './answer.ts';
import { createPayment } from './epayment/create-payment.ts';
import { forceApprove } from './epayment/decide-payment.ts';
import { cancelPayment, capturePayment, refundPayment } from './epayment/move-money.ts';
import { readEvents, readPayment } from './epayment/read-payment.ts';
import { changeAgreement } from './recurring/change-agreement.ts';
import { createCharge } from './recurring/create-charge.ts';
import { forceAccept } from './recurring/decide-agreement.ts';
import { draftAgreement } from './recurring/draft-agreement.ts';
import {
  captureCharge,
  deleteCharge,
  listCharges,
  readCharge,
  refundCharge,
} from './recurring/move-charge.ts';
import { listAgreements, readAgreement } from './recurring/read-agreement.ts';
import type { Vipps } from './vipps.ts';
import { deleteWebhook, listWebhooks, registerWebhook } from './webhooks/register-webhook.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** An operation as its specification spells it; `act` is only called with a body that fits it. */
export type Operation = {
  method: Method;
  path: string;
  act: (vipps: Vipps, call: Call<unknown>) => Answer;
};

const payments = '/epayment/v1/payments';
const agreements = '/recurring/v3/agreements';
const charges = `${agreements}/{agreementId}/charges`;

export const operations: readonly Operation[] = [
  operation('POST', payments, createPayment),
  operation('GET', `${payments}/{Reference}`, readPayment),
  operation('GET', `${payments}/{Reference}/events`, readEvents),
  operation('POST', `${payments}/{Reference}/capture`, capturePayment),
  operation('POST', `${payments}/{Reference}/cancel`, cancelPayment),
  operation('POST', `${payments}/{Reference}/refund`, refundPayment),
  operation('POST', '/epayment/v1/test/payments/{Reference}/approve', forceApprove),
  operation('POST', agreements, draftAgreement),
  operation('GET', agreements, listAgreements),
  operation('GET', `${agreements}/{agreementId}`, readAgreement),
  operation('PATCH', `${agreements}/{agreementId}`, changeAgreement),
  operation('PATCH', `${agreements}/{agreementId}/accept`, forceAccept),
  operation('POST', charges, createCharge),
  operation('GET', charges, listCharges),
  operation('GET', `${charges}/{chargeId}`, readCharge),
  operation('DELETE', `${charges}/{chargeId}`, deleteCharge),
  operation('POST', `${charges}/{chargeId}/capture`, captureCharge),
  operation('POST', `${charges}/{chargeId}/refund`, refundCharge),
  operation('GET', '/recurring/v3/charges/{chargeId}', readCharge),
  operation('POST', '/webhooks/v1/webhooks', registerWebhook),
  operation('GET', '/webhooks/v1/webhooks', listWebhooks),
  operation('DELETE', '/webhooks/v1/webhooks/{id}', deleteWebhook),
];

function operation<Body>(
  method: Method,
  path: string,
  act: (vipps: Vipps, call: Call<Body>) => Answer,
): Operation {
  // The contract was checked before, and the type says what it lets through.
  return { method, path, act: (vipps, call) => act(vipps, call as Call<Body>) };
}
