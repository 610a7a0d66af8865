import type { CatalogueSnapshot } from '../catalogue/catalogue.ts';
import {
  type Currency,
  formatMajor,
  largestMinor,
  type MoneyRule,
  parseMajor,
  vatIncluded,
} from '../kit/money.ts';
import type { Refusals } from '../kit/refusals.ts';
import type { Publisher } from '../publishers/publisher.ts';
import { findLineItem, type LineItem } from './find-line-item.ts';
import type { NewLine } from './new-order.ts';
import type { OrderLineBody } from './order-body.ts';

export type LinePricing = {
  publisher: Pick<Publisher, 'country'>;
  catalogue: CatalogueSnapshot;
  currency: Currency;
  /** The line is given away: the full price stands on it beside a discount of the same size. */
  isFree: boolean;
  now: Date;
  refusals: Refusals;
};

export type PricedLine = LineItem &
  Pick<
    NewLine,
    'quantity' | 'unitPriceMinor' | 'discountMinor' | 'amountMinor' | 'vatBasisPoints' | 'vatMinor'
  >;

/** Finds a line's item and price; breaks of rules go to `refusals`, and the answer is then of no use. */
export function priceLine(pricing: LinePricing, line: OrderLineBody, field: string): PricedLine | undefined {
  const item = findLineItem(pricing, line, field);
  if (!item) return undefined;
  if (item.currency !== undefined && item.currency !== pricing.currency) {
    pricing.refusals.refuse(
      'currency_differs',
      field,
      `${field} is sold in ${item.currency}, the order is in ${pricing.currency}`,
    );
    return undefined;
  }
  const unitPriceMinor = unitPrice(pricing, line, item, field);
  if (unitPriceMinor === undefined) return undefined;
  const quantity = line.quantity ?? 1;
  const fullMinor = unitPriceMinor * quantity;
  if (!isBelowLargest(pricing, fullMinor, `${field}.quantity`)) return undefined;
  const amountMinor = pricing.isFree ? 0 : fullMinor;
  const vatBasisPoints = pricing.catalogue.vatRate(pricing.publisher.country, item.vatCode, pricing.now) ?? 0;
  const discountMinor = fullMinor - amountMinor;
  const vatMinor = vatIncluded(amountMinor, vatBasisPoints);
  return { ...item, quantity, unitPriceMinor, discountMinor, amountMinor, vatBasisPoints, vatMinor };
}

function unitPrice(
  pricing: LinePricing,
  line: OrderLineBody,
  item: LineItem,
  field: string,
): number | undefined {
  const given =
    line.unitPrice === undefined ? undefined : readAmount(pricing, line.unitPrice, `${field}.unitPrice`);
  if (line.unitPrice !== undefined && given === undefined) return undefined;
  if (item.priceMinor === undefined) {
    if (given === undefined)
      pricing.refusals.refuse(
        'price_is_required',
        `${field}.unitPrice`,
        `${field}.unitPrice is required: the catalogue has no price for the line`,
      );
    return given;
  }
  const isWaived = pricing.isFree && given === 0;
  if (given !== undefined && given !== item.priceMinor && !isWaived) {
    pricing.refusals.refuse(
      'price_differs_from_catalogue',
      `${field}.unitPrice`,
      `${field}.unitPrice differs from the price in the catalogue`,
    );
  }
  return item.priceMinor;
}

/** Refuses what comes to more than any order may: a line, or the lines together. */
export function isBelowLargest(
  reader: { currency: Currency; refusals: Refusals },
  minor: number,
  field: string,
): boolean {
  if (minor <= largestMinor) return true;
  const most = formatMajor(largestMinor, reader.currency);
  reader.refusals.refuse('amount_is_invalid', field, `${field} makes the amount larger than ${most}`);
  return false;
}

/** Reads an amount that must not be negative. */
export function readAmount(
  reader: { currency: Currency; refusals: Refusals },
  decimal: string,
  field: string,
): number | undefined {
  const amount = parseMajor(decimal, reader.currency);
  const rule: MoneyRule | 'negative' | undefined = !amount.ok
    ? amount.rule
    : amount.minor < 0
      ? 'negative'
      : undefined;
  if (amount.ok && rule === undefined) return amount.minor;
  reader.refusals.refuse(
    'amount_is_invalid',
    field,
    `${field} must be an amount in ${reader.currency}, not negative, with at most two decimals (${rule})`,
  );
  return undefined;
}
