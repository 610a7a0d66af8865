import { Type } from 'typebox';
import type { CatalogueSnapshots } from '../../catalogue/catalogue.ts';
import { epochMilliseconds, untilBefore } from '../../kit/epoch-milliseconds.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import type { UserCall } from '../../publishers/publisher.ts';
import type { CheckAccess } from '../check-access.ts';
import { productsOf } from '../products-of.ts';

type Context = { checkAccess: CheckAccess; catalogue: CatalogueSnapshots };

const Reply = Type.Object({
  products: Type.Array(
    Type.Object({
      partnerId: Type.Integer({ description: 'the publisher' }),
      productId: Type.String({ description: 'a product code' }),
      accessType: Type.String({ description: 'A full, B for a time or a part' }),
      startTime: Type.Integer({ description: 'epoch milliseconds' }),
      endTime: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: untilBefore }),
    }),
  ),
});

export const listOwnProducts = endpoint({
  operationId: 'listOwnProducts',
  summary: 'What a reader may read now, with their token',
  description:
    'Each product once, by the strongest of what opens it; products that are not open are left out.',
  reply: Reply,
  handle: async (context: Context, { caller }: UserCall) => {
    const { publisherId } = caller.publisher;
    const [{ accesses }, catalogue] = await Promise.all([
      context.checkAccess({ publisherId, uniqueId: caller.user.uniqueUserId, wantsReason: false }),
      context.catalogue.of(publisherId),
    ]);
    const products = productsOf(accesses, catalogue).map((product) => ({
      partnerId: publisherId,
      productId: product.productCode,
      accessType: product.accessType,
      startTime: epochMilliseconds(product.startsAt),
      endTime: product.endsAt === null ? null : epochMilliseconds(product.endsAt),
    }));
    return { body: { products } };
  },
});
