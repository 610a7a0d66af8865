import { checkAccess } from './access/api/check-access.ts';
import { checkOwnAccess } from './access/api/check-own-access.ts';
import { listOwnProducts } from './access/api/list-own-products.ts';
import { askForCode } from './accounts/api/ask-for-code.ts';
import { assignUser } from './accounts/api/assign-user.ts';
import { checkCredential } from './accounts/api/check-credential.ts';
import { checkLogin } from './accounts/api/check-login.ts';
import { correctCredential } from './accounts/api/correct-credential.ts';
import { endAgreement } from './accounts/api/end-agreement.ts';
import { giveUpLink } from './accounts/api/give-up-link.ts';
import { logInByCode } from './accounts/api/log-in-by-code.ts';
import { logInByLink } from './accounts/api/log-in-by-link.ts';
import {
  createUser,
  logInForSite,
  openCreateUser,
  openLogin,
  openRegister,
  registerReader,
} from './accounts/api/log-in-for-site.ts';
import { logOut, openLogOut } from './accounts/api/log-out.ts';
import { logOutEverywhere } from './accounts/api/log-out-everywhere.ts';
import { openAgreement } from './accounts/api/open-agreement.ts';
import { openCodePage } from './accounts/api/open-code-page.ts';
import { openLink } from './accounts/api/open-link.ts';
import { resendLink } from './accounts/api/resend-link.ts';
import { sendAgreementCode } from './accounts/api/send-agreement-code.ts';
import { sendOrderLink } from './accounts/api/send-order-link.ts';
import { serveStyleSheet } from './accounts/api/serve-style-sheet.ts';
import { showAgreement } from './accounts/api/show-agreement.ts';
import { showProfile } from './accounts/api/show-profile.ts';
import { showWelcome } from './accounts/api/show-welcome.ts';
import { listActs } from './acts/api/list-acts.ts';
import { createWebhook } from './callbacks/api/create-webhook.ts';
import { deleteWebhook } from './callbacks/api/delete-webhook.ts';
import { enableWebhook } from './callbacks/api/enable-webhook.ts';
import { listCallbacks } from './callbacks/api/list-callbacks.ts';
import { listEvents } from './callbacks/api/list-events.ts';
import { listSigningKeys } from './callbacks/api/list-signing-keys.ts';
import { listWebhooks } from './callbacks/api/list-webhooks.ts';
import { replayCallback } from './callbacks/api/replay-callback.ts';
import { replayCallbacks } from './callbacks/api/replay-callbacks.ts';
import { rotateSigningKey } from './callbacks/api/rotate-signing-key.ts';
import { rotateWebhookSecret } from './callbacks/api/rotate-webhook-secret.ts';
import { showWebhook } from './callbacks/api/show-webhook.ts';
import { listCases } from './cases/api/list-cases.ts';
import { resolveCase } from './cases/api/resolve-case.ts';
import { checkOfferPrice } from './catalogue/api/check-offer-price.ts';
import { checkProducts } from './catalogue/api/check-products.ts';
import {
  listCategoryCodes,
  listCategoryCodesOfType,
  listCategoryTypes,
} from './catalogue/api/list-categories.ts';
import { listOffers } from './catalogue/api/list-offers.ts';
import { listProducts } from './catalogue/api/list-products.ts';
import { listProductsOfType } from './catalogue/api/list-products-of-type.ts';
import type { Context } from './context.ts';
import { addExternalReference } from './customers/api/add-reference.ts';
import { attachCustomerUser } from './customers/api/attach-user.ts';
import { changeAddresses } from './customers/api/change-addresses.ts';
import { changeCustomer } from './customers/api/change-customer.ts';
import { changeOwnAddresses } from './customers/api/change-own-addresses.ts';
import { changeOwnCustomer, registerOwnCustomer } from './customers/api/change-own-customer.ts';
import { changeExternalReference } from './customers/api/change-reference.ts';
import { checkCustomerNumber } from './customers/api/check-customer-number.ts';
import { detachCustomerUser } from './customers/api/detach-user.ts';
import { eraseCustomer, eraseUser } from './customers/api/erase-customer.ts';
import { exportCustomer, exportUser } from './customers/api/export-customer.ts';
import { listAddresses } from './customers/api/list-addresses.ts';
import { listConsentTexts } from './customers/api/list-consent-texts.ts';
import { listConsents } from './customers/api/list-consents.ts';
import { listOwnAddresses } from './customers/api/list-own-addresses.ts';
import { listOwnConsents } from './customers/api/list-own-consents.ts';
import { listExternalReferences } from './customers/api/list-references.ts';
import { registerCustomer } from './customers/api/register-customer.ts';
import { removeExternalReference } from './customers/api/remove-reference.ts';
import { saveConsentText } from './customers/api/save-consent-text.ts';
import { searchCustomers } from './customers/api/search-customers.ts';
import { showCustomer } from './customers/api/show-customer.ts';
import { showOwnCustomer } from './customers/api/show-own-customer.ts';
import { stateConsent } from './customers/api/state-consent.ts';
import { stateOwnConsent } from './customers/api/state-own-consent.ts';
import { completeOrder } from './fulfillment/api/complete-order.ts';
import { payOrder, payOrderById } from './fulfillment/api/pay-order.ts';
import { returnFromProvider } from './fulfillment/api/return-from-provider.ts';
import { serveFrameScript, serveSnippetLoader } from './fulfillment/api/serve-frame-parts.ts';
import { visitOrder, visitOrderById } from './fulfillment/api/visit-order.ts';
import type { Row } from './kit/http/route-table.ts';
import { receiveEmailReport } from './messages/api/receive-email-report.ts';
import { receiveLinkMessageReport } from './messages/api/receive-link-message-report.ts';
import { advanceClock } from './operations/api/advance-clock.ts';
import { listGuides } from './operations/api/list-guides.ts';
import { serveFavicon } from './operations/api/serve-favicon.ts';
import { serveRobots } from './operations/api/serve-robots.ts';
import {
  showCompatibility,
  showDecision,
  showGuide,
  showHowTo,
  showProviderFacts,
} from './operations/api/show-document.ts';
import { showErrorCode } from './operations/api/show-error-code.ts';
import { showFront } from './operations/api/show-front.ts';
import { showHealth } from './operations/api/show-health.ts';
import { showMetrics } from './operations/api/show-metrics.ts';
import { showReady } from './operations/api/show-ready.ts';
import { cancelOrder } from './orders/api/cancel-order.ts';
import { listOrders } from './orders/api/list-orders.ts';
import { listOwnOrders } from './orders/api/list-own-orders.ts';
import { listOwnPurchases } from './orders/api/list-own-purchases.ts';
import { registerOrder } from './orders/api/register-order.ts';
import { registerOwnOrder } from './orders/api/register-own-order.ts';
import { searchOwnOrders } from './orders/api/search-own-orders.ts';
import { showOrder } from './orders/api/show-order.ts';
import { showOrderStatus } from './orders/api/show-order-status.ts';
import { showOwnOrderStatus } from './orders/api/show-own-order-status.ts';
import { beginPrepayment } from './payments/api/begin-prepayment.ts';
import { captureOrder } from './payments/api/capture-order.ts';
import { deleteMerchant } from './payments/api/delete-merchant.ts';
import { listPaymentMethods } from './payments/api/list-payment-methods.ts';
import { receiveNotice, receiveNoticeOfAttempt } from './payments/api/receive-notice.ts';
import { refundOrder } from './payments/api/refund-order.ts';
import { returnToPage } from './payments/api/return-to-page.ts';
import { saveMerchant } from './payments/api/save-merchant.ts';
import { serveMediaconnectPayScript, servePayScript } from './payments/api/serve-pay-script.ts';
import { tryMerchant } from './payments/api/try-merchant.ts';
import { changePublisher } from './publishers/api/change-publisher.ts';
import { showPublisher } from './publishers/api/show-publisher.ts';
import type { Client } from './publishers/publisher.ts';
import { listOrderWithdrawals, listWithdrawals } from './withdrawals/api/list-withdrawals.ts';
import { receiveWithdrawal } from './withdrawals/api/receive-withdrawal.ts';
import { openProvenWithdrawal, stateProvenWithdrawal } from './withdrawals/api/state-proven-withdrawal.ts';
import { openWithdrawal, stateWithdrawal } from './withdrawals/api/state-withdrawal.ts';

