import { type Area, unseen } from '../row.ts';

const product = {
  companyCode: 'text',
  product: 'text',
  description: 'text',
  productType: 'text',
  weight: 'number?',
  campaigns: 'text?',
  currency: 'text',
  webOfferPrice: 'number',
  retailPrice: 'number?',
  vatPercent: 'number',
  digital: 'boolean',
} as const;
const lacks = '`weight` and `campaigns` are null: the catalogue here knows neither';

export const catalogue: Area = {
  title: 'Products, coupons, vouchers, rewards',
  about: 'A coupon is an offer of a subscription: what it costs, for how long, and what follows.',
  rows: [
    {
      name: 'List products',
      original: 'GET /v1/client/product',
      from: ['reference', 'php'],
      state: 'differs',
      note: lacks,
      proof: [
        {
          as: 'client',
          path: '/capi/v1/client/product?productId=DEMO&shop=false',
          answer: { fields: { products: [product] } },
        },
      ],
    },
    {
      name: 'Check product',
      original: 'POST /v1/client/product',
      from: ['reference'],
      state: 'differs',
      note: `${lacks}; \`changedAfter\` must be 0`,
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/product?shop=true',
          body: { changedAfter: 0, onlyActive: true },
          answer: { fields: { products: [product] } },
        },
      ],
    },
    {
      name: 'Check product: `changedAfter`',
      original: 'POST /v1/client/product',
      from: ['reference'],
      state: 'later',
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/product',
          body: { changedAfter: 1_700_000_000_000 },
          answer: { fields: { products: 'list' } },
        },
      ],
    },
    {
      name: 'Products of a type',
      original: 'GET /v1/client/product/{productType}',
      from: ['reference', 'ruby'],
      state: 'differs',
      note: lacks,
      proof: [
        {
          as: 'client',
          path: '/capi/v1/client/product/subscription?productId=DEMO',
          answer: { fields: { products: [product] } },
        },
      ],
    },
    {
      name: 'List coupon',
      original: 'GET /v1/client/coupon/{productCode}',
      from: ['portal', 'php'],
      state: 'differs',
      note: '`productDeliveryPlanId` is null and `extraProducts` empty: an offer here is of one product',
      proof: [
        {
          as: 'client',
          path: '/capi/v1/client/coupon/DEMO?marketing=true',
          answer: {
            fields: {
              coupons: [
                {
                  couponCode: 'text',
                  couponNumber: 'integer',
                  startTime: 'time?',
                  endTime: 'time?',
                  description: 'text',
                  couponPrice: 'number',
                  periodLength: 'integer',
                  periodType: 'text',
                  productDeliveryPlanId: 'integer?',
                  extraProducts: 'list',
                  renewal: { renewalPrice: 'number', periodLength: 'integer', periodType: 'text' },
                  marketing: { project: 'text', market: 'text', activity: 'text', salesMethod: 'text' },
                },
              ],
            },
          },
        },
      ],
    },
    {
      name: 'List coupon for coupon number',
      original: unseen,
      from: ['navigation'],
      state: 'later',
      proof: [
        { as: 'client', path: '/capi/v1/client/coupon/DEMO/1', answer: { fields: { coupons: 'list' } } },
      ],
    },
    {
      name: 'Check coupon price',
      original: 'POST /v1/client/coupon/price',
      from: ['reference'],
      state: 'differs',
      note: 'distribution costs nothing here, so that `countryCode` and `postalCode` change nothing',
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/coupon/price',
          body: {
            couponCode: 'DEMO',
            couponNumber: 1,
            customerNumber: '{customerNumber}',
            countryCode: 'NO',
            postalCode: '0155',
          },
          answer: {
            fields: {
              companyCode: 'text',
              product: 'text',
              price: 'number',
              vatAmount: 'number',
              vatpercent: 'number',
              vatInclude: 'boolean',
              currency: 'text',
              distAmount: 'number',
              distAmountvat: 'number',
              customerNumber: 'integer',
            },
          },
        },
      ],
    },
    {
      name: 'List voucher code coupons',
      original: 'GET /v1/client/voucher/coupons/{voucherCode}',
      from: ['reference'],
      state: 'later',
      proof: [
        {
          as: 'client',
          path: '/capi/v1/client/voucher/coupons/VOUCHER',
          answer: {
            fields: { coupons: [{ couponCode: 'text', couponNumber: 'integer', description: 'text' }] },
          },
        },
      ],
    },
    {
      name: 'Check reward',
      original: 'POST /v1/client/reward/check',
      from: ['reference'],
      state: 'later',
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/reward/check',
          body: { rewardId: '1', rewardPartnerId: 2674 },
          answer: { fields: { customerNumber: 'integer', product: 'text', rewardId: 'text' } },
        },
      ],
    },
    {
      name: 'Check article price',
      original: unseen,
      from: ['navigation'],
      state: 'later',
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/article/price',
          body: { articleRef: 'demo-article-1' },
          answer: { fields: { price: 'number' } },
        },
      ],
    },
  ],
};
