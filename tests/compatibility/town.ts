import { logInReader } from '@leveret/server/testing/log-in-reader.js';
import { createTestPublisher } from '@leveret/server/testing/publisher.js';
import { readerToken } from '@leveret/server/testing/reader-token.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { numberAt, textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { complete, kari, prepaidOrder, register } from '../builders/orders.ts';
import type { Caller } from './row.ts';

export type Fact = string | number;
export type Facts = ReadonlyMap<string, Fact>;

/** A node with a publisher's client, and a reader who has bought something there. */
export type Town = { url: string; facts: Facts; headersOf(caller: Caller): Record<string, string> };

const clientId = 'no.leveret.demo';
const secret = 'leveret-demo-secret';
const returnUrl = 'http://localhost:3000/back';
const email = 'kari@example.com';

export async function openTown(): Promise<Town & { close(): Promise<void> }> {
  const fixture = await buildFixture();
  const client = await connectDemoClient(fixture.url);
  const bought = await buy(client);
  const token = await readerToken(fixture.app, { clientId, secret, redirectUri: returnUrl }, email);
  const cookie = await logInReader(fixture.app.context, clientId, email);
  const fresh = await connectOther(fixture);
  const limited = await connectOther(fixture, { rateLimit: { perSecond: 1, perMinute: 1 } });
  const headers: Record<Caller, Record<string, string>> = {
    client: bearer(client.token),
    'new client': bearer(fresh),
    'limited client': bearer(limited),
    reader: bearer(token),
    browser: { cookie },
    visitor: {},
  };
  const facts: [string, Fact][] = [
    ['url', fixture.url],
    ['sandbox', fixture.sandboxUrl],
    ['clientId', clientId],
    ['secret', secret],
    ['basic', `Basic ${btoa(`${clientId}:${secret}`)}`],
    ['returnUrl', returnUrl],
    ['errorUrl', 'http://localhost:3000/error'],
    ['email', email],
    ...Object.entries(bought),
  ];
  return {
    url: fixture.url,
    facts: new Map(facts),
    headersOf: (caller) => headers[caller],
    close: () => fixture.close(),
  };
}

/** An offer with access, and a single product, both tied to the reader's account. */
async function buy(client: DemoClient): Promise<Record<string, Fact>> {
  const offer = await assigned(client, prepaidOrder({ externalOrderId: 'table' }));
  const single = { productSpecType: 'product', product: 'GUIDE' };
  await assigned(client, prepaidOrder({ externalOrderId: 'single', orderLines: [single] }));
  const { body } = await client.get(`/capi/v1/client/order/${offer.orderId}`);
  return { ...offer, customerNumber: numberAt(body, 'customerNumber') };
}

async function assigned(client: DemoClient, order: Record<string, unknown>) {
  const orderId = await register(client, { ...order, payer: kari });
  await complete(client, orderId, { credential: email });
  const user = { credential: email, isSendMessage: false };
  const { body } = await client.post(`/capi/v1/client/order/${orderId}/user`, user);
  return { orderId, uniqueUserId: textAt(body, 'uniqueUserId') };
}

type Settings = { rateLimit?: { perSecond: number; perMinute: number } };

/** The token of another publisher's client, with the settings that it begins with but for these. */
async function connectOther({ app, url }: Fixture, settings: Settings = {}): Promise<string> {
  const { database, publishers } = app.context;
  const made = await createTestPublisher(database, { client: { settings } });
  await publishers.refresh();
  return (await connectDemoClient(url, { id: made.clientId, secret: made.secret })).token;
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
