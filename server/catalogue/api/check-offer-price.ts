import { type Static, Type } from 'typebox';
import type { DatabaseClock } from '../../database/clock.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { describes, narrowing } from '../../kit/http/field-sorts.ts';
import { toMajor } from '../../kit/money.ts';
import { fieldProblem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { type CatalogueSnapshots, priceWithVat } from '../catalogue.ts';

type Context = { catalogue: CatalogueSnapshots; clock: DatabaseClock };

const Body = narrowing({
  couponCode: Type.String({ minLength: 1, maxLength: 12 }),
  couponNumber: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
  customerNumber: describes(Type.Optional(Type.Integer({ minimum: 1 }))),
  countryCode: describes(Type.Optional(Type.String({ maxLength: 3 }))),
  postalCode: describes(Type.Optional(Type.String({ maxLength: 10 }))),
});

/** Leveret charges nothing for distribution, so the place that is asked for does not change the price. */
export const checkOfferPrice = endpoint({
  operationId: 'checkCouponPrice',
  summary: 'Check the price of a coupon',
  description:
    'What the coupon costs now, with the VAT in it. Nothing is charged for distribution, so place and ' +
    'customer change nothing',
  body: Body,
  reply: Type.Object({
    companyCode: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
    product: Type.String(),
    price: Type.Number({ description: 'major units, VAT included' }),
    vatAmount: Type.Number({ description: 'the VAT inside the price' }),
    vatpercent: Type.Number(),
    vatInclude: Type.Boolean(),
    currency: Type.String(),
    distAmount: Type.Number(),
    distAmountvat: Type.Number(),
    customerNumber: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
  }),
  examples: { body: { couponCode: 'DEMO', couponNumber: 1 } },
  handle: async (context: Context, call: ClientCall<Static<typeof Body>>) => {
    const { publisherId, country } = call.caller.publisher;
    const { couponCode, couponNumber, customerNumber } = call.body;
    const catalogue = await context.catalogue.of(publisherId);
    const now = context.clock.now();
    const offer = catalogue.findOffer(couponCode, couponNumber);
    if (!offer || !catalogue.isOnSale(offer, now)) {
      const message = `the coupon ${couponCode}/${couponNumber} is not known, or not on sale now`;
      throw fieldProblem('offer_is_unknown', 'couponNumber', message);
    }
    const product = catalogue.findProduct(offer.productCode);
    const rate = catalogue.vatRate(country, product?.vatCode ?? 'standard', now) ?? 0;
    const price = priceWithVat(offer.priceMinor, rate);
    return {
      body: {
        companyCode: product?.companyCode ?? null,
        product: offer.productCode,
        price: toMajor(price.priceMinor, offer.currency),
        vatAmount: toMajor(price.vatMinor, offer.currency),
        vatpercent: price.vatBasisPoints / 100,
        vatInclude: true,
        currency: offer.currency,
        distAmount: 0,
        distAmountvat: 0,
        customerNumber: customerNumber ?? null,
      },
    };
  },
});
