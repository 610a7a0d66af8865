import type { ClientCall } from './client-calls.ts';

/** How each operation of a reader is called; none names an id, as the reader is whose token it is. */
export const userCalls: Record<string, ClientCall> = {
  showProfile: { path: '/capi/v1/customer/profile' },
  listOwnProducts: { path: '/capi/v1/customer/product' },
  checkOwnAccess: { path: '/capi/v1/customer/access', body: { product: 'DEMO', reason: true } },
};
