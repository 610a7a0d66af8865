import { demoLine, freeOrder, prepaidOrder } from '../../builders/orders.ts';
import type { Area, Row, Step } from '../row.ts';
import { exactly } from '../shape.ts';

const guide = { productSpecType: 'product', product: 'GUIDE' };

const registering = (as: 'client' | 'reader', order: object): Step => ({
  as,
  method: 'POST',
  path: as === 'client' ? '/capi/v1/client/order' : '/capi/v1/order',
  body: order,
  answer: { fields: { orderId: 'integer' } },
  keeps: ['orderId', 'fulfillmentUrl'],
});

const completing: Step = {
  as: 'client',
  method: 'POST',
  path: '/capi/v1/client/order/fulfillment',
  body: { orderId: '{orderId}' },
  answer: { fields: { fulfillmentStatus: exactly('OK') } },
};

const assigning: Step = {
  as: 'client',
  method: 'POST',
  path: '/capi/v1/client/order/{orderId}/user',
  body: { credential: '{email}', isSendMessage: false },
  answer: { fields: { orderId: 'integer', uniqueUserId: 'text' } },
};

const paying: Step = {
  as: 'browser',
  path: '{fulfillmentUrl}?returnUrl={returnUrl}',
  headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  answer: { leadsTo: '{sandbox}' },
};

const card = freeOrder({ paymentMethod: 'creditcardPayex', orderLines: [guide] });
const known = { from: ['intro'], original: 'Introduction to orders' } as const;
const ownAddress =
  'send the browser to the `fulfillmentUrl` that registering answers; an address with a bare order id ' +
  'works where the client’s setting `bareIdOpens` is on';

/** A line of an order by how it says what is bought. */
function line(type: string, orderLine: object): Row {
  return {
    name: `A line of the type \`${type}\``,
    original: '`productSpecType`',
    from: ['register', 'tips'],
    state: 'same',
    proof: [registering('client', freeOrder({ orderLines: [orderLine] }))],
  };
}

export const flows: Area = {
  title: 'The ways through an order',
  rows: [
    {
      ...known,
      name: '1a: not prepaid, the reader is logged in',
      state: 'differs',
      note: ownAddress,
      proof: [registering('reader', card), paying],
    },
    {
      ...known,
      name: '1b: not prepaid, nobody is logged in',
      state: 'differs',
      note: ownAddress,
      proof: [registering('client', card), paying, assigning],
    },
    {
      ...known,
      name: '2a: prepaid, the reader is logged in',
      state: 'same',
      proof: [registering('reader', prepaidOrder()), completing],
    },
    {
      ...known,
      name: '2b: prepaid, nobody is logged in',
      state: 'same',
      proof: [registering('client', prepaidOrder()), completing, assigning],
    },
    line('coupon', demoLine),
    line('product', guide),
    line('issue', {
      productSpecType: 'issue',
      productSpecCode: 'DEMO',
      productSpecNo: 1,
      product: '2026-47',
      allowAccessProduct: 'DEMO',
    }),
    line('article', {
      productSpecType: 'article',
      articleDetail: {
        companyCode: 'DEMO',
        product: 'DEMO',
        articleRef: 'demo-article-1',
        articleDesc: 'An article',
        articleCategory: 'news',
      },
      unitPrice: 19,
    }),
  ],
};
