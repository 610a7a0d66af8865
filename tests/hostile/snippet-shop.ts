import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectStranger } from '../access/stranger.ts';
import type { DemoClient } from '../builders/demo-client.ts';
import { connectDemoClient } from '../builders/demo-client.ts';
import { textAt } from '../builders/fields-of.ts';
import type { Fixture } from '../builders/fixture.ts';
import { linkIn, linksTo } from '../builders/ledgers.ts';
import { complete, freeOrder, register } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

/** A server that a publisher runs and calls its payment provider. */
export type OwnProvider = {
  url: string;
  /** What it gives as the checkout of every session. */
  snippet: string;
  /** What its scripts told it, and what else was asked for, in order. */
  told: { path: string; body: string; cookie: string | undefined }[];
  close(): void;
};

export async function openOwnProvider(): Promise<OwnProvider> {
  const told: OwnProvider['told'] = [];
  const provider: OwnProvider = { url: '', snippet: '', told, close: () => server.close() };
  const server = createServer((request, response) => void answer(provider, request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  server.unref();
  provider.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return provider;
}

async function answer(
  provider: OwnProvider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const path = request.url ?? '';
  const body = Buffer.concat(chunks).toString();
  const headers = { 'access-control-allow-origin': '*', 'content-type': 'application/json' };
  if (path.startsWith('/checkout/')) {
    const order = { order_id: 'own-1', status: 'checkout_incomplete', html_snippet: provider.snippet };
    response.writeHead(request.method === 'POST' ? 201 : 200, headers).end(JSON.stringify(order));
    return;
  }
  provider.told.push({ path, body, cookie: request.headers.cookie });
  if (path === '/frame') {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><script>${innerScript}</script>`);
    return;
  }
  response.writeHead(path.startsWith('/tell') ? 200 : 404, headers).end('{}');
}

/** In a frame of the provider's within the snippet: whether it is itself, as a real checkout must be. */
const innerScript = `
  let stored;
  try {
    localStorage.setItem('cart', '1');
    stored = localStorage.getItem('cart');
  } catch (error) { stored = error.name; }
  fetch('/tell/frame', { method: 'POST', body: JSON.stringify({ origin: self.origin, stored }) });
`;

/** Another publisher, whose Kustom account has its base address at `provider`. */
export async function connectAttacker(fixture: Fixture, provider: OwnProvider): Promise<DemoClient> {
  const { client } = await connectStranger(fixture);
  const saved = await client.put('/capi/v1/client/payment-methods/kustom-checkout/default', {
    settings: { baseUrl: provider.url, username: 'own', password: 'own' },
  });
  if (saved.status !== 200) throw new Error(JSON.stringify(saved.body));
  return client;
}

/** An order of this publisher's, and the address at which it is paid by the provider's checkout. */
export async function placeOrder(client: DemoClient): Promise<{ address: string; orderId: number }> {
  const line = { productSpecType: 'article', articleDetail: { articleRef: 'own-article' }, unitPrice: 10 };
  const { body } = await client.post('/capi/v1/client/order', {
    paymentMethod: 'kco',
    payer: { lastName: 'Nordmann', emails: ['ola@example.com'] },
    orderLines: [line],
  });
  return { address: textAt(body, 'fulfillmentUrl'), orderId: Number(body['orderId']) };
}

/** A login link of a reader of the demo publisher, who has bought there. */
export async function linkOfReader(fixture: Fixture, email: string): Promise<string> {
  const client = await connectDemoClient(fixture.url);
  const payer = { firstName: 'Solveig', lastName: 'Hemmelig', emails: [email] };
  await complete(client, await register(client, freeOrder({ payer })), { credential: email });
  const message = await until('the message', async () => (await linksTo(fixture, email))[0]);
  return linkIn(message);
}
