import { register } from '@leveret/server/testing/node.js';
import { customerQuestions } from './customer-questions.ts';
import type { Call, Question, Stage } from './question.ts';
import { paidBy } from './seed-orders.ts';

const unknown = 'A'.repeat(43);
const ended = ({ seeds }: Stage) => seeds.ended[0] ?? 0;
const fresh = (stage: Stage) => register(stage.node, order(stage));
const back = 'returnUrl=http%3A%2F%2Flocalhost%3A8090%2Fpublisher%2Freturn';
const client = 'clientId=no.leveret.demo';
const nothing: Question = () => ({});

function order({ seeds: { reader } }: Stage): object {
  return {
    paymentMethod: 'free',
    payer: { lastName: 'Nordmann', emails: [reader.email], phoneNumbers: [reader.mobile] },
    orderLines: [
      { productSpecType: 'product', product: 'GUIDE', allowAccessProduct: 'GUIDE', allowAccessSeconds: 3600 },
    ],
  };
}

/** Of an order that was paid by each method, since each leaves rows of its own. */
const ofPaid = (tail = '', body?: object): Question[] =>
  paidBy.map((method) => ({ seeds }) => ({
    path: `/capi/v1/client/order/${seeds.paid[method]}${tail}`,
    of: method,
    ...(body && { body }),
  }));
const filtered = (...queries: ((stage: Stage) => string)[]): Question[] =>
  queries.map((query) => (stage) => ({ query: query(stage) }));
const at =
  (path: string, more: Call = {}): Question =>
  () => ({ path, ...more });

/**
 * What is asked of each endpoint, under the line of `api.ts` that it has there: one question or several, as
 * lists have filters.
 */
