import { type Static, Type } from 'typebox';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { fieldProblem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { answerProducts, type ProductContext, ProductQuery } from './answer-products.ts';
import { ProductList } from './show-product.ts';

const Body = narrowing({
  changedAfter: Type.Optional(
    Type.Integer({ description: 'not supported yet, unless 0: changes of products are not dated here' }),
  ),
  onlyActive: Type.Optional(Type.Boolean({ description: 'only what is on sale now' })),
});
const Query = narrowing({ shop: ProductQuery.properties.shop });

export const checkProducts = endpoint({
  operationId: 'checkProducts',
  summary: 'Check products',
  description:
    'The same list by POST, as the original has it; `onlyActive` leaves out what is not on sale now',
  body: Body,
  query: Query,
  reply: ProductList,
  examples: { body: { onlyActive: true } },
  handle: async (
    context: ProductContext,
    call: ClientCall<Static<typeof Body>, undefined, Static<typeof Query>>,
  ) => {
    const { onlyActive, changedAfter = 0 } = call.body;
    if (changedAfter !== 0) {
      const message = 'changedAfter is not supported yet: changes of products are not dated here';
      throw fieldProblem('not_supported_yet', 'changedAfter', message);
    }
    return answerProducts(context, call, { ...call.query, onlyActive });
  },
});
