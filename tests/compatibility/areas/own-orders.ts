import { freeOrder } from '../../builders/orders.ts';
import type { Row } from '../row.ts';

export const orderStatus = {
  orderId: 'integer',
  externalOrderId: 'text',
  orderTime: 'time',
  orderStatus: 'text',
  orderAmount: 'number',
  customerNumber: 'integer',
} as const;

const orderLine = {
  productId: 'text?',
  description: 'text',
  invoiceNumber: 'integer?',
  invoiceTime: 'integer?',
  invoiceLineAmount: 'number?',
  invoiceStatus: 'text',
  deliveryStatus: 'text',
} as const;

/** Orders with the token of a reader. */
export const ownOrders: readonly Row[] = [
  {
    name: 'Register order',
    original: 'POST /v1/order',
    from: ['php', 'ruby', 'sites'],
    state: 'differs',
    note:
      'a token from a login link older than ten minutes is answered 403 `fresh_login_required`; ' +
      '`uniqueUserId` and the payer’s `customerNumber` must be the reader’s own, and what is left out of ' +
      'the payer comes from the profile',
    proof: [
      {
        as: 'reader',
        method: 'POST',
        path: '/capi/v1/order',
        body: freeOrder(),
        answer: { fields: { orderId: 'integer' } },
      },
    ],
  },
  {
    name: 'List orders',
    original: 'GET /v1/order/status',
    from: ['reference'],
    state: 'differs',
    note: 'orders that are tied to the reader’s account, 200 on a page; `nextCursor` says where it goes on',
    proof: [
      {
        as: 'reader',
        path: '/capi/v1/order/status',
        answer: { fields: { orders: [{ ...orderStatus, externalOrderId: 'text?' }] } },
      },
    ],
  },
  {
    name: 'Search order details',
    original: 'POST /v1/order/status',
    from: ['reference'],
    state: 'differs',
    note:
      'of `invoiceStatus` only `notInvoiced` and `invoiced` are known, of `deliveryStatus` only `waiting`; ' +
      'here they may also be `credited`, `delivered` and `cancelled`',
    proof: [
      {
        as: 'reader',
        method: 'POST',
        path: '/capi/v1/order/status',
        body: { orderId: '{orderId}' },
        answer: { fields: { orders: [{ ...orderStatus, orderLines: [orderLine] }] } },
      },
    ],
  },
  {
    name: 'List order product history',
    original: 'GET /v1/customer/order/product/history',
    from: ['reference'],
    state: 'differs',
    note: 'products, single copies and articles of completed orders; `target` is always `C`',
    proof: [
      {
        as: 'reader',
        path: '/capi/v1/customer/order/product/history',
        answer: {
          fields: {
            orders: [
              {
                customerNumber: 'integer',
                orderNumber: 'integer',
                orderDate: 'time',
                description: 'text',
                amount: 'number',
                vat: 'number',
                invoiceNumber: 'integer?',
                invoiceDate: 'time?',
                companyCode: 'text?',
                invoiceStatus: 'text',
                target: 'text',
              },
            ],
          },
        },
      },
    ],
  },
];
