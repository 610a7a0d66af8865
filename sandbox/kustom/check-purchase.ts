import { checkAmounts } from './check-amounts.ts';
import type { OrderLine, Purchase } from './contract.ts';

/**
 * Countries that have a currency of their own at Kustom; this merchant is set up for no other in them.
 * Source: docs.klarna.com, Klarna Checkout, "Selling to multiple countries".
 */
const localCurrencies: Readonly<Record<string, string>> = {
  ...{ NO: 'NOK', SE: 'SEK', DK: 'DKK', GB: 'GBP', CH: 'CHF', US: 'USD' },
  ...{ FI: 'EUR', DE: 'EUR', NL: 'EUR', AT: 'EUR', ES: 'EUR', FR: 'EUR', BE: 'EUR' },
};

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const unknownName = countryNames.of('ZZ');

/** The rule that a purchase breaks beyond the types of its fields, or nothing. */
export function checkPurchase(purchase: Purchase & { purchase_country: string }): string | undefined {
  const country = purchase.purchase_country.toUpperCase();
  const name = countryNames.of(country);
  if (name === undefined || name === unknownName) return 'Bad value: purchase_country';
  const local = localCurrencies[country];
  if (local !== undefined && purchase.purchase_currency.toUpperCase() !== local) {
    return 'Bad value: purchase_currency';
  }
  return checkAmounts(purchase);
}

/**
 * Lines that are paid again say how often, at the checkout and by token. Where nothing is agreed for later
 * none may.
 * Sources: docs.klarna.com, Klarna Checkout, "Subscription object details"; the plugin of github
 * krokedil/klarna-checkout-for-woocommerce, whose changelog tells of the refusal.
 */
export function checkSubscriptions(lines: readonly OrderLine[], isRecurring: boolean): string | undefined {
  const at = lines.findIndex((line) => line.subscription !== undefined);
  if (isRecurring === at >= 0) return undefined;
  return `Bad value: order_lines[${Math.max(at, 0)}].subscription`;
}

/**
 * The languages of the checkout; another is shown in English, which its merchant can hardly mean.
 * Source: docs.klarna.com, Klarna Checkout, "Available languages".
 */
const languages = 'da nl en fi fr de it nb pl pt es sv'.split(' ');

export function isSpoken(locale: string): boolean {
  return languages.includes(locale.toLowerCase().split('-', 1)[0] ?? '');
}
