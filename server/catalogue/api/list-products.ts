import { endpoint } from '../../kit/http/endpoint.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { answerProducts, type ProductContext, ProductQuery } from './answer-products.ts';
import { ProductList } from './show-product.ts';

export const listProducts = endpoint({
  operationId: 'listProducts',
  summary: 'List products',
  description: 'Everything that is sold, or the one product that `productId` names, with its price now',
  query: ProductQuery,
  reply: ProductList,
  handle: (context: ProductContext, call: ClientCall<undefined, undefined, ProductQuery>) =>
    answerProducts(context, call, call.query),
});
