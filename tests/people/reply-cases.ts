import type { JsonValue, Reply } from '../builders/demo-client.ts';
import { completedOrder } from './date-cases.ts';
import { type Desk, guide, isFields, type PeopleCase, textOf } from './desk.ts';

const order = 'order/999999999';
/** What nobody has, at every endpoint that can say so. */
const unknown: [string, string, object?][] = [
  ['GET', order],
  ['GET', 'order/status/999999999'],
  ['POST', 'order/fulfillment', { orderId: 999999999 }],
  ['POST', `${order}/cancel`, {}],
  ['POST', `${order}/refund`, { amount: 1 }],
  ['POST', `${order}/capture`, { amount: 1 }],
  ['POST', `${order}/user`, { credential: 'kari@example.com' }],
  ['GET', 'coupon/NOTHING'],
  ['GET', 'webhooks/999999999'],
  ['POST', 'cases/999999999/resolve', { outcome: 'dismissed', evidence: 'none' }],
  ['GET', 'nothing/here'],
  ['POST', 'nothing/here', {}],
];

const notFound = unknown.map(
  ([method, path, body]): PeopleCase => ({
    name: `404 of ${method} ${path} carries error`,
    right: [404, true],
    async tried({ client }) {
      const address = `/capi/v1/client/${path}`;
      const reply = method === 'GET' ? await client.get(address) : await client.post(address, body);
      const { error, exceptionType, errorMessage } = reply.body;
      return [reply.status, [error, exceptionType, errorMessage].every((text) => textOf(text) !== '')];
    },
  }),
);

/** Every number in a reply whose name says that it is a time of the original. */
function timesIn(value: JsonValue): number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'number' && /(Time|expiresAt)$/.test(name) ? [inner] : timesIn(inner),
  );
}

const places: [string, (desk: Desk) => Promise<Reply>][] = [
  ['Register order', (desk) => registered(desk)],
  [
    'the order status',
    async (desk) => {
      const { body } = await registered(desk);
      return desk.client.get(`/capi/v1/client/order/status/${JSON.stringify(body['orderId'])}`);
    },
  ],
  [
    'the access check',
    async (desk) => {
      const payer = { lastName: 'N', emails: ['times@example.com'] };
      const lent = { ...guide, allowAccessProduct: 'GUIDE', allowAccessSeconds: 3600 };
      await completedOrder(desk, { payer, orderLines: [lent] }, () => undefined);
      return desk.client.post('/capi/v1/client/access', {
        product: 'GUIDE',
        credential: 'times@example.com',
      });
    },
  ],
];

function registered({ client }: Desk): Promise<Reply> {
  return client.post('/capi/v1/client/order', {
    paymentMethod: 'free',
    payer: { lastName: 'N', emails: ['times@example.com'] },
    orderLines: [guide],
  });
}

const wholeSeconds = places.map(
  ([place, ask]): PeopleCase => ({
    name: `times of ${place} are whole seconds in milliseconds`,
    right: true,
    async tried(desk) {
      // A time that ends in 000 by chance does so once in a thousand.
      const replies = [await ask(desk), await ask(desk), await ask(desk)];
      const times = replies.flatMap(({ body }) => timesIn(body));
      return times.length >= 3 && times.every((time) => time > 1e12 && time % 1000 === 0);
    },
  }),
);

const campaigns = ['product', 'product/single', 'product/subscription'].map(
  (path): PeopleCase => ({
    name: `campaigns of ${path} are null or a text`,
    right: true,
    async tried({ client }) {
      const { body } = await client.get(`/capi/v1/client/${path}`);
      const products = Array.isArray(body['products']) ? body['products'] : [];
      const each = products.map((one) => (isFields(one) ? one['campaigns'] : undefined));
      return each.length > 0 && each.every((one) => one === null || typeof one === 'string');
    },
  }),
);

export const replyCases: PeopleCase[] = [...notFound, ...wholeSeconds, ...campaigns];
