import { cutText } from '../../../kit/cut-text.ts';
import type { BuyerReason } from '../../buyer-step.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import type { PaymentOrder } from './payment-order.ts';

/**
 * Why a try failed, by the name of the problem. Fraud and theft are not told apart from any other refusal.
 * Source: developer.swedbankpay.com, checkout v3, problems of card and Swish.
 */
const reasons: Readonly<Record<string, BuyerReason>> = {
  '3dsecuredeclined': 'not authenticated',
  '3dsecureerror': 'try again later',
  '3dsecureacquirergatewayerror': 'try again later',
  '3dsecurerequired': 'not authenticated',
  // Both spellings are documented.
  '3dsecureusercancelled': 'cancelled',
  '3dsecureusercanceled': 'cancelled',
  accountholdertyperejected: 'not eligible',
  acquirercardexpired: 'card expired',
  acquirergatewayerror: 'try again later',
  acquirergatewaytimeout: 'try again later',
  acquirerinsufficientfunds: 'insufficient funds',
  authenticationrequired: 'not authenticated',
  authenticationstatusrejected: 'not authenticated',
  badgateway: 'try again later',
  badrequest: 'try again later',
  bankidalreadyinuse: 'try again later',
  bankidcancelled: 'cancelled',
  bankiderror: 'try again later',
  cardbranddisabled: 'not eligible',
  cardtyperejected: 'not eligible',
  configerror: 'try again later',
  internalservererror: 'try again later',
  paymentagelimitnotmet: 'not eligible',
  socialsecuritynumbermismatch: 'not authenticated',
  swishalreadyinuse: 'try again later',
  swisherror: 'try again later',
  swishgatewaytimeout: 'timed out',
  swishtimeout: 'timed out',
  systemerror: 'try again later',
  usercancelled: 'cancelled',
  velocitycheck: 'over the limit',
};

export function reasonOf(problemName: string): BuyerReason {
  return reasons[problemName] ?? 'declined';
}

/**
 * What a status says of an attempt. `Paid` is reserved or taken; `Cancelled` and `Reversed` follow it, when
 * all of the money was given up or given back, and are no reason to complete an order that knew of none.
 * Source: developer.swedbankpay.com, checkout v3, status models.
 */
export function meaningOf(status: PaymentOrder['status'], wasSecured: boolean): Evidence['meaning'] {
  switch (status) {
    case 'Initialized':
      return 'pending';
    case 'Paid':
      return 'secured';
    case 'Failed':
      return 'declined';
    case 'Aborted':
      return 'aborted';
    case 'Cancelled':
    case 'Reversed':
      return wasSecured ? 'secured' : 'aborted';
    case 'Unknown':
      return 'unknown';
  }
}

const languages: Readonly<Record<string, string>> = {
  da: 'da-DK',
  de: 'de-DE',
  en: 'en-US',
  es: 'es-ES',
  et: 'et-EE',
  fi: 'fi-FI',
  fr: 'fr-FR',
  lt: 'lt-LT',
  lv: 'lv-LV',
  nb: 'nb-NO',
  nn: 'nb-NO',
  no: 'nb-NO',
  pl: 'pl-PL',
  ru: 'ru-RU',
  sv: 'sv-SE',
};

/** The language of the payment pages that comes nearest to a BCP 47 tag. */
export function languageOf(tag: string): string {
  return languages[tag.split('-')[0]?.toLowerCase() ?? ''] ?? 'en-US';
}

/** Source: developer.swedbankpay.com, checkout v3, `description`. */
export const longestDescription = 40;

export function describe(text: string): string {
  return cutText(text, longestDescription).trim() || '-';
}
