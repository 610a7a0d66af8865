import type { DemoClient } from '../builders/demo-client.ts';
import type { ClientCall } from './client-calls.ts';

/** What a reader's call can name beside the reader, who is whose token it is. */
export type ReadersIds = { orderId: number; externalOrderId: string };

const customer = { name: { lastName: 'Nordmann' }, emails: ['kari@example.com'] };
const ownLine = { productSpecType: 'article', articleDetail: { articleRef: 'own-article' }, unitPrice: 10 };

/** How each operation of a reader is called. */
export const userCalls: Record<string, (ids: ReadersIds) => ClientCall> = {
  showProfile: () => ({ path: '/capi/v1/customer/profile' }),
  listOwnProducts: () => ({ path: '/capi/v1/customer/product' }),
  checkOwnAccess: () => ({ path: '/capi/v1/customer/access', body: { product: 'DEMO', reason: true } }),
  showOwnCustomer: () => ({ path: '/capi/v1/customer/info' }),
  changeOwnCustomer: () => ({ path: '/capi/v1/customer/info', body: customer }),
  registerOwnCustomer: () => ({ path: '/capi/v1/customer/register', body: customer }),
  listOwnAddresses: () => ({ path: '/capi/v1/customer/address' }),
  changeOwnAddresses: () => ({
    path: '/capi/v1/customer/address',
    body: { changeType: 'createPermanent', streetAddress: 'Storgata', postalCode: '0155', countryCode: 'NO' },
  }),
  listOwnConsents: () => ({ path: '/capi/v1/customer/consent' }),
  stateOwnConsent: () => ({
    path: '/capi/v1/customer/consent',
    body: { consentCode: 'NEWS', state: 'withdrawn' },
  }),
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

/** What a publisher must have before every call of its readers is good. */
export async function prepareForReaders(client: Pick<DemoClient, 'post'>): Promise<void> {
  const text = { consentCode: 'NEWS', text: 'You may write to me.' };
  const { status } = await client.post('/capi/v1/client/consent/text', text);
  if (status !== 200) throw new Error(`no text of consent: ${status}`);
}
