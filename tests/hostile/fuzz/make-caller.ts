import { chargeCredentials } from '@leveret/server/commands/seed-sandbox.js';
import { makeOwned } from '../../access/owned-ids.ts';
import { connectDemoClient, type DemoClient } from '../../builders/demo-client.ts';
import { textAt } from '../../builders/fields-of.ts';
import type { Fixture } from '../../builders/fixture.ts';
import { linkIn, linksTo } from '../../builders/ledgers.ts';
import {
  complete,
  demoLine,
  freeOrder,
  kari,
  prepaidOrder,
  register,
  smsOrder,
} from '../../builders/orders.ts';
import { until } from '../../builders/until.ts';
import type { Caller } from './make-request.ts';
import type { Words } from './make-value.ts';

const browserNonce = 'AAAAAAAAAAAAAAAAAAAAAA';

/** Everything good that a request can name, so that what is wrong with it is what was meant to be wrong. */
export async function makeCaller(fixture: Fixture): Promise<Caller> {
  const client = await connectDemoClient(fixture.url);
  const ids = await makeOwned(fixture, client);
  const { messageCredentials, secrets } = fixture.app.context;
  const credentials = [messageCredentials, chargeCredentials({ secrets })];
  return {
    authorization: `Bearer ${client.token}`,
    cookie: `leveret-browser=${browserNonce}; __Host-leveret-browser=${browserNonce}`,
    noticeAuthorizations: credentials.map((one) => basic(one.username, one.password)),
    words: {
      ...ordinaryWords,
      ...Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, [id]])),
      ...addressesOf(fixture),
      orderId: [...(await makeOrders(client)), ids.orderId, ids.openOrderId],
      webhookId: await makeWebhooks(fixture, client),
      token: await makeTokens(fixture, client),
      gateToken: credentials.map((one) => one.token),
      uniqueId: [ids.uniqueUserId],
    },
    bodies: { registerOrder: goodOrders },
  };
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

const guideLine = { productSpecType: 'product', product: 'GUIDE', quantity: 2, unitPrice: 149 };
const articleLine = {
  productSpecType: 'article',
  articleDetail: { articleRef: 'demo-article-1' },
  unitPrice: 19.5,
};
const issueLine = { ...demoLine, productSpecType: 'issue', product: '2026-47' };

/** Orders that are taken as they stand. */
const goodOrders: readonly Record<string, unknown>[] = [
  freeOrder(),
  freeOrder({ orderLines: [issueLine, articleLine, guideLine] }),
  prepaidOrder({ orderAmount: 99 }),
  smsOrder('+4790012345', { orderAmount: 149 }),
  { paymentMethod: 'kco', recurring: true, payer: kari, orderLines: [demoLine], currency: 'NOK' },
  { paymentMethod: 'invoice', payer: kari, orderLines: [{ ...demoLine, receiver: kari, recruiter: kari }] },
  { payer: { companyName: 'Avis', phoneNumbers: [{ phoneNumber: '90012345' }] }, orderLines: [articleLine] },
];

async function makeOrders(client: DemoClient): Promise<number[]> {
  const orders: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    for (const order of goodOrders) {
      const { paymentInfoOther: _used, ...unpaid } = order;
      orders.push(await register(client, unpaid));
    }
  }
  return orders;
}

async function makeWebhooks(fixture: Fixture, client: DemoClient): Promise<number[]> {
  const made: number[] = [];
  for (let count = 0; count < 15; count += 1) {
    const url = `${fixture.sandboxUrl}/publisher/hook`;
    made.push(Number((await client.post('/capi/v1/client/webhooks', { url })).body['webhookId']));
  }
  return made;
}

/** Login links and the addresses of orders, which pages are asked for. */
async function makeTokens(fixture: Fixture, client: DemoClient): Promise<string[]> {
  const tokens: string[] = [];
  for (const email of ['one@example.com', 'two@example.com', 'three@example.com']) {
    const registered = await client.post('/capi/v1/client/order', freeOrder());
    tokens.push(textAt(registered.body, 'fulfillmentUrl').split('/').at(-1) ?? '');
    await complete(client, await register(client, freeOrder()), { credential: email });
    const [message] = await until('the message', async () => {
      const messages = await linksTo(fixture, email);
      return messages.length > 0 && messages;
    });
    if (message) tokens.push(linkIn(message).split('/').at(-1) ?? '');
  }
  return tokens;
}

function addressesOf({ sandboxUrl }: Fixture): Words {
  return {
    callbackUrl: [`${sandboxUrl}/publisher/callback/fuzz`],
    returnUrl: [`${sandboxUrl}/publisher/return`],
    errorUrl: [`${sandboxUrl}/publisher/error`],
    url: [`${sandboxUrl}/publisher/hook`],
  };
}

const ordinaryWords: Words = {
  emails: [['kari@example.com'], [{ emailAddress: 'kari@example.com' }]],
  phoneNumbers: [['+4790012345'], [{ phoneNumber: '90012345' }]],
  lastName: ['Nordmann'],
  productSpecCode: ['DEMO'],
  productSpecNo: [1],
  product: ['GUIDE', 'DEMO', '2026-47'],
  productCode: ['DEMO'],
  couponCode: ['DEMO'],
  couponNumber: [1],
  articleRef: ['demo-article-1'],
  allowAccessProduct: ['DEMO'],
  allowAccessSeconds: [60],
  currency: ['NOK'],
  countryCode: ['NO'],
  linkLifetime: [1, 24],
  unitPrice: [10, 99.5, 99_999_999_999.99],
  quantity: [1, 2, 10_000],
  overrideClientId: ['no.leveret.demo'],
  grant_type: ['client_credentials'],
  client_id: ['no.leveret.demo'],
  client_secret: ['leveret-demo-secret'],
  scope: ['orders:read', ''],
  from: ['2026-01-01T00:00:00Z'],
  to: ['2126-01-01T00:00:00Z'],
  nonce: [browserNonce],
  credential: ['one@example.com', '+4790012345', 'two@example.com'],
  code: ['000000', '123456', 'invalid_request'],
  resultCode: ['1001', 1001],
  limit: [1, 50],
};
