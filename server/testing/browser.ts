import { createCompleteLane } from '../fulfillment/complete-by-api.ts';
import { createVisitLanes } from '../fulfillment/visit-lanes.ts';
import { createAddressGuard } from '../kit/address-guard.ts';
import type { Row } from '../kit/http/route-table.ts';
import { createHttpServer } from '../kit/http/serve.ts';
import { Problem } from '../kit/problem.ts';
import { createRateLimiter } from '../kit/rate-limit.ts';
import type { Client } from '../publishers/publisher.ts';
import type { TestFixture } from './accounts.ts';

export type TestServer = Awaited<ReturnType<typeof serveRows>>;

/** Serves rows of the API's table over the database of a fixture. A client's token is its id. */
export async function serveRows(
  fixture: TestFixture,
  rows: readonly Row<never, Client>[],
  publicUrl = 'http://localhost:8080',
) {
  const { database, secrets, publishers } = fixture;
  const rateLimiter = createRateLimiter({ now: () => 0, liveNodes: () => 1 });
  const context = {
    settings: { publicUrl },
    database,
    secrets,
    publishers,
    rateLimiter,
    addressGuard: createAddressGuard({ allowLoopback: true, blockedCidrs: [] }),
    clock: { now: () => new Date() },
    // Nobody has set up a method that a buyer can pay with at a screen.
    browserPayments: { choicesFor: async () => ({ methods: [], spent: [] }) },
    visitLanes: createVisitLanes({ database }),
    completeOrder: createCompleteLane({ database, methods: { wayToPay: () => 'charge' } }),
  };
  const { app } = await createHttpServer<never, Client>({
    rows,
    context: context as never,
    async authenticate(token) {
      const client = await publishers.findClient(token);
      if (client) return client;
      throw new Problem('token_is_invalid');
    },
    explainError: () => undefined,
    rateLimiter,
    log: { warn: () => {}, error: () => {} },
    docsBase: '/docs',
    publicUrl,
    version: '0',
  });
  return app;
}

export type TestPage = {
  status: number;
  location: string | undefined;
  html: string;
  headers: Record<string, unknown>;
  setCookies: string[];
};

type Form = { fields?: Record<string, string>; headers?: Record<string, string> };

/** A reader's browser in short: it keeps cookies, and sends the nonce of the form that it was shown. */
export function createTestBrowser(app: TestServer) {
  const cookies = new Map<string, string>();
  let nonce = '';

  async function request(
    method: 'GET' | 'HEAD' | 'POST',
    url: string,
    headers: Record<string, string>,
    payload?: string,
  ): Promise<TestPage> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await app.inject({
      method,
      url,
      headers: { ...(cookie !== '' && { cookie }), ...headers },
      ...(payload !== undefined && { payload }),
    });
    const setCookies = [reply.headers['set-cookie'] ?? []].flat();
    for (const line of setCookies) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    nonce = /name="nonce" value="([^"]+)"/.exec(reply.body)?.[1] ?? nonce;
    const { location } = reply.headers;
    return { status: reply.statusCode, location, html: reply.body, headers: reply.headers, setCookies };
  }

  return {
    cookies,
    open: (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
      request(method, url, headers),
    /** As Chromium posts a form of a page without referrer. */
    post(url: string, form: Form = {}) {
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'null',
        'sec-fetch-site': 'same-origin',
        ...form.headers,
      };
      return request('POST', url, headers, new URLSearchParams({ nonce, ...form.fields }).toString());
    },
  };
}
