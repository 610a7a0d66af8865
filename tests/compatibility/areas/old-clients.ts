import { demoLine, freeOrder, kari, prepaidOrder } from '../../builders/orders.ts';
import type { Area, Step } from '../row.ts';
import { exactly } from '../shape.ts';

function registering(order: object): Step {
  return {
    as: 'client',
    method: 'POST',
    path: '/capi/v1/client/order',
    body: order,
    answer: { fields: { orderId: 'integer' } },
  };
}

const dates = ['2026-12-01', '2026-12-01T10:00:00+01:00', 1_796_083_200, 1_796_083_200_000];
const births = ['1980-01-01', '1980-01-01T00:00:00Z', 315_532_800_000];
const starting = (startDate: unknown) => [{ ...demoLine, startInfo: { startDate } }];

/** Evidence of a card paid long ago, as a client library sends it. */
const formerCard = {
  ticket: 'ticket-1',
  cardNumberMasked: '************1111',
  expMonth: '12',
  expYear: '30',
  cardTypeName: 'Visa',
  transactionId: 'former-card',
  merchantId: '1',
  ticketMerchantId: '1',
  secure3d: true,
  verificationIdPresent: true,
  enrolled: true,
};

const formerMethod = (paymentMethod: string): Step[] => [
  {
    ...registering({
      ...freeOrder({ paymentMethod, prepaid: true }),
      paymentInfo: { ...formerCard, transactionId: paymentMethod },
    }),
    keeps: ['orderId'],
  },
  {
    as: 'client',
    path: '/capi/v1/client/order/{orderId}',
    answer: {
      fields: {
        paymentMethod: exactly('other'),
        prepayment: { transactionId: exactly(paymentMethod) },
      },
    },
  },
];

const former = 'read as `other`, with a warning; of `paymentInfo` only `transactionId` is kept';
const pair = 'client_id={clientId}&client_secret={secret}';
const xml = 'it is answered in JSON: read JSON instead';

export const oldClients: Area = {
  title: 'What old clients send and expect',
  about: 'Seen in public code of clients; some of it the documentation never said.',
  rows: [
    {
      name: 'Dates as a day, ISO 8601, epoch seconds and milliseconds',
      original: '`orderDate`, `startDate`, `birthDate`',
      from: ['php'],
      state: 'same',
      proof: [
        ...dates.map((orderDate) => registering(freeOrder({ orderDate }))),
        ...dates.map((startDate) => registering(freeOrder({ orderLines: starting(startDate) }))),
        ...births.map((birthDate) => registering(freeOrder({ payer: { ...kari, birthDate } }))),
      ],
    },
    {
      name: 'Times in replies: whole seconds in milliseconds',
      original: '`orderTime`',
      from: ['php'],
      state: 'same',
      proof: [
        {
          as: 'client',
          path: '/capi/v1/client/order/status/{orderId}',
          answer: { fields: { orders: [{ orderTime: 'time' }] } },
        },
      ],
    },
    {
      name: 'Products in XML where no `Accept` is sent',
      original: 'GET /v1/client/product',
      from: ['ruby', 'sites'],
      state: 'later',
      note: xml,
      meanwhile: { fields: { products: 'list' } },
      proof: [
        {
          as: 'client',
          path: '/capi/v1/client/product',
          headers: { accept: '*/*' },
          answer: { shows: '<product' },
        },
      ],
    },
    {
      name: 'Replies in XML',
      original: '`Accept: application/xml`',
      from: ['sites', 'node'],
      state: 'later',
      note: xml,
      meanwhile: { fields: { products: 'list' } },
      proof: [
        {
          as: 'client',
          path: '/capi/v1/client/product',
          headers: { accept: 'application/xml' },
          answer: { shows: '<product' },
        },
      ],
    },
    {
      name: 'Bodies in XML',
      original: '`Content-Type: application/xml` for orders',
      from: ['sites'],
      state: 'later',
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/order',
          headers: { 'content-type': 'application/xml' },
          text: '<order><paymentMethod>free</paymentMethod></order>',
          answer: { shows: '<orderId' },
        },
      ],
    },
    {
      name: 'Empty fields for nothing',
      original: '`""`, `[""]`, `0`',
      from: ['php', 'sites'],
      state: 'same',
      proof: [
        registering(
          freeOrder({
            externalOrderId: '',
            orderDate: 0,
            companyCode: '',
            marketingCouponCode: '',
            payer: { ...kari, phoneNumbers: [''], street: '', streetNumber: 0, middleName: '' },
            orderLines: [{ ...demoLine, voucherCode: '', rewardId: '', rewardPartnerId: 0 }],
          }),
        ),
      ],
    },
    {
      name: 'A letter behind the number of a house',
      original: '`streetNumber`: `"12B"`',
      from: ['sites'],
      state: 'same',
      note: 'the letter goes to `entrance`',
      proof: [
        {
          ...registering(freeOrder({ payer: { ...kari, street: 'Storgata', streetNumber: '12B' } })),
          keeps: ['orderId'],
        },
        {
          as: 'client',
          path: '/capi/v1/client/order/{orderId}',
          answer: { fields: { payer: { streetNumber: exactly(12), entrance: exactly('B') } } },
        },
      ],
    },
    {
      name: '404 where the original documents 400',
      original: '`error` beside `exceptionType`',
      from: ['php'],
      state: 'same',
      proof: [
        {
          as: 'client',
          path: '/capi/v1/client/order/status/1',
          answer: { status: 404, fields: { error: 'text', exceptionType: 'text', errorMessage: 'text' } },
        },
      ],
    },
    {
      name: 'Payment method `creditcard`',
      original: 'prepaid, with `paymentInfo`',
      from: ['php'],
      state: 'differs',
      note: former,
      proof: formerMethod('creditcard'),
    },
    {
      name: 'Payment method `masterpass`',
      original: 'prepaid, with `paymentInfo`',
      from: ['php'],
      state: 'differs',
      note: former,
      proof: formerMethod('masterpass'),
    },
    {
      name: 'Parameters of a token in the address, with `testing=true` beside',
      original: 'POST loginServer /oauth/token?…',
      from: ['php'],
      state: 'same',
      proof: [
        {
          as: 'visitor',
          method: 'POST',
          path: `/user/oauth/token?grant_type=client_credentials&${pair}&testing=true`,
          answer: { fields: { access_token: 'text', expires_in: 'integer' } },
        },
        {
          as: 'client',
          path: '/capi/v1/client/product?testing=true',
          answer: { fields: { products: 'list' } },
        },
        registering({ ...prepaidOrder(), testing: true }),
      ],
    },
  ],
};
