import type { Answer, Call } from '../answer.ts';
import type { Vipps } from '../vipps.ts';
import type { Agreement } from './agreement.ts';
import { endAgreement } from './change-agreement.ts';
import { cancelCharge, failCharge, isRefused, payCharge } from './change-charge.ts';
import { refuse } from './problem.ts';
import { withAgreement } from './read-agreement.ts';
import { tellAgreement } from './tell.ts';

export type ForceAccept = { phoneNumber: string };

/** How the buyer's consent went: with a first payment that fails the agreement is over. */
export type Consent = 'approved' | 'refused by the bank' | 'past deciding';

export function acceptAgreement(vipps: Vipps, agreement: Agreement): Consent {
  if (agreement.status !== 'PENDING') return 'past deciding';
  const charge = vipps.charges.get(agreement.initialChargeId ?? '');
  const paying = charge && { ...charge, ...(agreement.mobile !== undefined && { mobile: agreement.mobile }) };
  if (paying && isRefused(paying)) {
    failCharge(vipps, paying, 'user_action_required');
    endAgreement(vipps, agreement, 'EXPIRED', 'USER');
    tellAgreement(vipps, agreement, 'expired', 'USER');
    return 'refused by the bank';
  }
  if (paying) payCharge(vipps, paying);
  const start = vipps.world.clock.timestamp();
  const entry = { occurred: start, event: 'ACTIVATE', actor: 'USER' } as const;
  const history = [...agreement.history, entry];
  vipps.agreements.put({ ...agreement, status: 'ACTIVE', start, history });
  tellAgreement(vipps, agreement, 'activated', 'USER');
  return 'approved';
}

/** The buyer let the time pass. */
export function expireAgreement(vipps: Vipps, id: string): void {
  const agreement = vipps.agreements.get(id);
  if (agreement?.status !== 'PENDING') return;
  endAgreement(vipps, agreement, 'EXPIRED', 'USER');
  const charge = vipps.charges.get(agreement.initialChargeId ?? '');
  if (charge) cancelCharge(vipps, charge);
  tellAgreement(vipps, agreement, 'expired', 'USER');
}

/** `PATCH /recurring/v3/agreements/{agreementId}/accept`: the test environment's own app. */
export function forceAccept(vipps: Vipps, call: Call<ForceAccept>): Answer {
  return withAgreement(vipps, call, (agreement) => {
    const consent = acceptAgreement(vipps, { ...agreement, mobile: call.body.phoneNumber });
    return consent === 'past deciding' ? refuse('operation-failed') : { status: 204 };
  });
}