type ApiRow = Row<Context, Client>;

// Why no act is kept of a call that is no GET.
const ofOrder = "it is the order's own life, which events tell with who began it";
const onlyReads = 'it changes nothing';
const tellsAgain = 'it moves neither money nor access, and each try stands in the log of callbacks';

/** What clients, browsers and providers can call: method, path, who may call, and the endpoint. */
export const api: readonly ApiRow[] = [
  {
    method: 'POST',
    path: '/capi/v1/client/order',
    who: 'client',
    scope: 'orders:write',
    act: { none: ofOrder },
    endpoint: registerOrder,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/order/fulfillment',
    who: 'client',
    scope: 'orders:write',
    act: { none: ofOrder },
    endpoint: completeOrder,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/order/status/:orderId',
    who: 'client',
    scope: 'orders:read',
    endpoint: showOrderStatus,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/order/:orderId',
    who: 'client',
    scope: 'orders:read',
    endpoint: showOrder,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/orders',
    who: 'client',
    scope: 'orders:read',
    endpoint: listOrders,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/order/:orderId/cancel',
    who: 'client',
    scope: 'orders:write',
    act: { on: 'order', id: 'orderId' },
    endpoint: cancelOrder,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/order/:orderId/refund',
    who: 'client',
    scope: 'orders:write',
    act: { on: 'order', id: 'orderId', facts: ['amount', 'lines', 'access'] },
    endpoint: refundOrder,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/order/:orderId/capture',
    who: 'client',
    scope: 'orders:write',
    act: { on: 'order', id: 'orderId', facts: ['amount', 'lines'] },
    endpoint: captureOrder,
  },

  {
    method: 'POST',
    path: '/capi/v1/client/order/:orderId/withdrawal',
    who: 'client',
    scope: 'orders:write',
    act: { on: 'order', id: 'orderId', facts: ['lines'], reason: false },
    endpoint: receiveWithdrawal,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/order/:orderId/withdrawals',
    who: 'client',
    scope: 'orders:read',
    endpoint: listOrderWithdrawals,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/withdrawals',
    who: 'client',
    scope: 'orders:read',
    endpoint: listWithdrawals,
  },

  {
    method: 'POST',
    path: '/capi/v1/client/access',
    who: 'client',
    scope: 'access:read',
    act: { none: onlyReads },
    endpoint: checkAccess,
  },

  { method: 'GET', path: '/capi/v1/customer/profile', who: 'user', scope: 'read', endpoint: showProfile },
  { method: 'GET', path: '/capi/v1/customer/product', who: 'user', scope: 'read', endpoint: listOwnProducts },
  {
    method: 'POST',
    path: '/capi/v1/customer/access',
    who: 'user',
    scope: 'read',
    act: { none: onlyReads },
    endpoint: checkOwnAccess,
  },

  {
    method: 'POST',
    path: '/capi/v1/order',
    who: 'user',
    scope: 'write',
    act: { none: ofOrder },
    endpoint: registerOwnOrder,
  },
  { method: 'GET', path: '/capi/v1/order/status', who: 'user', scope: 'read', endpoint: listOwnOrders },
  {
    method: 'POST',
    path: '/capi/v1/order/status',
    who: 'user',
    scope: 'read',
    act: { none: onlyReads },
    endpoint: searchOwnOrders,
  },
  {
    method: 'GET',
    path: '/capi/v1/order/status/:orderId',
    who: 'user',
    scope: 'read',
    endpoint: showOwnOrderStatus,
  },
  {
    method: 'GET',
    path: '/capi/v1/customer/order/product/history',
    who: 'user',
    scope: 'read',
    endpoint: listOwnPurchases,
  },

  {
    method: 'GET',
    path: '/capi/v1/customer/info',
    who: 'user',
    scope: 'read',
    endpoint: showOwnCustomer,
  },
  {
    method: 'POST',
    path: '/capi/v1/customer/info',
    who: 'user',
    scope: 'write',
    act: { on: 'customer', id: 'customerNumber' },
    endpoint: changeOwnCustomer,
  },
  {
    method: 'POST',
    path: '/capi/v1/customer/register',
    who: 'user',
    scope: 'write',
    act: { on: 'customer', id: 'customerNumber' },
    endpoint: registerOwnCustomer,
  },
  {
    method: 'GET',
    path: '/capi/v1/customer/address',
    who: 'user',
    scope: 'read',
    endpoint: listOwnAddresses,
  },
  {
    method: 'POST',
    path: '/capi/v1/customer/address',
    who: 'user',
    scope: 'write',
    act: { on: 'customer', id: 'customerNumber', facts: ['changeType', 'product', 'id'] },
    endpoint: changeOwnAddresses,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/customer/register',
    who: 'client',
    scope: 'customers:write',
    act: { on: 'customer', id: 'customerNumber' },
    endpoint: registerCustomer,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/customer/search',
    who: 'client',
    scope: 'customers:read',
    act: { none: onlyReads },
    endpoint: searchCustomers,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/customer/check',
    who: 'client',
    scope: 'customers:read',
    act: { none: onlyReads },
    endpoint: checkCustomerNumber,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/customer/info/:customerNumber',
    who: 'client',
    scope: 'customers:read',
    endpoint: showCustomer,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/customer/info/:customerNumber',
    who: 'client',
    scope: 'customers:write',
    act: { on: 'customer', id: 'customerNumber' },
    endpoint: changeCustomer,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/customer/:customerNumber/address',
    who: 'client',
    scope: 'customers:read',
    endpoint: listAddresses,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/customer/:customerNumber/address',
    who: 'client',
    scope: 'customers:write',
    act: { on: 'customer', id: 'customerNumber', facts: ['changeType', 'product', 'id'] },
    endpoint: changeAddresses,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/customer/:customerNumber/user',
    who: 'client',
    scope: 'customers:write',
    act: { on: 'customer', id: 'customerNumber', facts: ['uniqueUserId'] },
    endpoint: attachCustomerUser,
  },
  {
    method: 'DELETE',
    path: '/capi/v1/client/customer/:customerNumber/user/:uniqueUserId',
    who: 'client',
    scope: 'customers:write',
    act: { on: 'customer', id: 'customerNumber' },
    endpoint: detachCustomerUser,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/customer/:customerNumber/external-reference',
    who: 'client',
    scope: 'customers:read',
    endpoint: listExternalReferences,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/customer/:customerNumber/external-reference',
    who: 'client',
    scope: 'customers:write',
    act: { on: 'customer', id: 'customerNumber', facts: ['referenceCode'] },
    endpoint: addExternalReference,
  },
  {
    method: 'PATCH',
    path: '/capi/v1/client/customer/:customerNumber/external-reference/:referenceCode',
    who: 'client',
    scope: 'customers:write',
    act: { on: 'customer', id: 'customerNumber' },
    endpoint: changeExternalReference,
  },
  {
    method: 'DELETE',
    path: '/capi/v1/client/customer/:customerNumber/external-reference/:referenceCode',
    who: 'client',
    scope: 'customers:write',
    act: { on: 'customer', id: 'customerNumber' },
    endpoint: removeExternalReference,
  },

  {
    method: 'GET',
    path: '/capi/v1/customer/consent',
    who: 'user',
    scope: 'read',
    endpoint: listOwnConsents,
  },
  {
    method: 'POST',
    path: '/capi/v1/customer/consent',
    who: 'user',
    scope: 'write',
    act: { on: 'customer', id: 'customerNumber', facts: ['consentCode', 'state', 'version', 'channelCode'] },
    endpoint: stateOwnConsent,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/consent/text',
    who: 'client',
    scope: 'customers:read',
    endpoint: listConsentTexts,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/consent/text',
    who: 'client',
    scope: 'customers:write',
    act: { on: 'consent text', id: 'consentCode' },
    endpoint: saveConsentText,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/customer/:customerNumber/consent',
    who: 'client',
    scope: 'customers:read',
    endpoint: listConsents,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/customer/:customerNumber/consent',
    who: 'client',
    scope: 'customers:write',
    act: { on: 'customer', id: 'customerNumber', facts: ['consentCode', 'state', 'version', 'channelCode'] },
    endpoint: stateConsent,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/customer/:customerNumber/export',
    who: 'client',
    scope: 'customers:privacy',
    act: { none: onlyReads },
    endpoint: exportCustomer,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/customer/:customerNumber/erase',
    who: 'client',
    scope: 'customers:privacy',
    act: { on: 'customer', id: 'customerNumber', facts: ['giveUpSubscriptions'] },
    endpoint: eraseCustomer,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/user/:uniqueUserId/export',
    who: 'client',
    scope: 'customers:privacy',
    act: { none: onlyReads },
    endpoint: exportUser,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/user/:uniqueUserId/erase',
    who: 'client',
    scope: 'customers:privacy',
    act: { on: 'user', id: 'uniqueUserId', facts: ['giveUpSubscriptions'] },
    endpoint: eraseUser,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/category/type',
    who: 'client',
    scope: 'orders:read',
    endpoint: listCategoryTypes,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/category/code',
    who: 'client',
    scope: 'orders:read',
    endpoint: listCategoryCodes,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/category/code/:categoryType',
    who: 'client',
    scope: 'orders:read',
    endpoint: listCategoryCodesOfType,
  },

  {
    method: 'GET',
    path: '/capi/v1/client/product',
    who: 'client',
    scope: 'orders:read',
    endpoint: listProducts,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/product',
    who: 'client',
    scope: 'orders:read',
    act: { none: onlyReads },
    endpoint: checkProducts,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/product/:productType',
    who: 'client',
    scope: 'orders:read',
    endpoint: listProductsOfType,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/coupon/:productCode',
    who: 'client',
    scope: 'orders:read',
    endpoint: listOffers,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/coupon/price',
    who: 'client',
    scope: 'orders:read',
    act: { none: onlyReads },
    endpoint: checkOfferPrice,
  },

  {
    method: 'GET',
    path: '/capi/v1/client/events',
    who: 'client',
    scope: 'callbacks:admin',
    endpoint: listEvents,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/callbacks',
    who: 'client',
    scope: 'callbacks:admin',
    endpoint: listCallbacks,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/callbacks/replay',
    who: 'client',
    scope: 'callbacks:admin',
    act: { none: tellsAgain },
    endpoint: replayCallbacks,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/callbacks/:callbackId/replay',
    who: 'client',
    scope: 'callbacks:admin',
    act: { none: tellsAgain },
    endpoint: replayCallback,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/callbacks/keys',
    who: 'client',
    scope: 'callbacks:admin',
    endpoint: listSigningKeys,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/callbacks/keys/rotate',
    who: 'client',
    scope: 'callbacks:admin',
    act: { on: 'signing key' },
    endpoint: rotateSigningKey,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/webhooks',
    who: 'client',
    scope: 'callbacks:admin',
    endpoint: listWebhooks,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/webhooks',
    who: 'client',
    scope: 'callbacks:admin',
    act: { on: 'webhook', id: 'webhookId', facts: ['events'] },
    endpoint: createWebhook,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/webhooks/:webhookId',
    who: 'client',
    scope: 'callbacks:admin',
    endpoint: showWebhook,
  },
  {
    method: 'DELETE',
    path: '/capi/v1/client/webhooks/:webhookId',
    who: 'client',
    scope: 'callbacks:admin',
    act: { on: 'webhook', id: 'webhookId' },
    endpoint: deleteWebhook,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/webhooks/:webhookId/rotate-secret',
    who: 'client',
    scope: 'callbacks:admin',
    act: { on: 'webhook', id: 'webhookId' },
    endpoint: rotateWebhookSecret,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/webhooks/:webhookId/enable',
    who: 'client',
    scope: 'callbacks:admin',
    act: { on: 'webhook', id: 'webhookId' },
    endpoint: enableWebhook,
  },

  { method: 'GET', path: '/capi/v1/client/cases', who: 'client', scope: 'cases:admin', endpoint: listCases },
  {
    method: 'POST',
    path: '/capi/v1/client/cases/:caseId/resolve',
    who: 'client',
    scope: 'cases:admin',
    act: { on: 'case', id: 'caseId', facts: ['outcome'], reason: 'evidence' },
    endpoint: resolveCase,
  },

  {
    method: 'GET',
    path: '/capi/v1/client/payment-methods',
    who: 'client',
    scope: 'methods:admin',
    endpoint: listPaymentMethods,
  },
  {
    method: 'PUT',
    path: '/capi/v1/client/payment-methods/:adapter/:merchantId',
    who: 'client',
    scope: 'methods:admin',
    act: { on: 'payment account' },
    endpoint: saveMerchant,
  },
  {
    method: 'DELETE',
    path: '/capi/v1/client/payment-methods/:adapter/:merchantId',
    who: 'client',
    scope: 'methods:admin',
    act: { on: 'payment account' },
    endpoint: deleteMerchant,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/payment-methods/:adapter/:merchantId/test',
    who: 'client',
    scope: 'methods:admin',
    act: { none: 'it only asks the provider' },
    endpoint: tryMerchant,
  },

  {
    method: 'POST',
    path: '/capi/v1/client/order/:orderId/user',
    who: 'client',
    scope: 'users:assign',
    act: { on: 'order', id: 'orderId', facts: ['isSendMessage'] },
    endpoint: assignUser,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/order/:orderId/link',
    who: 'client',
    scope: 'users:assign',
    act: { on: 'order', id: 'orderId' },
    endpoint: sendOrderLink,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/order/:orderId/credential',
    who: 'client',
    scope: 'users:assign',
    act: { on: 'order', id: 'orderId' },
    endpoint: correctCredential,
  },
  {
    method: 'POST',
    path: '/capi/v1/client/credential/check',
    who: 'client',
    scope: 'users:assign',
    act: { none: onlyReads },
    endpoint: checkCredential,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/publisher',
    who: 'client',
    scope: 'publisher:admin',
    endpoint: showPublisher,
  },
  {
    method: 'PATCH',
    path: '/capi/v1/client/publisher',
    who: 'client',
    scope: 'publisher:admin',
    act: { on: 'publisher' },
    endpoint: changePublisher,
  },
  {
    method: 'GET',
    path: '/capi/v1/client/acts',
    who: 'client',
    scope: 'audit:read',
    endpoint: listActs,
  },
  { method: 'GET', path: '/user/fulfillment', who: 'browser', endpoint: visitOrderById },
  { method: 'POST', path: '/user/fulfillment', who: 'browser', endpoint: payOrderById },
  { method: 'GET', path: '/user/fulfillment/:token', who: 'browser', endpoint: visitOrder },
  { method: 'POST', path: '/user/fulfillment/:token', who: 'browser', endpoint: payOrder },
  {
    method: 'GET',
    path: '/user/fulfillment/back/:noticeToken',
    who: 'browser',
    endpoint: returnFromProvider,
  },
  { method: 'GET', path: '/l/:token', who: 'browser', endpoint: openLink },
  { method: 'POST', path: '/l/:token', who: 'browser', endpoint: logInByLink },
  { method: 'POST', path: '/l/:token/resend', who: 'browser', endpoint: resendLink },
  { method: 'POST', path: '/l/:token/give-up', who: 'browser', endpoint: giveUpLink },
  { method: 'GET', path: '/user/code', who: 'browser', endpoint: openCodePage },
  { method: 'POST', path: '/user/code', who: 'browser', endpoint: logInByCode },
  { method: 'POST', path: '/user/code/new', who: 'browser', endpoint: askForCode },
  { method: 'GET', path: '/user/welcome', who: 'browser', endpoint: showWelcome },
  { method: 'GET', path: '/user/agreement/:token', who: 'browser', endpoint: showAgreement },
  { method: 'POST', path: '/user/agreement/:token', who: 'browser', endpoint: openAgreement },
  { method: 'POST', path: '/user/agreement/:token/code', who: 'browser', endpoint: sendAgreementCode },
  { method: 'POST', path: '/user/agreement/:token/stop', who: 'browser', endpoint: endAgreement },
  { method: 'GET', path: '/user/withdraw', who: 'browser', endpoint: openWithdrawal },
  { method: 'POST', path: '/user/withdraw', who: 'browser', endpoint: stateWithdrawal },
  { method: 'GET', path: '/user/withdraw/:token', who: 'browser', endpoint: openProvenWithdrawal },
  { method: 'POST', path: '/user/withdraw/:token', who: 'browser', endpoint: stateProvenWithdrawal },
  { method: 'GET', path: '/user/login', who: 'browser', endpoint: openLogin },
  { method: 'POST', path: '/user/login', who: 'browser', endpoint: logInForSite },
  { method: 'GET', path: '/user/createUser', who: 'browser', endpoint: openCreateUser },
  { method: 'POST', path: '/user/createUser', who: 'browser', endpoint: createUser },
  { method: 'GET', path: '/user/register', who: 'browser', endpoint: openRegister },
  { method: 'POST', path: '/user/register', who: 'browser', endpoint: registerReader },
  { method: 'GET', path: '/user/loginCheck', who: 'browser', endpoint: checkLogin },
  { method: 'GET', path: '/user/logout', who: 'browser', endpoint: openLogOut },
  { method: 'POST', path: '/user/logout', who: 'browser', endpoint: logOut },
  { method: 'POST', path: '/user/logout/everywhere', who: 'browser', endpoint: logOutEverywhere },
  { method: 'GET', path: '/user/assets/style.css', who: 'browser', endpoint: serveStyleSheet },
  { method: 'GET', path: '/user/assets/frame/:name', who: 'browser', endpoint: serveFrameScript },
  { method: 'GET', path: '/user/assets/snippet', who: 'browser', endpoint: serveSnippetLoader },
  { method: 'GET', path: '/pay/v/:version/leveretpay.js', who: 'browser', endpoint: servePayScript },
  {
    method: 'GET',
    path: '/mcpay/lib/v/:version/mediaconnectpay.js',
    who: 'browser',
    endpoint: serveMediaconnectPayScript,
  },
  { method: 'POST', path: '/capi/mcpay/start', who: 'browser', endpoint: beginPrepayment },
  { method: 'GET', path: '/capi/mcpay/back/:noticeToken', who: 'browser', endpoint: returnToPage },

  {
    method: 'POST',
    path: '/capi/notices/:account/:gateToken',
    who: 'provider',
    endpoint: receiveNotice,
  },
  {
    method: 'POST',
    path: '/capi/notices/:adapter/attempts/:noticeToken',
    who: 'provider',
    endpoint: receiveNoticeOfAttempt,
  },
  {
    method: 'POST',
    path: '/capi/notices/:adapter/attempts/:noticeToken/:topic',
    who: 'provider',
    endpoint: receiveNoticeOfAttempt,
  },
  {
    method: 'POST',
    path: '/capi/notices/link-mobility-messages/:gateToken',
    who: 'provider',
    endpoint: receiveLinkMessageReport,
  },
  {
    method: 'POST',
    path: '/capi/notices/email/:token',
    who: 'provider',
    // A report may hold the whole mail that came back.
    bodyLimit: 262_144,
    endpoint: receiveEmailReport,
  },

  { method: 'GET', path: '/health', who: 'anyone', endpoint: showHealth, alwaysAnswers: true },
  { method: 'GET', path: '/ready', who: 'anyone', endpoint: showReady, alwaysAnswers: true },
  { method: 'GET', path: '/', who: 'browser', endpoint: showFront },
  { method: 'GET', path: '/favicon.ico', who: 'browser', endpoint: serveFavicon },
  { method: 'GET', path: '/robots.txt', who: 'browser', endpoint: serveRobots },
  { method: 'GET', path: '/docs/guides', who: 'browser', endpoint: listGuides },
  { method: 'GET', path: '/docs/guides/:name', who: 'browser', endpoint: showGuide },
  { method: 'GET', path: '/docs/compatibility', who: 'browser', endpoint: showCompatibility },
  { method: 'GET', path: '/docs/how-to/:name', who: 'browser', endpoint: showHowTo },
  { method: 'GET', path: '/docs/decisions/:name', who: 'browser', endpoint: showDecision },
  { method: 'GET', path: '/docs/providers/:name', who: 'browser', endpoint: showProviderFacts },
  { method: 'GET', path: '/docs/errors/:code', who: 'browser', endpoint: showErrorCode },
  { method: 'GET', path: '/metrics', who: 'browser', endpoint: showMetrics },
];

/** Only in sandbox mode. */
export const sandboxApi: readonly ApiRow[] = [
  { method: 'POST', path: '/test/clock', who: 'anyone', endpoint: advanceClock },
];