export const questions: Readonly<Record<string, Question | readonly Question[]>> = {
  'POST /capi/v1/client/order': (stage) => ({ body: order(stage) }),
  'POST /capi/v1/client/order/fulfillment': async (stage) => ({
    body: { orderId: await fresh(stage), callbackUrl: 'http://127.0.0.1:9/callback' },
  }),
  'GET /capi/v1/client/order/status/:orderId': (stage) => ({
    path: `/capi/v1/client/order/status/${ended(stage)}`,
  }),
  'GET /capi/v1/client/order/:orderId': ofPaid(),
  'GET /capi/v1/client/orders': [
    nothing,
    ...filtered(
      () => 'state=registered',
      () => 'state=paying',
      () => 'state=completed',
      () => 'state=stopped',
      ({ seeds }) => `credential=${encodeURIComponent(seeds.reader.email)}`,
      ({ seeds }) => `credential=${encodeURIComponent(seeds.reader.mobile)}`,
      () => 'credential=nobody%40example.com',
      () => 'externalOrderId=site-1',
      () => 'state=stopped&credential=nobody%40example.com',
    ),
  ],
  'POST /capi/v1/client/order/:orderId/cancel': async (stage) => ({
    path: `/capi/v1/client/order/${await fresh(stage)}/cancel`,
    body: {},
  }),
  'POST /capi/v1/client/order/:orderId/refund': ofPaid('/refund', {
    amount: 0.01,
    access: 'keep',
    reason: 'late',
  }),
  'POST /capi/v1/client/order/:orderId/capture': ofPaid('/capture', { amount: 1 }),
  'POST /capi/v1/client/order/:orderId/withdrawal': async (stage) => ({
    path: `/capi/v1/client/order/${await fresh(stage)}/withdrawal`,
    body: { name: 'Kari Nordmann', receiptTo: 'kari@example.com' },
  }),
  'GET /capi/v1/client/order/:orderId/withdrawals': (stage) => ({
    path: `/capi/v1/client/order/${ended(stage)}/withdrawals`,
  }),
  'GET /capi/v1/client/withdrawals': [
    nothing,
    ...filtered(
      () => 'state=to_check',
      () => 'state=accepted',
      () => 'state=refused',
      () => 'state=repeated',
    ),
  ],
  'POST /capi/v1/client/access': (stage) => ({
    body: { product: 'GUIDE', credential: stage.seeds.reader.email, reason: true },
  }),
  'GET /capi/v1/customer/profile': nothing,
  'GET /capi/v1/customer/product': nothing,
  'POST /capi/v1/order': (stage) => ({ body: order(stage) }),
  'GET /capi/v1/order/status': [nothing, ...filtered(() => 'limit=1')],
  'POST /capi/v1/order/status': [
    (stage) => ({ body: { orderId: ended(stage) } }),
    () => ({ body: { externalOrderId: 'site-1' } }),
  ],
  'GET /capi/v1/order/status/:orderId': (stage) => ({ path: `/capi/v1/order/status/${ended(stage)}` }),
  'GET /capi/v1/customer/order/product/history': nothing,
  'POST /capi/v1/customer/access': () => ({ body: { product: 'GUIDE', reason: true } }),
  ...customerQuestions,
  'GET /capi/v1/client/product': nothing,
  'POST /capi/v1/client/product': () => ({ body: {} }),
  'GET /capi/v1/client/product/:productType': at('/capi/v1/client/product/single'),
  'GET /capi/v1/client/coupon/:productCode': at('/capi/v1/client/coupon/DEMO'),
  'POST /capi/v1/client/coupon/price': () => ({ body: { couponCode: 'DEMO', couponNumber: 1 } }),
  'GET /capi/v1/client/events': [
    nothing,
    ...filtered(
      () => 'name=order.completed',
      () => 'name=payment.disputed',
      () => 'name=case.opened&limit=500',
      (stage) => `orderId=${ended(stage)}`,
    ),
  ],
  'GET /capi/v1/client/callbacks': [
    nothing,
    ...filtered(
      () => 'state=waiting',
      () => 'state=delivered',
      () => 'state=failed',
      (stage) => `orderId=${ended(stage)}`,
    ),
  ],
  'POST /capi/v1/client/callbacks/replay': () => ({
    body: { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z', state: 'failed' },
  }),
  'POST /capi/v1/client/callbacks/:callbackId/replay': at('/capi/v1/client/callbacks/1/replay', { body: {} }),
  'GET /capi/v1/client/callbacks/keys': nothing,
  'POST /capi/v1/client/callbacks/keys/rotate': () => ({ body: {} }),
  'GET /capi/v1/client/webhooks': nothing,
  'POST /capi/v1/client/webhooks': () => ({ body: { url: 'http://127.0.0.1/not-allowed' } }),
  'GET /capi/v1/client/webhooks/:webhookId': at('/capi/v1/client/webhooks/999'),
  'DELETE /capi/v1/client/webhooks/:webhookId': at('/capi/v1/client/webhooks/999'),
  'POST /capi/v1/client/webhooks/:webhookId/rotate-secret': at('/capi/v1/client/webhooks/999/rotate-secret', {
    body: {},
  }),
  'POST /capi/v1/client/webhooks/:webhookId/enable': at('/capi/v1/client/webhooks/999/enable', { body: {} }),
  'GET /capi/v1/client/acts': [
    nothing,
    ...filtered(
      (stage) => `orderId=${ended(stage)}`,
      () => 'customerNumber=1',
      () => 'by=no.leveret.demo',
      () => 'byKind=staff',
      () => 'operation=cancelOrder',
      () => 'from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z',
    ),
  ],
  'GET /capi/v1/client/cases': [
    nothing,
    ...filtered(
      () => 'state=open',
      () => 'state=resolved',
      (stage) => `orderId=${ended(stage)}`,
      (stage) => `state=open&orderId=${ended(stage)}`,
    ),
  ],
  'POST /capi/v1/client/cases/:caseId/resolve': at('/capi/v1/client/cases/1/resolve', {
    body: { outcome: 'dismissed', evidence: 'looked at' },
  }),
  'GET /capi/v1/client/payment-methods': nothing,
  'PUT /capi/v1/client/payment-methods/:adapter/:merchantId': at(
    '/capi/v1/client/payment-methods/vipps-epayment/bench',
    {
      body: { settings: {} },
    },
  ),
  'DELETE /capi/v1/client/payment-methods/:adapter/:merchantId': at(
    '/capi/v1/client/payment-methods/link-mobility-sms/default',
  ),
  'POST /capi/v1/client/payment-methods/:adapter/:merchantId/test': at(
    '/capi/v1/client/payment-methods/vipps-epayment/none/test',
    { body: {} },
  ),
  'POST /capi/v1/client/order/:orderId/user': (stage) => ({
    path: `/capi/v1/client/order/${ended(stage)}/user`,
    body: { credential: stage.seeds.reader.email, isSendMessage: false },
  }),
  'POST /capi/v1/client/order/:orderId/link': (stage) => ({
    path: `/capi/v1/client/order/${ended(stage)}/link`,
    body: {},
  }),
  'POST /capi/v1/client/order/:orderId/credential': (stage) => ({
    path: `/capi/v1/client/order/${ended(stage)}/credential`,
    body: { credential: stage.seeds.reader.email },
  }),
  'POST /capi/v1/client/credential/check': (stage) => ({ body: { credential: stage.seeds.reader.email } }),
  'GET /capi/v1/client/publisher': nothing,
  'PATCH /capi/v1/client/publisher': () => ({ body: { orderLifeDays: 7 } }),
  'GET /user/fulfillment': (stage) => ({ query: `orderId=${ended(stage)}&${back}` }),
  'POST /user/fulfillment': (stage) => ({ query: `orderId=${ended(stage)}&${back}`, form: 'method=other' }),
  'GET /user/fulfillment/:token': at(`/user/fulfillment/${unknown}`),
  'POST /user/fulfillment/:token': at(`/user/fulfillment/${unknown}`, { form: 'method=other' }),
  'GET /user/fulfillment/back/:noticeToken': at(`/user/fulfillment/back/${unknown}`),
  'GET /user/agreement/:token': at(`/user/agreement/${unknown}`),
  'POST /user/agreement/:token': at(`/user/agreement/${unknown}`, { form: 'code=000000' }),
  'POST /user/agreement/:token/code': at(`/user/agreement/${unknown}/code`, { form: 'nonce=x' }),
  'POST /user/agreement/:token/stop': at(`/user/agreement/${unknown}/stop`, { form: 'nonce=x' }),
  'GET /l/:token': at(`/l/${unknown}`),
  'POST /l/:token': at(`/l/${unknown}`, { form: '' }),
  'POST /l/:token/resend': at(`/l/${unknown}/resend`, { form: '' }),
  'POST /l/:token/give-up': at(`/l/${unknown}/give-up`, { form: '' }),
  'GET /user/withdraw': () => ({ query: client }),
  'POST /user/withdraw': (stage) => ({
    query: client,
    form: `name=Kari&order=${ended(stage)}&email=kari%40example.com`,
  }),
  'GET /user/withdraw/:token': at(`/user/withdraw/${unknown}`),
  'POST /user/withdraw/:token': at(`/user/withdraw/${unknown}`, { form: 'name=Kari&line1=1' }),
  'GET /user/code': () => ({ query: client }),
  'POST /user/code': () => ({ query: client, form: 'credential=kari%40example.com&code=123456' }),
  'POST /user/code/new': () => ({ query: client, form: 'credential=kari%40example.com' }),
  'GET /user/welcome': nothing,
  'GET /user/login': () => ({ query: client }),
  'POST /user/login': () => ({ query: client, form: 'credential=kari%40example.com' }),
  'GET /user/createUser': () => ({ query: client }),
  'POST /user/createUser': () => ({ query: client, form: 'credential=kari%40example.com' }),
  'GET /user/register': () => ({ query: client }),
  'POST /user/register': () => ({ query: client, form: 'credential=kari%40example.com' }),
  'GET /user/loginCheck': () => ({ query: client }),
  'GET /user/logout': () => ({ query: client }),
  'POST /user/logout': () => ({ form: '' }),
  'POST /user/logout/everywhere': () => ({ form: '' }),
  'GET /user/assets/style.css': nothing,
  'GET /user/assets/frame/:name': at('/user/assets/frame/none.js'),
  'GET /user/assets/snippet': nothing,
  'GET /pay/v/:version/leveretpay.js': at('/pay/v/1/leveretpay.js'),
  'GET /mcpay/lib/v/:version/mediaconnectpay.js': at('/mcpay/lib/v/1/mediaconnectpay.js'),
  'POST /capi/mcpay/start': () => ({ form: 'clientId=no.leveret.demo' }),
  'GET /capi/mcpay/back/:noticeToken': at(`/capi/mcpay/back/${unknown}`),
  'POST /capi/notices/:account/:gateToken': at(`/capi/notices/link-mobility-sms/${unknown}`, { body: {} }),
  'POST /capi/notices/:adapter/attempts/:noticeToken': at(`/capi/notices/swedbank-pay/attempts/${unknown}`, {
    body: {},
  }),
  'POST /capi/notices/:adapter/attempts/:noticeToken/:topic': at(
    `/capi/notices/kustom-checkout/attempts/${unknown}/push`,
    {
      body: {},
    },
  ),
  'POST /capi/notices/link-mobility-messages/:gateToken': at(
    `/capi/notices/link-mobility-messages/${unknown}`,
    { body: {} },
  ),
  'POST /capi/notices/email/:token': at(`/capi/notices/email/${unknown}`, { body: {} }),
  'GET /': nothing,
  'GET /favicon.ico': nothing,
  'GET /robots.txt': nothing,
  'GET /docs/guides': nothing,
  'GET /docs/guides/:name': at('/docs/guides/run-in-production'),
  'GET /docs/compatibility': nothing,
  'GET /docs/how-to/:name': at('/docs/how-to/add-a-table'),
  'GET /docs/decisions/:name': at('/docs/decisions/0001-record-decisions'),
  'GET /docs/providers/:name': at('/docs/providers/README'),
  'GET /health': nothing,
  'GET /ready': nothing,
  'GET /docs/errors/:code': at('/docs/errors/invalid_request'),
  'GET /metrics': nothing,
};
