import { type Static, Type } from 'typebox';
import type { DatabaseClock } from '../../database/clock.ts';
import type { Answer } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import type { CatalogueSnapshots, Product } from '../catalogue.ts';
import { isInShop, showProduct } from './show-product.ts';

export type ProductContext = { catalogue: CatalogueSnapshots; clock: DatabaseClock };

export const ProductQuery = narrowing({
  productId: Type.Optional(Type.String({ minLength: 1, maxLength: 12, description: 'only this product' })),
  shop: Type.Optional(Type.Boolean({ description: 'only what is on sale now and has a price' })),
});
export type ProductQuery = Static<typeof ProductQuery>;

type Wanted = ProductQuery & { isWanted?: (product: Product) => boolean; onlyActive?: boolean | undefined };

/** The products that a call asks for, with the warnings of the call where there are any. */
export async function answerProducts(
  context: ProductContext,
  call: Pick<ClientCall, 'caller' | 'warnings'>,
  wanted: Wanted,
): Promise<Answer> {
  const { publisherId, country } = call.caller.publisher;
  const catalogue = await context.catalogue.of(publisherId);
  const shelf = { catalogue, country, now: context.clock.now() };
  const products = catalogue
    .listProducts()
    .filter((product) => wanted.productId === undefined || product.productCode === wanted.productId)
    .filter((product) => wanted.shop !== true || isInShop(shelf, product))
    .filter((product) => wanted.onlyActive !== true || catalogue.isOnSale(product, shelf.now))
    .filter(wanted.isWanted ?? (() => true))
    .map((product) => showProduct(shelf, product));
  return { body: { products, ...(call.warnings.length > 0 && { warnings: call.warnings }) } };
}
