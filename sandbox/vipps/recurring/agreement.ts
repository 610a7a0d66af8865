import type { Charge, ChargeState } from '../../kit/ledger.ts';

export type AgreementStatus = 'PENDING' | 'ACTIVE' | 'STOPPED' | 'EXPIRED';
type Actor = 'MERCHANT' | 'USER' | 'ADMIN';

/** A lower price at first, which the buyer sees beside the price. Its fields go with its type. */
export type Campaign = {
  type: string;
  price: number;
  period?: { unit: string; count: number };
  end?: string;
};

/** The market of a sales unit, by its currency. */
const countries: Readonly<Record<string, string>> = { NOK: 'NO', DKK: 'DK', EUR: 'FI' };

/** A buyer's consent to payments to come. */
export type Agreement = {
  id: string;
  uuid: string;
  msn: string;
  /** The unguessable part of the landing page's address. */
  token: string;
  status: AgreementStatus;
  pricing: { type: string; currency: string; amount?: number; suggestedMaxAmount?: number };
  interval?: { unit: string; count: number };
  campaign?: Campaign;
  productName: string;
  productDescription: string;
  merchantAgreementUrl: string;
  merchantRedirectUrl: string;
  confirmationUrl: string;
  /** Digits only; whose app asks. */
  mobile?: string;
  externalId?: string;
  initialChargeId?: string;
  created: string;
  start: string | null;
  stop: string | null;
  history: { occurred: string; event: string; actor?: Actor }[];
};

/** The answer to `GET /recurring/v3/agreements/{agreementId}`. */
export function showAgreement(agreement: Agreement): object {
  const { token: _, mobile: __, initialChargeId: ___, confirmationUrl, msn: ____, ...shown } = agreement;
  return {
    ...shown,
    ...(agreement.interval && { interval: { ...agreement.interval, text: describe(agreement.interval) } }),
    campaign: agreement.campaign ? showCampaign(agreement, agreement.campaign) : null,
    countryCode: countries[agreement.pricing.currency] ?? 'NO',
    sub: null,
    userinfoUrl: null,
    ...(agreement.status === 'PENDING' && { vippsConfirmationUrl: confirmationUrl }),
  };
}

/** A campaign for a while is shown with its end, counted from when the buyer agreed. */
function showCampaign({ start, created }: Agreement, campaign: Campaign): Campaign {
  if (!campaign.period) return campaign;
  const end = new Date(start ?? created);
  const { unit, count } = campaign.period;
  if (unit === 'DAY' || unit === 'WEEK') end.setUTCDate(end.getUTCDate() + (unit === 'WEEK' ? 7 : 1) * count);
  else end.setUTCMonth(end.getUTCMonth() + (unit === 'YEAR' ? 12 : 1) * count);
  return { ...campaign, end: end.toISOString() };
}

function describe(interval: { unit: string; count: number }): string {
  return `every ${interval.count} ${interval.unit.toLowerCase()}`;
}

const bookedStates: Readonly<Record<AgreementStatus, ChargeState>> = {
  PENDING: 'unknown',
  ACTIVE: 'charged',
  STOPPED: 'declined',
  EXPIRED: 'declined',
};

/** An agreement without an initial charge as the ledger has it: nothing is taken. */
export function chargeOfAgreement(agreement: Agreement): Charge {
  return {
    provider: 'vipps',
    id: agreement.id,
    reference: agreement.externalId ?? '',
    destination: agreement.mobile === undefined ? '' : `+${agreement.mobile}`,
    amountMinor: 0,
    currency: agreement.pricing.currency,
    state: agreement.start === null ? bookedStates[agreement.status] : 'charged',
    capturedMinor: 0,
    description: agreement.productName,
    acceptedAt: agreement.created,
    bookedAt: agreement.start ?? agreement.stop,
    details: { kind: 'agreement', status: agreement.status },
  };
}
