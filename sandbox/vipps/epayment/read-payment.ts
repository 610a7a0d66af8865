import type { Answer, Call } from '../answer.ts';
import type { Vipps } from '../vipps.ts';
import { type Payment, showEvent, showPayment } from './payment.ts';
import { refuse } from './problem.ts';

/** `GET /epayment/v1/payments/{reference}` */
export function readPayment(vipps: Vipps, call: Call<undefined>): Answer {
  return withPayment(vipps, call, (payment) => ({ status: 200, body: showPayment(payment) }));
}

/** `GET /epayment/v1/payments/{reference}/events` */
export function readEvents(vipps: Vipps, call: Call<undefined>): Answer {
  return withPayment(vipps, call, (payment) => ({
    status: 200,
    body: payment.events.map((event) => showEvent(payment, event)),
  }));
}

/** Goes on with the payment that the path names; 404 where there is none. */
export function withPayment(
  vipps: Vipps,
  call: Pick<Call<unknown>, 'parameters' | 'msn'>,
  act: (payment: Payment) => Answer,
): Answer {
  const payment = vipps.payments.get(call.parameters['Reference'] ?? '');
  return payment?.msn === call.msn ? act(payment) : refuse(5090, 404);
}
