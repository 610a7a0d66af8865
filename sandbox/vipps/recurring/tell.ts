import type { Vipps } from '../vipps.ts';
import type { Agreement } from './agreement.ts';
import { type RecurringCharge, transactionIdOf } from './charge.ts';

export type AgreementHappening = 'activated' | 'rejected' | 'stopped' | 'expired';
export type ChargeHappening = 'reserved' | 'captured' | 'canceled' | 'refunded' | 'failed';

/** Tells of an agreement; the forger would have it active. */
export function tellAgreement(
  vipps: Vipps,
  agreement: Agreement,
  happening: AgreementHappening,
  actor: 'MERCHANT' | 'USER' | 'ADMIN',
): void {
  const body = (name: AgreementHappening) => ({
    agreementId: agreement.id,
    agreementUUID: agreement.uuid,
    agreementExternalId: agreement.externalId ?? null,
    eventType: `recurring.agreement-${name}.v1`,
    occurred: vipps.world.clock.timestamp(),
    actor,
    msn: agreement.msn,
  });
  vipps.notices.tell({
    msn: agreement.msn,
    eventType: `recurring.agreement-${happening}.v1`,
    about: agreement.id,
    body: body(happening),
    claim: { eventType: 'recurring.agreement-activated.v1', body: body('activated') },
  });
}

/** Tells of a charge; the forger would have it paid. */
export function tellCharge(vipps: Vipps, charge: RecurringCharge, happening: ChargeHappening): void {
  const agreement = vipps.agreements.get(charge.agreementId);
  const body = (name: ChargeHappening, captured: number) => ({
    agreementId: charge.agreementId,
    agreementUUID: agreement?.uuid,
    agreementExternalId: agreement?.externalId ?? null,
    chargeId: charge.id,
    chargeExternalId: charge.externalId ?? null,
    // Of this very capture, release or refund, since December 2025.
    transactionId: transactionIdOf(`${charge.id} ${charge.history.length}`),
    amount: charge.amount,
    chargeType: charge.type,
    eventType: `recurring.charge-${name}.v1`,
    currency: charge.currency,
    occurred: vipps.world.clock.timestamp(),
    amountCaptured: captured,
    amountCanceled: charge.cancelled,
    amountRefunded: charge.refunded,
    ...(charge.failureReason !== undefined && { failureReason: charge.failureReason, failureCode: null }),
    msn: charge.msn,
  });
  vipps.notices.tell({
    msn: charge.msn,
    eventType: `recurring.charge-${happening}.v1`,
    about: charge.id,
    body: body(happening, charge.captured),
    claim: { eventType: 'recurring.charge-captured.v1', body: body('captured', charge.amount) },
  });
}
