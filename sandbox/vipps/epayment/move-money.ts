import type { Answer, Call } from '../answer.ts';
import { refusedRefunds } from '../magic-values.ts';
import type { Vipps } from '../vipps.ts';
import { decideState, note } from './change-state.ts';
import { isTooSmall } from './create-payment.ts';
import { type Payment, showTotals } from './payment.ts';
import { type EpaymentCode, refuse } from './problem.ts';
import { withPayment } from './read-payment.ts';

type Amount = { currency: string; value: number };
export type Modification = { modificationAmount: Amount };
export type Cancellation = { cancelTransactionOnly?: boolean } | undefined;

const captureDays = 180;
const refundDays = 365;

/** `POST /epayment/v1/payments/{reference}/capture` */
export function capturePayment(vipps: Vipps, call: Call<Modification>): Answer {
  return withPayment(vipps, call, (payment) => {
    const { modificationAmount } = call.body;
    const obstacle = obstacleToCapture(payment, modificationAmount, daysSince(vipps, payment));
    if (obstacle) return refuse(obstacle);
    const { value } = modificationAmount;
    const capturedMinor = payment.capturedMinor + value;
    return done(note(vipps, { ...payment, capturedMinor }, 'CAPTURED', value, call.key));
  });
}

function obstacleToCapture(payment: Payment, amount: Amount, days: number): EpaymentCode | undefined {
  if (amount.currency !== payment.currency) return 5040;
  if (payment.state === 'CREATED') return 6080;
  if (payment.state !== 'AUTHORIZED') return 6200;
  const left = leftMinor(payment);
  if (left === 0) return payment.capturedMinor > 0 ? 6170 : 6070;
  if (isTooSmall(amount)) return 6010;
  if (days > captureDays) return 6100;
  return amount.value > left ? 6090 : undefined;
}

/** `POST /epayment/v1/payments/{reference}/cancel`: ends what is not approved, or releases what is left. */
export function cancelPayment(vipps: Vipps, call: Call<Cancellation>): Answer {
  return withPayment(vipps, call, (payment) => {
    const obstacle = obstacleToCancel(payment, call.body?.cancelTransactionOnly ?? false);
    if (obstacle) return refuse(obstacle);
    if (decideState(vipps, payment, 'TERMINATED', call.key)) {
      return done(vipps.payments.get(payment.reference) ?? payment);
    }
    if (daysSince(vipps, payment) > captureDays) return refuse(6030);
    const left = leftMinor(payment);
    const cancelledMinor = payment.cancelledMinor + left;
    return done(note(vipps, { ...payment, cancelledMinor }, 'CANCELLED', left, call.key));
  });
}

function obstacleToCancel(payment: Payment, transactionOnly: boolean): EpaymentCode | undefined {
  if (payment.isProcessing) return 6250;
  if (payment.state === 'CREATED') return undefined;
  if (payment.state !== 'AUTHORIZED') return 6190;
  if (transactionOnly) return 6060;
  if (leftMinor(payment) > 0) return undefined;
  return payment.capturedMinor > 0 ? 6040 : 6190;
}

/** `POST /epayment/v1/payments/{reference}/refund` */
export function refundPayment(vipps: Vipps, call: Call<Modification>): Answer {
  return withPayment(vipps, call, (payment) => {
    const { currency, value } = call.body.modificationAmount;
    return currency === payment.currency ? refund(vipps, payment, value, call.key) : refuse(5040);
  });
}

/** Gives back captured money, as the API and the merchant's portal both can. */
export function refund(vipps: Vipps, payment: Payment, value: number, key?: string): Answer {
  const obstacle = obstacleToRefund(payment, value, daysSince(vipps, payment));
  if (obstacle) return refuse(obstacle);
  const refundedMinor = payment.refundedMinor + value;
  const kept = note(vipps, { ...payment, refundedMinor }, 'REFUNDED', value, key);
  vipps.world.ledger.bookRefund({
    provider: 'vipps',
    id: kept.events.at(-1)?.pspReference ?? '',
    chargeId: payment.reference,
    reference: key ?? '',
    amountMinor: value,
    currency: payment.currency,
    bookedAt: vipps.world.clock.timestamp(),
  });
  return done(kept);
}

function obstacleToRefund(payment: Payment, value: number, days: number): EpaymentCode | undefined {
  if (payment.state === 'CREATED') return 6020;
  if (payment.state !== 'AUTHORIZED') return 6210;
  if (value === refusedRefunds.noAccount) return 6210;
  if (value === refusedRefunds.tooLate || days > refundDays) return 6220;
  const refundable = payment.capturedMinor - payment.refundedMinor;
  if (refundable === 0 && payment.refundedMinor > 0) return 6180;
  return value > refundable ? 6150 : undefined;
}

function leftMinor(payment: Payment): number {
  return payment.authorizedMinor - payment.capturedMinor - payment.cancelledMinor;
}

function daysSince(vipps: Vipps, payment: Payment): number {
  return (vipps.world.clock.now() - Date.parse(payment.decidedAt ?? payment.createdAt)) / 86_400_000;
}

function done(payment: Payment): Answer {
  return { status: 200, body: showTotals(payment) };
}
