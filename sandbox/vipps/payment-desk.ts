import type { Decision, PaymentDesk, PhoneAsk } from '../control/payment-desk.ts';
import { BadInput } from '../kit/bad-input.ts';
import { recipientKey } from '../kit/recipient.ts';
import { decideState } from './epayment/change-state.ts';
import { approvePayment } from './epayment/decide-payment.ts';
import type { Payment } from './epayment/payment.ts';
import type { Agreement } from './recurring/agreement.ts';
import { stopAgreement } from './recurring/change-agreement.ts';
import { failCharge, isRefused, payCharge } from './recurring/change-charge.ts';
import { isOpen, type RecurringCharge } from './recurring/charge.ts';
import { acceptAgreement, expireAgreement } from './recurring/decide-agreement.ts';
import { salesUnitOf } from './sales-unit.ts';
import type { Vipps } from './vipps.ts';

/**
 * Lets buyers decide on payments and agreements, and the bank on charges. A payment is known by its
 * reference, an agreement with its first payment by the agreement's id, a later charge by its own.
 */
export function vippsPaymentDesk(vipps: Vipps): PaymentDesk {
  return {
    list: () => vipps.world.ledger.charges().filter((charge) => charge.provider === 'vipps'),
    find: (id) => (findSubject(vipps, id) ? vipps.world.ledger.charge(id) : undefined),
    decide: async (id, decision) => {
      decideVipps(vipps, id, decision);
      await vipps.notices.deliverSoon();
    },
    asksOn: (mobile) => asksOn(vipps, mobile),
  };
}

function findSubject(vipps: Vipps, id: string): Payment | Agreement | RecurringCharge | undefined {
  return vipps.payments.get(id) ?? vipps.agreements.get(id) ?? vipps.charges.get(id);
}

/** Throws `BadInput` with status 409 when it is past deciding. */
export function decideVipps(vipps: Vipps, id: string, decision: Decision): void {
  const payment = vipps.payments.get(id);
  if (payment) return decidePayment(vipps, payment, decision);
  const agreement = vipps.agreements.get(id);
  if (agreement) return decideAgreement(vipps, agreement, decision);
  const charge = vipps.charges.get(id);
  if (charge) decideCharge(vipps, charge, decision);
}

function decidePayment(vipps: Vipps, payment: Payment, decision: Decision): void {
  if (payment.state !== 'CREATED' || payment.isProcessing) throw pastDeciding(payment.state);
  if (decision === 'approve') approvePayment(vipps, payment);
  if (decision === 'refuse') decideState(vipps, payment, 'ABORTED');
  if (decision === 'expire') decideState(vipps, payment, 'EXPIRED');
}

function decideAgreement(vipps: Vipps, agreement: Agreement, decision: Decision): void {
  if (agreement.status !== 'PENDING') throw pastDeciding(agreement.status);
  if (decision === 'approve') acceptAgreement(vipps, agreement);
  if (decision === 'refuse') stopAgreement(vipps, agreement, 'USER');
  if (decision === 'expire') expireAgreement(vipps, agreement.id);
}

function decideCharge(vipps: Vipps, charge: RecurringCharge, decision: Decision): void {
  if (!isOpen(charge)) throw pastDeciding(charge.status);
  if (decision === 'approve') {
    if (isRefused(charge)) failCharge(vipps, charge, 'user_action_required');
    else payCharge(vipps, charge);
  }
  if (decision === 'refuse' || decision === 'expire') failCharge(vipps, charge, 'user_action_required');
}

function pastDeciding(state: string): BadInput {
  return new BadInput('id', 'undecided', `it is already ${state.toLowerCase()}`, 409);
}

function asksOn(vipps: Vipps, mobile: string): PhoneAsk[] {
  const key = recipientKey(mobile);
  const isHere = (one: { mobile?: string }) => one.mobile !== undefined && recipientKey(one.mobile) === key;
  const payments = vipps.payments
    .all()
    .filter((payment) => payment.state === 'CREATED' && !payment.isProcessing && isHere(payment))
    .map((payment) => ({
      paymentId: payment.reference,
      amountMinor: payment.amountMinor,
      currency: payment.currency,
      text: `${salesUnitOf(payment.msn).name}: ${payment.description}`,
      askedAt: payment.createdAt,
    }));
  const agreements = vipps.agreements
    .all()
    .filter((agreement) => agreement.status === 'PENDING' && isHere(agreement))
    .map((agreement) => ({
      paymentId: agreement.id,
      amountMinor: vipps.charges.get(agreement.initialChargeId ?? '')?.amount ?? 0,
      currency: agreement.pricing.currency,
      text: `${salesUnitOf(agreement.msn).name}: ${termsOf(agreement)}`,
      askedAt: agreement.created,
    }));
  return [...payments, ...agreements].map((one) => ({ app: 'Vipps', ...one }));
}

/** What the buyer agrees to from now on. */
export function termsOf(agreement: Agreement): string {
  const { pricing, interval, productName } = agreement;
  const price = pricing.amount === undefined ? 'a varying sum' : (pricing.amount / 100).toFixed(2);
  const period = interval ? ` every ${interval.count} ${interval.unit.toLowerCase()}` : '';
  return `${productName}, ${price} ${pricing.currency}${period}`;
}
