import type { Area, Row } from '../row.ts';

const access = {
  access: 'boolean',
  accesses: [{ access: 'boolean', accessLevel: 'text', accessType: 'text' }],
} as const;

/** A question that the original takes and that is refused here until it can be answered. */
function unansweredYet(field: string, value: string | true): Row {
  return {
    name: `Check access - client mode: \`${field}\``,
    original: 'POST /v1/client/access',
    from: ['portal', 'reference'],
    state: 'later',
    proof: [
      {
        as: 'client',
        method: 'POST',
        path: '/capi/v1/client/access',
        body: { product: 'DEMO', credential: '{email}', [field]: value },
        answer: { fields: { access: 'boolean', accesses: 'list' } },
      },
    ],
  };
}

function subscriptions(name: string, path: string, as: 'reader' | 'client', from: Row['from']): Row {
  return {
    name,
    original: `GET ${path}`,
    from,
    state: 'later',
    proof: [
      {
        as,
        path: `/capi${path}`,
        answer: {
          fields: {
            subscriptions: [
              {
                product: 'text',
                stopped: 'boolean',
                startTime: 'time',
                endTime: 'time',
                paid: 'boolean',
                priceDetails: 'list',
                sharable: 'boolean',
                shareType: 'text?',
                salesPerson: 'text?',
                distributionLevel: 'text?',
                productDeliveryPlanId: 'integer?',
              },
            ],
          },
        },
      },
    ],
  };
}

export const accessAndSubscriptions: Area = {
  title: 'Access and subscriptions',
  rows: [
    {
      name: 'Check access - client mode',
      original: 'POST /v1/client/access',
      from: ['portal', 'reference'],
      state: 'differs',
      note:
        'of `accessLevel` the letters A, B, C are known, and not what each means; here A is all of ' +
        'what is named, B an issue or an article; an unknown or empty field is refused',
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/access',
          body: { product: 'DEMO', credential: '{email}', customerNumber: '{customerNumber}' },
          answer: { fields: access },
        },
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/access',
          body: { product: 'DEMO', uniqueId: '{uniqueUserId}', accessAzureAd: false, accessDomain: false },
          answer: { fields: access },
        },
      ],
    },
    {
      name: 'Check access - client mode: `categoryType`',
      original: 'POST /v1/client/access',
      from: ['portal', 'reference'],
      state: 'same',
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/access',
          body: { categoryType: 'news', credential: '{email}' },
          answer: { fields: access },
        },
      ],
    },
    {
      name: 'Check access - client mode: `articleId`, `accessArticle`',
      original: 'POST /v1/client/access',
      from: ['portal', 'reference'],
      state: 'differs',
      note: 'where the original puts the list of ids is not known; here it is `articles`',
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/access',
          body: { articleId: 'demo-article-1', credential: '{email}' },
          answer: { fields: access },
        },
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/access',
          body: { accessArticle: true, credential: '{email}' },
          answer: { fields: { ...access, articles: 'list' } },
        },
      ],
    },
    unansweredYet('domain', 'example.com'),
    unansweredYet('ip', '192.0.2.1'),
    unansweredYet('accessDomain', true),
    unansweredYet('accessAzureAd', true),
    unansweredYet('accessAidFamily', true),
    {
      name: 'Check access',
      original: 'POST /v1/customer/access',
      from: ['reference'],
      state: 'differs',
      note: 'as in client mode, about the reader alone: another `uniqueId` than theirs is refused',
      proof: [
        {
          as: 'reader',
          method: 'POST',
          path: '/capi/v1/customer/access',
          body: { product: 'DEMO', uniqueId: '{uniqueUserId}' },
          answer: { fields: access },
        },
      ],
    },
    {
      name: 'Product access of the user',
      original: 'GET /v1/customer/product',
      from: ['php'],
      state: 'differs',
      note:
        'only products that are open now, so that `accessType` is never D; `endTime` is null where access ' +
        'lasts',
      proof: [
        {
          as: 'reader',
          path: '/capi/v1/customer/product',
          answer: {
            fields: {
              products: [
                {
                  partnerId: 'integer',
                  productId: 'text',
                  accessType: 'text',
                  startTime: 'time',
                  endTime: 'time?',
                },
              ],
            },
          },
        },
      ],
    },
    subscriptions('List subscriptions', '/v1/subscription', 'reader', ['php']),
    {
      name: 'Start subscription',
      original: 'POST /v1/subscription',
      from: ['portal'],
      state: 'later',
      proof: [
        {
          as: 'reader',
          method: 'POST',
          path: '/capi/v1/subscription',
          body: { companyCode: 'DEMO', product: 'DEMO', copies: 1, couponCode: 'DEMO', couponNumber: 1 },
          answer: { fields: { status: 'text' } },
        },
      ],
    },
    subscriptions('List subscriptions - client mode', '/v1/client/subscription/{customerNumber}', 'client', [
      'sites',
    ]),
    {
      name: 'List shareable subscription rules',
      original: 'GET /v1/customer/product/share/rule/{productCode}',
      from: ['portal'],
      state: 'later',
      proof: [
        {
          as: 'reader',
          path: '/capi/v1/customer/product/share/rule/DEMO',
          answer: { fields: { productCode: 'text', shareType: 'text', shareCount: 'integer' } },
        },
      ],
    },
    {
      name: 'A ticket of a customer',
      original: 'GET /v1/client/customer/ticket/{customerNumber}',
      from: ['sites'],
      state: 'not offered',
      note: 'seen in one test of a client’s log and documented nowhere: nobody knows what it answers',
      proof: [
        {
          as: 'client',
          path: '/capi/v1/client/customer/ticket/{customerNumber}',
          answer: { fields: {} },
        },
      ],
    },
  ],
};
