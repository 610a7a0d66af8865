import { randomBytes, randomUUID } from 'node:crypto';
import type { Answer, Call } from '../answer.ts';
import { strangerMobile } from '../magic-values.ts';
import { salesUnitOf } from '../sales-unit.ts';
import { decisionSeconds, type Vipps } from '../vipps.ts';
import { isTakenAddress, isTakenWayBack } from '../web-address.ts';
import type { Agreement, Campaign } from './agreement.ts';
import { noteCharge } from './change-charge.ts';
import { checkPricing } from './check-pricing.ts';
import { refuse } from './problem.ts';

export type DraftAgreement = {
  pricing: { type?: string; amount?: number; suggestedMaxAmount?: number; currency: string };
  interval?: { unit: string; count: number };
  merchantAgreementUrl: string;
  merchantRedirectUrl: string;
  productName: string;
  productDescription?: string;
  phoneNumber?: string;
  externalId?: string;
  campaign?: Campaign;
  initialCharge?: InitialCharge;
};
type InitialCharge = {
  amount: number;
  description: string;
  transactionType: 'DIRECT_CAPTURE' | 'RESERVE_CAPTURE';
  orderId?: string;
  externalId?: string;
};

/** `POST /recurring/v3/agreements`: an agreement that waits ten minutes for its buyer. */
export function draftAgreement(vipps: Vipps, call: Call<DraftAgreement>): Answer {
  const refusal = checkDraft(vipps, call);
  if (refusal) return refusal;
  const agreement = newAgreement(vipps, call);
  const { initialCharge } = call.body;
  const chargeId = initialCharge && (initialCharge.orderId ?? newChargeId());
  vipps.agreements.put({ ...agreement, ...(chargeId !== undefined && { initialChargeId: chargeId }) });
  if (initialCharge && chargeId !== undefined)
    putInitialCharge(vipps, agreement, initialCharge, chargeId, call.key);
  const at = vipps.world.clock.now() + decisionSeconds * 1000;
  vipps.later(at, { what: 'expire agreement', id: agreement.id });
  return {
    status: 201,
    body: {
      agreementId: agreement.id,
      uuid: agreement.uuid,
      vippsConfirmationUrl: agreement.confirmationUrl,
      chargeId: chargeId ?? null,
    },
  };
}

export function newChargeId(): string {
  return `chr-${randomBytes(6).toString('hex')}`;
}

function checkDraft(vipps: Vipps, { body, msn }: Call<DraftAgreement>): Answer | undefined {
  const { pricing, initialCharge, campaign } = body;
  const type = pricing.type ?? 'LEGACY';
  if (pricing.currency !== salesUnitOf(msn).currency) return refuse('validation-error', 'pricing.currency');
  if (type === 'LEGACY' && pricing.amount === undefined) return refuse('validation-error', 'pricing.amount');
  if (type === 'VARIABLE' && pricing.suggestedMaxAmount === undefined) {
    return refuse('invalid-suggested-max-amount', 'pricing.suggestedMaxAmount');
  }
  const refusal = checkPricing({ ...pricing, type });
  if (refusal) return refusal;
  if (campaign && type !== 'LEGACY') return refuse('unsupported-feature', 'campaign');
  if (!isTakenAddress(body.merchantAgreementUrl)) return refuse('validation-error', 'merchantAgreementUrl');
  if (!isTakenWayBack(body.merchantRedirectUrl)) return refuse('validation-error', 'merchantRedirectUrl');
  if (body.phoneNumber === strangerMobile) return refuse('resource-not-found', 'phoneNumber');
  const isTaken = initialCharge?.orderId !== undefined && vipps.charges.get(initialCharge.orderId);
  return isTaken ? refuse('conflict', 'initialCharge.orderId') : undefined;
}

function newAgreement(vipps: Vipps, { body, msn, host }: Call<DraftAgreement>): Agreement {
  const token = randomBytes(18).toString('base64url');
  const created = vipps.world.clock.timestamp();
  return {
    id: `agr_${randomBytes(6).toString('hex')}`,
    uuid: randomUUID(),
    msn,
    token,
    status: 'PENDING',
    pricing: { ...body.pricing, type: body.pricing.type ?? 'LEGACY' },
    ...(body.interval && { interval: body.interval }),
    ...(body.campaign && { campaign: body.campaign }),
    productName: body.productName,
    productDescription: body.productDescription ?? '',
    merchantAgreementUrl: body.merchantAgreementUrl,
    merchantRedirectUrl: body.merchantRedirectUrl,
    confirmationUrl: `http://${host}/pay/vipps/${token}`,
    ...(body.phoneNumber !== undefined && { mobile: body.phoneNumber }),
    ...(body.externalId !== undefined && { externalId: body.externalId }),
    created,
    start: null,
    stop: null,
    history: [{ occurred: created, event: 'CREATE', actor: 'MERCHANT' }],
  };
}

function putInitialCharge(
  vipps: Vipps,
  agreement: Agreement,
  initial: InitialCharge,
  id: string,
  key: string | undefined,
): void {
  const { amount, description, transactionType, externalId } = initial;
  const charge = {
    ...{ id, amount, description, transactionType, agreementId: agreement.id, msn: agreement.msn },
    type: 'INITIAL',
    status: 'PENDING',
    currency: agreement.pricing.currency,
    dueAtMilliseconds: vipps.world.clock.now(),
    retryDays: 0,
    ...(externalId !== undefined && { externalId }),
    ...(agreement.mobile !== undefined && { mobile: agreement.mobile }),
    createdAt: vipps.world.clock.timestamp(),
    decidedAt: null,
    captured: 0,
    refunded: 0,
    cancelled: 0,
    history: [],
  } as const;
  noteCharge(vipps, { ...charge, history: [] }, 'CREATE', amount, key);
}
