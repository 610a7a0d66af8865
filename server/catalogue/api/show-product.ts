import { type Static, Type } from 'typebox';
import { epochMilliseconds, untilBefore } from '../../kit/epoch-milliseconds.ts';
import { toMajor } from '../../kit/money.ts';
import type { CatalogueSnapshot, Product } from '../catalogue.ts';

const nullable = (type: 'string' | 'integer' | 'number') => Type.Unsafe<unknown>({ type: [type, 'null'] });

/** A product with the original's fields; what Leveret has no word for is null. */
const ShownProduct = Type.Object({
  companyCode: nullable('string'),
  product: Type.String(),
  description: Type.String(),
  productType: Type.String({ description: 'subscription or single' }),
  weight: nullable('number'),
  campaigns: nullable('string'),
  currency: Type.String(),
  webOfferPrice: nullable('number'),
  retailPrice: nullable('number'),
  vatPercent: nullable('number'),
  digital: Type.Boolean(),
  startTime: nullable('integer'),
  endTime: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: untilBefore }),
});

export const ProductList = Type.Object({ products: Type.Array(ShownProduct) });

type Shelf = { catalogue: CatalogueSnapshot; country: string; now: Date };

/** Prices are in major units, VAT included. The web offer price is the lowest that is on sale now. */
export function showProduct(shelf: Shelf, product: Product): Static<typeof ShownProduct> {
  const { currency, priceMinor } = product;
  const vatBasisPoints = shelf.catalogue.vatRate(shelf.country, product.vatCode, shelf.now);
  const lowest = lowestPrice(shelf, product);
  return {
    companyCode: product.companyCode ?? null,
    product: product.productCode,
    description: product.description,
    productType: product.productType,
    weight: null,
    campaigns: null,
    currency,
    webOfferPrice: lowest === undefined ? null : toMajor(lowest, currency),
    retailPrice: priceMinor === undefined ? null : toMajor(priceMinor, currency),
    vatPercent: vatBasisPoints === undefined ? null : vatBasisPoints / 100,
    digital: product.digital,
    startTime: product.startsAt ? epochMilliseconds(product.startsAt) : null,
    endTime: product.endsAt ? epochMilliseconds(product.endsAt) : null,
  };
}

function lowestPrice(shelf: Shelf, product: Product): number | undefined {
  const offered = shelf.catalogue
    .offersOfProduct(product.productCode)
    .filter((offer) => offer.currency === product.currency && shelf.catalogue.isOnSale(offer, shelf.now))
    .map((offer) => offer.priceMinor);
  const prices = product.priceMinor === undefined ? offered : [...offered, product.priceMinor];
  return prices.length === 0 ? undefined : Math.min(...prices);
}

/** What a shop may show: on sale now, and with a price or an offer to buy it by. */
export function isInShop(shelf: Shelf, product: Product): boolean {
  return shelf.catalogue.isOnSale(product, shelf.now) && lowestPrice(shelf, product) !== undefined;
}
