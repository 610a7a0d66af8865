import type { ClientCall } from './client-calls.ts';

/** What a reader's call can name beside the reader, who is whose token it is. */
export type ReadersIds = { orderId: number; externalOrderId: string };

const ownLine = { productSpecType: 'article', articleDetail: { articleRef: 'own-article' }, unitPrice: 10 };

/** How each operation of a reader is called. */
export const userCalls: Record<string, (ids: ReadersIds) => ClientCall> = {
  showProfile: () => ({ path: '/capi/v1/customer/profile' }),
  listOwnProducts: () => ({ path: '/capi/v1/customer/product' }),
  checkOwnAccess: () => ({ path: '/capi/v1/customer/access', body: { product: 'DEMO', reason: true } }),
  registerOwnOrder: () => ({
    path: '/capi/v1/order',
    body: {
      paymentMethod: 'free',
      payer: { firstName: 'Kari', lastName: 'Nordmann' },
      orderLines: [ownLine],
    },
  }),
  listOwnOrders: () => ({ path: '/capi/v1/order/status?limit=10' }),
  searchOwnOrders: ({ externalOrderId }) => ({ path: '/capi/v1/order/status', body: { externalOrderId } }),
  showOwnOrderStatus: ({ orderId }) => ({ path: `/capi/v1/order/status/${orderId}` }),
  listOwnPurchases: () => ({ path: '/capi/v1/customer/order/product/history?limit=10' }),
};
