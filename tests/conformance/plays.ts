/**
 * How the suite buys with one adapter: who imitates its provider, what an order for it says beside payer and
 * lines, and a payer whose charge waits until the control API decides it. What a method can do is never said
 * here: that follows from the functions it has.
 */
export type Play = {
  provider: string;
  order?: { merchantId?: string; recurring?: boolean; currency?: string };
  /** A mobile whose charge waits to be decided; without it any payer's does. */
  mobile?: string;
  /** Where mobiles decide: one that declines, and one reported as paid, then falsely as declined. */
  fates?: { declined: string; contradicted: string };
};

const fates = { declined: '+4790000010', contradicted: '+4790000091' };

/** By the adapter's name: one that is in `methods/list.ts` and not here fails the suite. */
export const plays: Readonly<Record<string, Play>> = {
  'link-mobility-sms': { provider: 'link', mobile: '+4790000030', fates },
  'strex-connect': {
    provider: 'strex',
    order: { merchantId: 'strex' },
    mobile: '+4790000140',
    fates,
  },
  'vipps-epayment': { provider: 'vipps' },
  'vipps-recurring': { provider: 'vipps', order: { recurring: true } },
  'kustom-checkout': { provider: 'kustom' },
  'swedbank-pay-card': { provider: 'swedbankpay' },
  'swedbank-pay-swish': { provider: 'swedbankpay', order: { currency: 'SEK' } },
};
