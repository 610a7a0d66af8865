import type { Answer, Call } from '../answer.ts';
import { refusedAmounts, slowAmount, slowSeconds } from '../magic-values.ts';
import type { Vipps } from '../vipps.ts';
import { decideState, note } from './change-state.ts';
import type { Payment } from './payment.ts';
import { refuse } from './problem.ts';
import { withPayment } from './read-payment.ts';

export type ForceApprove = { customer?: { phoneNumber?: string }; token?: string };

/** How the buyer's approval went: a bank that refuses leaves the payment open for another card. */
export type Approval = 'approved' | 'processing' | 'refused by the bank' | 'past deciding';

export function approvePayment(vipps: Vipps, payment: Payment): Approval {
  if (payment.state !== 'CREATED' || payment.isProcessing) return 'past deciding';
  if (refusedAmounts[payment.amountMinor] !== undefined) {
    note(vipps, payment, 'AUTHORIZED', payment.amountMinor, undefined, false);
    return 'refused by the bank';
  }
  if (payment.amountMinor === slowAmount) {
    vipps.payments.put({ ...payment, isProcessing: true });
    const at = vipps.world.clock.now() + slowSeconds * 1000;
    vipps.later(at, { what: 'settle payment', id: payment.reference });
    return 'processing';
  }
  decideState(vipps, payment, 'AUTHORIZED');
  return 'approved';
}

/** The bank has answered after its hour. */
export function settlePayment(vipps: Vipps, reference: string): void {
  const payment = vipps.payments.get(reference);
  if (payment?.isProcessing) decideState(vipps, payment, 'AUTHORIZED');
}

/** The buyer let the time pass; what is being processed does not expire. */
export function expirePayment(vipps: Vipps, reference: string): void {
  const payment = vipps.payments.get(reference);
  if (payment && !payment.isProcessing) decideState(vipps, payment, 'EXPIRED');
}

/** `POST /epayment/v1/test/payments/{reference}/approve`: the test environment's own app. */
export function forceApprove(vipps: Vipps, call: Call<ForceApprove | undefined>): Answer {
  return withPayment(vipps, call, (payment) => {
    const mobile = call.body?.customer?.phoneNumber;
    if (mobile === undefined && call.body?.token !== payment.token) return refuse(10010);
    const named = mobile === undefined ? payment : { ...payment, mobile };
    const approval = approvePayment(vipps, named);
    if (approval === 'past deciding') return refuse(6230);
    return approval === 'refused by the bank' ? refuse(10010) : { status: 200 };
  });
}
