import type { LineWithRight, OrderWithRights } from '../orders/find-withdrawal-rights.ts';
import { readPaymentMethod } from '../orders/order-facts.ts';
import { labelOf } from '../payments/merchants/find-method.ts';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import type { Seller } from '../publishers/seller.ts';
import type { FoundReceipt, ReceiptLineRow, ReceiptOrder } from './find-receipt.ts';
import type {
  ReceiptLine,
  ReceiptValues,
  RenewalRow,
  RightRow,
  SellerRow,
  VatRow,
} from './receipt-values.ts';

/** Where the buyer manages what the order began. */
export type ReceiptAddresses = { stopUrl: string | undefined; withdrawUrl: string | undefined };

/** What the receipt of a paid order says, in a language for the names that are not the publisher's own. */
export function receiptOfOrder(
  { order, lines }: FoundReceipt,
  withRights: OrderWithRights | undefined,
  { stopUrl, withdrawUrl }: ReceiptAddresses,
  language: string,
): ReceiptValues {
  const rights = withRights ? rightsOf(withRights) : [];
  const { currency, completed_at: at, time_zone: timeZone } = order;
  const method = readPaymentMethod(order.payment_method);
  return {
    publisherName: order.name,
    orderId: order.order_id,
    day: { at, timeZone },
    method: method === undefined ? '' : labelOf(method, language),
    lines: lines.map((line) => lineOf(line, currency)),
    total: { amountMinor: order.amount_minor, currency },
    vats: vatByRate(lines, currency),
    renewals: renewalsOf(order, stopUrl),
    rights,
    withdrawals:
      withdrawUrl !== undefined && rights.some(({ kind }) => kind === 'until' || kind === 'begun')
        ? [{ url: withdrawUrl }]
        : [],
    seller: sellerRows(publisherSettingsOf(order.settings), order.name),
  };
}

function lineOf(line: ReceiptLineRow, currency: string): ReceiptLine {
  return {
    description: line.description,
    quantity: line.quantity,
    unitPrice: { amountMinor: line.unit_price_minor, currency },
    hasDiscount: line.discount_minor > 0 ? 'yes' : 'no',
    discount: { amountMinor: line.discount_minor, currency },
    rate: { basisPoints: line.vat_basis_points },
    sum: { amountMinor: line.amount_minor, currency },
  };
}

/** The VAT of lines by its rates, the highest first; it adds up to what the lines say. */
export function vatByRate(
  lines: readonly Pick<ReceiptLineRow, 'amount_minor' | 'vat_basis_points' | 'vat_minor'>[],
  currency: string,
): VatRow[] {
  const byRate = Map.groupBy(lines, (line) => line.vat_basis_points);
  return [...byRate]
    .toSorted(([one], [other]) => other - one)
    .map(([basisPoints, alike]) => ({
      rate: { basisPoints },
      sum: { amountMinor: sumOf(alike.map((line) => line.amount_minor)), currency },
      vat: { amountMinor: sumOf(alike.map((line) => line.vat_minor)), currency },
    }));
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

function renewalsOf(order: ReceiptOrder, stopUrl: string | undefined): RenewalRow[] {
  const { agreed, renews_at: renewsAt, currency, time_zone: timeZone, completed_at: completedAt } = order;
  if (agreed === null || stopUrl === undefined) return [];
  const { others = [], ...first } = agreed;
  // Where lines renew at different lengths the first day is one of several, and is told of none.
  const hasDay = renewsAt !== null && others.length === 0 ? 'yes' : 'no';
  return [first, ...others].map((terms) => ({
    product: { first: terms.productName, more: terms.more ?? 0 },
    price: { amountMinor: terms.amountMinor, currency },
    every: { every: terms.period },
    hasDay,
    day: { at: renewsAt ?? completedAt, timeZone },
    stopUrl,
    hasTerm: terms.leastTerm === undefined ? 'no' : 'yes',
    term: { length: terms.leastTerm ?? terms.period },
  }));
}

/** What is told of each line's right: how long it lasts, or why there is none. */
export function rightsOf({ lines, earlyStart, timeZone, now }: Omit<OrderWithRights, 'orderId' | 'state'>) {
  return lines.flatMap((line) => rightOf(line, { earlyStart, timeZone, now }));
}

function rightOf(
  { description: product, specType, right }: LineWithRight,
  { earlyStart, timeZone, now }: Pick<OrderWithRights, 'earlyStart' | 'timeZone' | 'now'>,
): RightRow[] {
  if (right.right === 'no') {
    // Who is not a consumer, or is sold to elsewhere, is told of no right.
    const why = { 'single issue': 'issue', 'digital content begun': 'lost' } as const;
    const kind =
      right.why === 'single issue' || right.why === 'digital content begun' ? why[right.why] : undefined;
    return kind ? [{ product, kind, until: { at: now, timeZone } }] : [];
  }
  if (right.until === undefined) return [];
  // The last day as a whole: the moment after it is no longer in time.
  const until = { at: new Date(right.until.getTime() - 1), timeZone };
  return [{ product, kind: earlyStart && specType === 'coupon' ? 'begun' : 'until', until }];
}

/** Who sells, in law; a text that is not set is left out, and the name is the publisher's then. */
export function sellerRows(seller: Seller, publisherName: string): SellerRow[] {
  const rows: SellerRow[] = [
    { kind: 'name', value: seller.legalName || publisherName },
    { kind: 'number', value: seller.organisationNumber },
    { kind: 'address', value: seller.address },
    { kind: 'email', value: seller.contactEmail },
    { kind: 'phone', value: seller.contactPhone },
    { kind: 'terms', value: seller.termsUrl },
    { kind: 'privacy', value: seller.privacyUrl },
  ];
  return rows.filter(({ value }) => value !== '');
}
