import { freeOrder, prepaidOrder, smsOrder } from '../../builders/orders.ts';
import { type Area, type Step } from '../row.ts';
import { exactly } from '../shape.ts';
import { orderStatus, ownOrders } from './own-orders.ts';
import { wholeOrder } from './whole-order.ts';

const registered: Step = {
  as: 'client',
  method: 'POST',
  path: '/capi/v1/client/order',
  body: freeOrder(),
  answer: { fields: { orderId: 'integer' } },
  keeps: ['orderId'],
};

const completed = {
  fulfillmentStatus: exactly('OK'),
  orderId: 'integer',
  errorMessage: 'text?',
} as const;

export const orders: Area = {
  title: 'Orders',
  rows: [
    ...ownOrders,
    {
      name: 'Register order - client mode',
      original: 'POST /v1/client/order',
      from: ['php', 'portal'],
      state: 'same',
      proof: [registered],
    },
    {
      name: 'Register order with every field of its model',
      original: 'POST /v1/client/order',
      from: ['portal', 'php'],
      state: 'differs',
      note:
        'all are taken; `promotionCode`, `voucherCode` and a reward are kept with a warning and change no ' +
        'price; `personsSocialSecurityNumber` is not kept',
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/order',
          body: wholeOrder,
          answer: { fields: { orderId: 'integer' } },
        },
      ],
    },
    {
      name: 'Complete order - client mode',
      original: 'POST /v1/client/order/fulfillment',
      from: ['reference', 'complete'],
      state: 'same',
      proof: [
        registered,
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/order/fulfillment',
          body: { orderId: '{orderId}', callbackUrl: '{sandbox}/publisher/callback/table' },
          answer: { fields: completed },
        },
      ],
    },
    {
      name: 'Complete order - client mode: a failure',
      original: '200 with `ERROR` and `errorMessage`',
      from: ['reference'],
      state: 'same',
      proof: [
        { ...registered, body: smsOrder('+4790000001', { paymentMethod: 'creditcardPayex' }) },
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/order/fulfillment',
          body: { orderId: '{orderId}' },
          answer: {
            fields: { fulfillmentStatus: exactly('ERROR'), orderId: 'integer', errorMessage: 'text' },
          },
        },
      ],
    },
    {
      name: 'The order callback',
      original: 'GET callbackUrl, with `fulfillmentStatus` success or failed',
      from: ['complete'],
      state: 'same',
      note: 'it also carries an id and a signature, and comes at least once',
      proof: [
        registered,
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/order/fulfillment',
          body: { orderId: '{orderId}', callbackUrl: '{sandbox}/publisher/callback/told' },
          answer: { fields: completed },
        },
        {
          as: 'visitor',
          path: '{sandbox}/control/callbacks?path=/publisher/callback/told',
          answer: { fields: { callbacks: [{ query: { fulfillmentStatus: exactly('success', 'failed') } }] } },
          eventually: true,
        },
      ],
    },
    {
      name: 'Temporary access, once a prepaid order is completed',
      original: '`allowAccessProduct` with `allowAccessSeconds`',
      from: ['register', 'complete'],
      state: 'same',
      proof: [
        { ...registered, body: prepaidOrder() },
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/order/fulfillment',
          body: { orderId: '{orderId}' },
          answer: { fields: completed },
        },
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/access',
          body: { product: 'DEMO', credential: '{email}' },
          answer: { fields: { access: exactly(true), accesses: [{ access: 'boolean' }] } },
        },
      ],
    },
    {
      name: 'Assign user - client mode',
      original: 'POST /v1/client/order/{orderId}/user',
      from: ['portal', 'reference'],
      state: 'differs',
      note:
        'the credential is an e-mail address or a mobile, not yet an external identity; `linkLifetime` is ' +
        'in hours (a setting: minutes, hours, days), since the unit of the original is not known; a link ' +
        'also goes without `overrideClientId`',
      proof: [
        registered,
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/order/{orderId}/user',
          body: {
            credential: '{email}',
            isSendMessage: true,
            returnUrl: '{returnUrl}',
            errorUrl: '{errorUrl}',
            linkLifetime: 2,
            overrideClientId: '{clientId}',
          },
          answer: {
            fields: {
              orderId: 'integer',
              uniqueUserId: 'text',
              isNewUser: 'boolean',
              isPasswordSet: 'boolean',
            },
          },
        },
      ],
    },
    {
      name: 'List order status - client mode',
      original: 'GET /v1/client/order/status/{orderId}',
      from: ['portal', 'reference', 'php'],
      state: 'differs',
      note: 'of `orderStatus` only `preliminary` is known; here it may also be `completed` and `stopped`',
      proof: [
        {
          as: 'client',
          path: '/capi/v1/client/order/status/{orderId}',
          answer: { fields: { orders: [orderStatus] } },
        },
      ],
    },
  ],
};
