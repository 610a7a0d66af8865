import { type Static, Type } from 'typebox';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { answerProducts, type ProductContext, ProductQuery } from './answer-products.ts';
import { ProductList } from './show-product.ts';

const Params = narrowing({
  productType: Type.Unsafe<string>({ anyOf: [{ const: 'subscription' }, { const: 'single' }] }),
});

export const listProductsOfType = endpoint({
  operationId: 'listProductsOfType',
  summary: 'List products of a type',
  description: 'Subscriptions, or single products',
  params: Params,
  query: ProductQuery,
  reply: ProductList,
  examples: { params: { productType: 'subscription' } },
  handle: (context: ProductContext, call: ClientCall<undefined, Static<typeof Params>, ProductQuery>) =>
    answerProducts(context, call, {
      ...call.query,
      isWanted: (product) => product.productType === call.params.productType,
    }),
});
