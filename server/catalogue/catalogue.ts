import { type Currency, vatIncluded } from '../kit/money.ts';
import type { PaymentMethod } from '../orders/payment-methods.ts';

export type PeriodType = 'days' | 'weeks' | 'months' | 'years';
export type CaptureWhen = 'access' | 'start' | 'dispatched' | 'by hand';
export type ProductType = 'subscription' | 'single';

/** When something is sold: half-open, and open-ended where a side is missing. */
export type SalesWindow = { startsAt: Date | undefined; endsAt: Date | undefined };

export type Product = SalesWindow & {
  productCode: string;
  companyCode: string | undefined;
  description: string;
  productType: ProductType;
  priceMinor: number | undefined;
  currency: Currency;
  vatCode: string;
  digital: boolean;
};

/** What the original calls a coupon: a code and a number that give price, period and renewal. */
export type Offer = SalesWindow & {
  offerCode: string;
  offerNumber: number;
  productCode: string;
  description: string;
  priceMinor: number;
  currency: Currency;
  periodLength: number;
  periodType: PeriodType;
  renewal: Renewal;
  /** For how many periods it binds the buyer, counted from the first; nothing where it binds to none. */
  leastTerm: number | undefined;
  captureWhen: CaptureWhen;
  /** The methods that it is sold by; nothing where every one may be. */
  paymentMethods: readonly PaymentMethod[] | undefined;
  marketing: Record<string, unknown>;
};

/** What the next period costs; the same as the first where the offer does not say otherwise. */
export type Renewal = { priceMinor: number; periodLength: number; periodType: PeriodType };

export type Issue = {
  productCode: string;
  issueCode: string;
  description: string;
  publishedAt: Date;
  priceMinor: number | undefined;
};

export type Article = {
  articleRef: string;
  description: string;
  productCode: string | undefined;
  priceMinor: number | undefined;
  currency: Currency;
  vatCode: string;
};

/** A category joins products, so that access can be asked or given for all of a type. */
export type Category = { categoryType: string; categoryCode: string; productCode: string };

export type VatRate = { country: string; vatCode: string; validFrom: Date; rateBasisPoints: number };

/** A publisher's whole catalogue as it stood at one version; it never changes. */
export type CatalogueSnapshot = {
  version: number;
  findOffer(offerCode: string, offerNumber: number): Offer | undefined;
  findProduct(productCode: string): Product | undefined;
  findIssue(productCode: string, issueCode: string): Issue | undefined;
  findArticle(articleRef: string): Article | undefined;
  listProducts(): readonly Product[];
  offersOfProduct(productCode: string): readonly Offer[];
  productsOfCategoryType(categoryType: string): readonly string[];
  /** Each type and code once, in their order. */
  listCategories(): readonly Omit<Category, 'productCode'>[];
  /** Basis points (25 % = 2500); nothing where the country has no such rate at that moment. */
  vatRate(country: string, vatCode: string, at: Date): number | undefined;
  isOnSale(item: SalesWindow, at: Date): boolean;
};

/** Every publisher's catalogue as this node holds it. */
export type CatalogueSnapshots = {
  /** At most two seconds old, and as new as the last `forget` on this node. */
  of(publisherId: number): Promise<CatalogueSnapshot>;
  forget(publisherId: number): void;
};

export function isOnSale(item: SalesWindow, at: Date): boolean {
  return (
    (item.startsAt === undefined || item.startsAt <= at) && (item.endsAt === undefined || at < item.endsAt)
  );
}

/** The newest rate that is valid at the moment. Promise: the order of `rates` does not matter. */
export function rateAt(rates: readonly VatRate[], at: Date): number | undefined {
  const valid = rates.filter((rate) => rate.validFrom <= at);
  const newest = valid.reduce<VatRate | undefined>(
    (best, rate) => (best === undefined || rate.validFrom > best.validFrom ? rate : best),
    undefined,
  );
  return newest?.rateBasisPoints;
}

/** A price as it is shown: VAT included, with the VAT inside it and its rate. */
export type ShownPrice = { priceMinor: number; vatMinor: number; vatBasisPoints: number };

export function priceWithVat(priceMinor: number, vatBasisPoints: number): ShownPrice {
  return { priceMinor, vatMinor: vatIncluded(priceMinor, vatBasisPoints), vatBasisPoints };
}
