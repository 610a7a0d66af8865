import type { Answer, Call } from '../answer.ts';
import type { Vipps } from '../vipps.ts';
import type { Agreement } from './agreement.ts';
import { cancelCharge } from './change-charge.ts';
import { checkPricing } from './check-pricing.ts';
import { refuse } from './problem.ts';
import { withAgreement } from './read-agreement.ts';
import { tellAgreement } from './tell.ts';

export type PatchAgreement = {
  status?: 'STOPPED';
  pricing?: { amount?: number; suggestedMaxAmount?: number };
  productName?: string;
  productDescription?: string;
  merchantAgreementUrl?: string;
  externalId?: string;
  interval?: { type?: string; period?: { unit: string; count: number } };
};

/** `PATCH /recurring/v3/agreements/{agreementId}`: new terms, or by itself the end. */
export function changeAgreement(vipps: Vipps, call: Call<PatchAgreement>): Answer {
  return withAgreement(vipps, call, (agreement) => {
    const { status, pricing, interval, ...texts } = call.body;
    if (status !== undefined && Object.keys(call.body).length > 1)
      return refuse('validation-error', 'status');
    if (agreement.status !== 'ACTIVE') return refuse('illegal-agreement-update', 'status', 'Illegal update');
    if (status !== undefined) {
      stopAgreement(vipps, agreement, 'MERCHANT');
      return { status: 204 };
    }
    const refusal = checkPricing({
      ...pricing,
      type: agreement.pricing.type,
      currency: agreement.pricing.currency,
    });
    if (refusal) return refusal;
    vipps.agreements.put({
      ...agreement,
      ...texts,
      pricing: { ...agreement.pricing, ...pricing },
      ...(interval?.period && { interval: interval.period }),
    });
    return { status: 204 };
  });
}

/**
 * Ends an agreement for good; doing it again changes nothing. What is not taken yet is given up with it, but
 * not what a buyer who ends it left reserved.
 */
export function stopAgreement(
  vipps: Vipps,
  agreement: Agreement,
  actor: 'MERCHANT' | 'USER' | 'ADMIN',
): void {
  if (agreement.status !== 'ACTIVE' && agreement.status !== 'PENDING') return;
  const isRejected = agreement.status === 'PENDING' && actor === 'USER';
  endAgreement(vipps, agreement, 'STOPPED', actor);
  for (const charge of vipps.charges.all()) {
    if (charge.agreementId !== agreement.id) continue;
    if (actor !== 'MERCHANT' && (charge.status === 'RESERVED' || charge.status === 'PARTIALLY_CAPTURED'))
      continue;
    cancelCharge(vipps, charge);
  }
  const ended = vipps.agreements.get(agreement.id) ?? agreement;
  tellAgreement(vipps, ended, isRejected ? 'rejected' : 'stopped', actor);
}

/** Writes the end of an agreement without telling of it. */
export function endAgreement(
  vipps: Vipps,
  agreement: Agreement,
  status: 'STOPPED' | 'EXPIRED',
  actor: 'MERCHANT' | 'USER' | 'ADMIN',
): void {
  const stop = vipps.world.clock.timestamp();
  const entry = { occurred: stop, event: status === 'STOPPED' ? 'STOP' : 'EXPIRE', actor };
  vipps.agreements.put({ ...agreement, status, stop, history: [...agreement.history, entry] });
}
