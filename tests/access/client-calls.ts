import { merchantSettings } from '../builders/merchant-settings.ts';
import type { Ids } from './owned-ids.ts';

/** A call that is good as it stands, were it not for whose the ids in it are. */
export type ClientCall = { path: string; body?: object };

const articleLine = {
  productSpecType: 'article',
  articleDetail: { articleRef: 'own-article' },
  unitPrice: 10,
};
const customers = '/capi/v1/client/customer';
const users = '/capi/v1/client/user';
const customer = { name: { lastName: 'Nordmann' }, emails: ['kari@example.com'] };
const payer = { lastName: 'Nordmann', emails: ['kari@example.com'] };

/** How each operation of a client is called, with the ids that a caller may have got hold of. */
export const clientCalls: Record<string, (ids: Ids) => ClientCall> = {
  registerOrder: ({ uniqueUserId }) => ({
    path: '/capi/v1/client/order',
    body: { paymentMethod: 'invoice', payer, orderLines: [articleLine], uniqueUserId },
  }),
  completeOrder: ({ openOrderId: orderId }) => ({
    path: '/capi/v1/client/order/fulfillment',
    body: { orderId },
  }),
  showOrderStatus: ({ orderId }) => ({ path: `/capi/v1/client/order/status/${orderId}` }),
  showOrder: ({ orderId }) => ({ path: `/capi/v1/client/order/${orderId}` }),
  listOrders: ({ externalOrderId, credential }) => ({
    path: `/capi/v1/client/orders?externalOrderId=${externalOrderId}&credential=${credential}`,
  }),
  cancelOrder: ({ openOrderId }) => ({ path: `/capi/v1/client/order/${openOrderId}/cancel`, body: {} }),
  captureOrder: ({ orderId }) => ({ path: `/capi/v1/client/order/${orderId}/capture`, body: {} }),
  refundOrder: ({ orderId }) => ({ path: `/capi/v1/client/order/${orderId}/refund`, body: {} }),
  receiveWithdrawal: ({ openOrderId }) => ({
    path: `/capi/v1/client/order/${openOrderId}/withdrawal`,
    body: { name: 'Kari Nordmann' },
  }),
  listOrderWithdrawals: ({ orderId }) => ({ path: `/capi/v1/client/order/${orderId}/withdrawals` }),
  listWithdrawals: () => ({ path: '/capi/v1/client/withdrawals?state=to_check' }),
  assignUser: ({ openOrderId }) => ({
    path: `/capi/v1/client/order/${openOrderId}/user`,
    body: { credential: 'stranger@example.com' },
  }),
  sendOrderLink: ({ openOrderId }) => ({ path: `/capi/v1/client/order/${openOrderId}/link`, body: {} }),
  correctCredential: ({ openOrderId }) => ({
    path: `/capi/v1/client/order/${openOrderId}/credential`,
    body: { credential: 'stranger@example.com' },
  }),
  checkAccess: ({ uniqueUserId: uniqueId }) => ({
    path: '/capi/v1/client/access',
    body: { product: 'DEMO', uniqueId, reason: true },
  }),
  checkCredential: ({ credential }) => ({ path: '/capi/v1/client/credential/check', body: { credential } }),
  registerCustomer: () => ({ path: `${customers}/register`, body: customer }),
  searchCustomers: ({ customerNumber }) => ({ path: `${customers}/search`, body: { customerNumber } }),
  checkCustomerNumber: ({ customerNumber }) => ({ path: `${customers}/check`, body: { customerNumber } }),
  showCustomer: ({ customerNumber }) => ({ path: `${customers}/info/${customerNumber}` }),
  changeCustomer: ({ customerNumber }) => ({ path: `${customers}/info/${customerNumber}`, body: customer }),
  listAddresses: ({ customerNumber }) => ({ path: `${customers}/${customerNumber}/address` }),
  changeAddresses: ({ customerNumber }) => ({
    path: `${customers}/${customerNumber}/address`,
    body: { changeType: 'createPermanent', streetAddress: 'Storgata', postalCode: '0155', countryCode: 'NO' },
  }),
  attachCustomerUser: ({ customerNumber, uniqueUserId }) => ({
    path: `${customers}/${customerNumber}/user`,
    body: { uniqueUserId },
  }),
  detachCustomerUser: ({ customerNumber, uniqueUserId }) => ({
    path: `${customers}/${customerNumber}/user/${uniqueUserId}`,
  }),
  listExternalReferences: ({ customerNumber }) => ({
    path: `${customers}/${customerNumber}/external-reference`,
  }),
  addExternalReference: ({ customerNumber }) => ({
    path: `${customers}/${customerNumber}/external-reference`,
    body: { referenceCode: 'CRM', externalId: 'A-1' },
  }),
  changeExternalReference: ({ customerNumber }) => ({
    path: `${customers}/${customerNumber}/external-reference/CRM`,
    body: { externalId: 'A-2' },
  }),
  removeExternalReference: ({ customerNumber }) => ({
    path: `${customers}/${customerNumber}/external-reference/CRM`,
  }),
  listConsentTexts: () => ({ path: '/capi/v1/client/consent/text' }),
  saveConsentText: () => ({
    path: '/capi/v1/client/consent/text',
    body: { consentCode: 'NEWS', text: 'You may write to me.' },
  }),
  listConsents: ({ customerNumber }) => ({ path: `${customers}/${customerNumber}/consent` }),
  stateConsent: ({ customerNumber }) => ({
    path: `${customers}/${customerNumber}/consent`,
    body: { consentCode: 'NEWS', state: 'withdrawn', source: 'by letter' },
  }),
  exportCustomer: ({ customerNumber }) => ({ path: `${customers}/${customerNumber}/export`, body: {} }),
  exportUser: ({ uniqueUserId }) => ({ path: `${users}/${uniqueUserId}/export`, body: {} }),
  eraseUser: ({ uniqueUserId }) => ({
    path: `${users}/${uniqueUserId}/erase`,
    body: { giveUpSubscriptions: true },
  }),
  eraseCustomer: ({ customerNumber }) => ({
    path: `${customers}/${customerNumber}/erase`,
    body: { giveUpSubscriptions: true },
  }),
  listCategoryTypes: () => ({ path: '/capi/v1/client/category/type' }),
  listCategoryCodes: () => ({ path: '/capi/v1/client/category/code' }),
  listCategoryCodesOfType: () => ({ path: '/capi/v1/client/category/code/news' }),
  listProducts: () => ({ path: '/capi/v1/client/product?productId=DEMO' }),
  checkProducts: () => ({ path: '/capi/v1/client/product', body: { onlyActive: true } }),
  listProductsOfType: () => ({ path: '/capi/v1/client/product/subscription' }),
  listCoupons: () => ({ path: '/capi/v1/client/coupon/DEMO' }),
  checkCouponPrice: ({ customerNumber }) => ({
    path: '/capi/v1/client/coupon/price',
    body: { couponCode: 'DEMO', couponNumber: 1, customerNumber },
  }),
  listEvents: ({ orderId }) => ({ path: `/capi/v1/client/events?orderId=${orderId}` }),
  listCallbacks: ({ orderId }) => ({ path: `/capi/v1/client/callbacks?orderId=${orderId}` }),
  replayCallbacks: () => ({
    path: '/capi/v1/client/callbacks/replay',
    body: { from: '2020-01-01T00:00:00Z', to: '2120-01-01T00:00:00Z', state: 'delivered' },
  }),
  replayCallback: ({ callbackId }) => ({ path: `/capi/v1/client/callbacks/${callbackId}/replay`, body: {} }),
  listCallbackSigningKeys: () => ({ path: '/capi/v1/client/callbacks/keys' }),
  rotateCallbackSigningKey: () => ({ path: '/capi/v1/client/callbacks/keys/rotate', body: {} }),
  listWebhooks: () => ({ path: '/capi/v1/client/webhooks' }),
  createWebhook: () => ({ path: '/capi/v1/client/webhooks', body: { url: 'http://127.0.0.1:9/hook' } }),
  showWebhook: ({ webhookId }) => ({ path: `/capi/v1/client/webhooks/${webhookId}` }),
  deleteWebhook: ({ webhookId }) => ({ path: `/capi/v1/client/webhooks/${webhookId}` }),
  rotateWebhookSecret: ({ webhookId }) => ({
    path: `/capi/v1/client/webhooks/${webhookId}/rotate-secret`,
    body: {},
  }),
  enableWebhook: ({ webhookId }) => ({ path: `/capi/v1/client/webhooks/${webhookId}/enable`, body: {} }),
  listPaymentMethods: () => ({ path: '/capi/v1/client/payment-methods' }),
  saveMerchant: ({ merchantId }) => ({
    path: `/capi/v1/client/payment-methods/link-mobility-sms/${merchantId}`,
    body: { settings: merchantSettings },
  }),
  tryMerchant: ({ merchantId }) => ({
    path: `/capi/v1/client/payment-methods/link-mobility-sms/${merchantId}/test`,
    body: {},
  }),
  deleteMerchant: ({ merchantId }) => ({
    path: `/capi/v1/client/payment-methods/link-mobility-sms/${merchantId}`,
  }),
  showPublisher: () => ({ path: '/capi/v1/client/publisher' }),
  changePublisher: () => ({ path: '/capi/v1/client/publisher', body: { legalName: 'Avisa AS' } }),
  listActs: ({ orderId }) => ({ path: `/capi/v1/client/acts?orderId=${orderId}` }),
  listCases: ({ orderId }) => ({ path: `/capi/v1/client/cases?orderId=${orderId}` }),
  resolveCase: ({ caseId }) => ({
    path: `/capi/v1/client/cases/${caseId}/resolve`,
    body: { outcome: 'dismissed', evidence: 'none' },
  }),
};
