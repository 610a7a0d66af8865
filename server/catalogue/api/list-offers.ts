import { type Static, Type } from 'typebox';
import type { DatabaseClock } from '../../database/clock.ts';
import { epochMilliseconds, untilBefore } from '../../kit/epoch-milliseconds.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { toMajor } from '../../kit/money.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import type { CatalogueSnapshots, Offer } from '../catalogue.ts';

type Context = { catalogue: CatalogueSnapshots; clock: DatabaseClock };

const Params = narrowing({ productCode: Type.String({ minLength: 1, maxLength: 12 }) });
const Query = narrowing({
  marketing: Type.Optional(Type.Boolean({ description: 'whether each coupon carries its marketing fields' })),
});
const nullableInteger = Type.Unsafe<number | null>({ type: ['integer', 'null'] });
const nullableText = Type.Unsafe<string | null>({ type: ['string', 'null'] });

const ShownOffer = Type.Object({
  couponCode: Type.String(),
  couponNumber: Type.Integer(),
  startTime: nullableInteger,
  endTime: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: untilBefore }),
  description: Type.String(),
  couponPrice: Type.Number({ description: 'major units, VAT included' }),
  currency: Type.String(),
  periodLength: Type.Integer(),
  periodType: Type.String({ description: 'days, weeks, months or years' }),
  productDeliveryPlanId: nullableInteger,
  extraProducts: Type.Array(Type.Object({ productId: Type.String(), description: Type.String() })),
  renewal: Type.Object({
    renewalPrice: Type.Number(),
    periodLength: Type.Integer(),
    periodType: Type.String(),
  }),
  leastTerm: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description:
      'for how many periods it binds the buyer, counted from the first; null where it binds to none',
  }),
  marketing: Type.Optional(
    Type.Object({
      project: nullableText,
      market: nullableText,
      activity: nullableText,
      salesMethod: nullableText,
    }),
  ),
});

/** The original calls an offer a coupon. */
export const listOffers = endpoint({
  operationId: 'listCoupons',
  summary: 'List the coupons of a product that are on sale now',
  description: 'An offer: a product at a price for a time, and what renewing it costs',
  params: Params,
  query: Query,
  reply: Type.Object({ coupons: Type.Array(ShownOffer) }),
  examples: { params: { productCode: 'DEMO' } },
  handle: async (
    context: Context,
    call: ClientCall<undefined, Static<typeof Params>, Static<typeof Query>>,
  ) => {
    const catalogue = await context.catalogue.of(call.caller.publisher.publisherId);
    if (!catalogue.findProduct(call.params.productCode)) throw new Problem('not_found');
    const now = context.clock.now();
    const coupons = catalogue
      .offersOfProduct(call.params.productCode)
      .filter((offer) => catalogue.isOnSale(offer, now))
      .map((offer) => ({
        ...showOffer(offer),
        ...(call.query.marketing && { marketing: showMarketing(offer) }),
      }));
    return { body: { coupons } };
  },
});

function showOffer(offer: Offer): Static<typeof ShownOffer> {
  return {
    couponCode: offer.offerCode,
    couponNumber: offer.offerNumber,
    startTime: offer.startsAt ? epochMilliseconds(offer.startsAt) : null,
    endTime: offer.endsAt ? epochMilliseconds(offer.endsAt) : null,
    description: offer.description,
    couponPrice: toMajor(offer.priceMinor, offer.currency),
    currency: offer.currency,
    periodLength: offer.periodLength,
    periodType: offer.periodType,
    productDeliveryPlanId: null,
    extraProducts: [],
    renewal: {
      renewalPrice: toMajor(offer.renewal.priceMinor, offer.currency),
      periodLength: offer.renewal.periodLength,
      periodType: offer.renewal.periodType,
    },
    leastTerm: offer.leastTerm ?? null,
  };
}

function showMarketing({ marketing }: Offer) {
  const text = (name: string) => {
    const value = marketing[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    project: text('project'),
    market: text('market'),
    activity: text('activity'),
    salesMethod: text('salesMethod'),
  };
}
