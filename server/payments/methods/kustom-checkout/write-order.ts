import { cutText } from '../../../kit/cut-text.ts';
import type { PaymentLine, PaymentRequest } from '../../port/payment-request.ts';

/** A purchase as Kustom reads it; `tax_rate` and our basis points are the same. */
export type WrittenLine = {
  type: 'digital';
  reference?: string;
  name: string;
  quantity: number;
  unit_price: number;
  tax_rate: number;
  total_amount: number;
  total_tax_amount: number;
  subscription?: { name: string; interval: string; interval_count: number };
};

const longestText = 255;
const longestReference = 64;
const intervals = { day: 'DAY', week: 'WEEK', month: 'MONTH', year: 'YEAR' } as const;

/** What a session and a charge by token have in common. */
export function writePurchase(request: Omit<PaymentRequest, 'agreement'>): object {
  return {
    purchase_currency: request.currency,
    locale: localeOf(request),
    order_amount: request.amountMinor,
    order_tax_amount: request.vatMinor,
    order_lines: writeLines(request),
    merchant_reference1: request.reference,
  };
}

type Whole = { amountMinor: number; vatMinor: number; description: string; lines: readonly PaymentLine[] };

/**
 * Kustom wants the sums of the lines to be those of the whole: lines that are not become one line. Each line
 * that is paid again says how often, and no other does.
 * Source: the plugin of github krokedil/klarna-checkout-for-woocommerce, at the session and by token.
 */
export function writeLines(whole: Whole): WrittenLine[] {
  if (whole.lines.length > 0 && addUp(whole)) return whole.lines.map(writeLine);
  return [{ ...writeWhole(whole), ...subscriptionOf(whole.lines.find((line) => line.renewsEvery)) }];
}

function subscriptionOf(line: PaymentLine | undefined): Pick<WrittenLine, 'subscription'> {
  if (!line?.renewsEvery) return {};
  const { unit, count } = line.renewsEvery;
  const name = cutText(line.name, longestText);
  return { subscription: { name, interval: intervals[unit], interval_count: count } };
}

function addUp(whole: Whole): boolean {
  const sum = (field: 'amountMinor' | 'vatMinor') =>
    whole.lines.reduce((total, line) => total + line[field], 0);
  return sum('amountMinor') === whole.amountMinor && sum('vatMinor') === whole.vatMinor;
}

function writeLine(line: PaymentLine): WrittenLine {
  const isEven = line.quantity * line.unitPriceMinor === line.amountMinor;
  const reference = cutText(line.reference, longestReference);
  return {
    type: 'digital',
    reference,
    name: cutText(line.name, longestText) || reference || '-',
    quantity: isEven ? line.quantity : 1,
    unit_price: isEven ? line.unitPriceMinor : line.amountMinor,
    tax_rate: line.vatBasisPoints,
    total_amount: line.amountMinor,
    total_tax_amount: line.vatMinor,
    ...subscriptionOf(line),
  };
}

function writeWhole({ amountMinor, vatMinor, description }: Whole): WrittenLine {
  const net = amountMinor - vatMinor;
  return {
    type: 'digital',
    name: cutText(description, longestText) || '-',
    quantity: 1,
    unit_price: amountMinor,
    tax_rate: net > 0 ? Math.round((vatMinor * 10_000) / net) : 0,
    total_amount: amountMinor,
    total_tax_amount: vatMinor,
  };
}

/**
 * Languages of the checkout; every other would be shown in English. Nynorsk is not among them, and Bokmål is
 * nearer. Source: docs.klarna.com, Klarna Checkout, available languages.
 */
const languages = new Set('da de en es fi fr it nb nl pl pt sv'.split(' '));
const nearest: Readonly<Record<string, string>> = { nn: 'nb', no: 'nb' };

/** `nb` and `NO` become `nb-NO`. */
export function localeOf({ language, country }: { language: string; country: string }): string {
  const [spoken = ''] = language.toLowerCase().split('-');
  const shown = nearest[spoken] ?? spoken;
  return `${languages.has(shown) ? shown : 'en'}-${country}`;
}
