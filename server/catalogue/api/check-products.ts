import { type Static, Type } from 'typebox';
import { endpoint } from '../../kit/http/endpoint.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { answerProducts, type ProductContext, ProductQuery } from './answer-products.ts';
import { ProductList } from './show-product.ts';

const Body = Type.Object({
  changedAfter: Type.Optional(
    Type.Integer({ description: 'accepted; changes of products are not dated here' }),
  ),
  onlyActive: Type.Optional(Type.Boolean({ description: 'only what is on sale now' })),
});
const Query = Type.Object({ shop: ProductQuery.properties.shop });

export const checkProducts = endpoint({
  operationId: 'checkProducts',
  summary: 'Check products',
  body: Body,
  query: Query,
  reply: ProductList,
  handle: async (
    context: ProductContext,
    call: ClientCall<Static<typeof Body>, undefined, Static<typeof Query>>,
  ) => {
    const warnings = [...call.warnings];
    if (call.body.changedAfter !== undefined) {
      const message = 'changes of products are not dated here, so all of them are listed';
      warnings.push({ field: 'changedAfter', rule: 'not_supported', message });
    }
    const { onlyActive } = call.body;
    return answerProducts(context, { caller: call.caller, warnings }, { ...call.query, onlyActive });
  },
});
