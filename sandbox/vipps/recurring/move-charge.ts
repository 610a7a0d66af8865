import { randomUUID } from 'node:crypto';
import type { Answer, Call } from '../answer.ts';
import { refusedRefunds } from '../magic-values.ts';
import type { Vipps } from '../vipps.ts';
import { cancelCharge, noteCharge } from './change-charge.ts';
import { ledgerIdOf, type RecurringCharge, showCharge } from './charge.ts';
import { refuse } from './problem.ts';
import { tellCharge } from './tell.ts';

export type ChargeAmount = { amount: number; description: string };

/** `GET /recurring/v3/agreements/{agreementId}/charges/{chargeId}`, and the same without the agreement. */
export function readCharge(vipps: Vipps, call: Call<undefined>): Answer {
  return withCharge(vipps, call, (charge) => ({ status: 200, body: showCharge(charge) }));
}

/** `GET /recurring/v3/agreements/{agreementId}/charges?status=`: all, or those in one state. */
export function listCharges(vipps: Vipps, call: Call<undefined>): Answer {
  const { agreementId } = call.parameters;
  const { status } = call.query;
  const found = vipps.charges
    .all()
    .filter((one) => one.agreementId === agreementId && (status === undefined || one.status === status));
  return { status: 200, body: found.map(showCharge) };
}

/** `POST …/charges/{chargeId}/capture`: takes what is reserved, all or a part. */
export function captureCharge(vipps: Vipps, call: Call<ChargeAmount>): Answer {
  return withCharge(vipps, call, (charge) => {
    if (charge.status !== 'RESERVED' && charge.status !== 'PARTIALLY_CAPTURED')
      return refuse('charge-capture-failed', undefined, saysStatus(charge));
    const { amount } = call.body;
    const left = charge.amount - charge.captured - charge.cancelled;
    if (amount > left) return refuse('charge-capture-failed', 'amount');
    const status = amount === left ? 'CHARGED' : 'PARTIALLY_CAPTURED';
    const captured = charge.captured + amount;
    tellCharge(
      vipps,
      noteCharge(vipps, { ...charge, status, captured }, 'CAPTURE', amount, call.key),
      'captured',
    );
    return { status: 204 };
  });
}

/** `DELETE …/charges/{chargeId}`: gives up what is not taken. */
export function deleteCharge(vipps: Vipps, call: Call<undefined>): Answer {
  return withCharge(vipps, call, (charge) =>
    cancelCharge(vipps, charge, call.key)
      ? { status: 204 }
      : refuse('cancel-charge-failed', undefined, saysStatus(charge)),
  );
}

/** `POST …/charges/{chargeId}/refund` */
export function refundCharge(vipps: Vipps, call: Call<ChargeAmount>): Answer {
  return withCharge(vipps, call, (charge) => refund(vipps, charge, call.body.amount, call.key));
}

/** Gives back captured money, as the API and the merchant's portal both can. */
export function refund(vipps: Vipps, charge: RecurringCharge, amount: number, key?: string): Answer {
  if (charge.captured === 0) return refuse('operation-failed', undefined, saysStatus(charge));
  if (amount === refusedRefunds.noAccount || amount === refusedRefunds.tooLate)
    return refuse('operation-failed');
  if (amount > charge.captured - charge.refunded) return refuse('operation-failed', 'amount');
  const refunded = charge.refunded + amount;
  const status = refunded === charge.captured ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  tellCharge(vipps, noteCharge(vipps, { ...charge, status, refunded }, 'REFUND', amount, key), 'refunded');
  vipps.world.ledger.bookRefund({
    provider: 'vipps',
    id: randomUUID(),
    chargeId: ledgerIdOf(charge),
    reference: key ?? '',
    amountMinor: amount,
    currency: charge.currency,
    bookedAt: vipps.world.clock.timestamp(),
  });
  return { status: 204 };
}

/** Source: Recurring API, changelog of June 2026. */
function saysStatus({ status }: RecurringCharge): string {
  return `The charge is ${status}.`;
}

function withCharge(
  vipps: Vipps,
  call: Pick<Call<unknown>, 'parameters' | 'msn'>,
  act: (charge: RecurringCharge) => Answer,
): Answer {
  const { agreementId, chargeId = '' } = call.parameters;
  const charge = vipps.charges.get(chargeId);
  const isOfAgreement = agreementId === undefined || charge?.agreementId === agreementId;
  return charge?.msn === call.msn && isOfAgreement ? act(charge) : refuse('resource-not-found');
}
