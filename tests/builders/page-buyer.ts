import assert from 'node:assert/strict';
import type { Fixture } from './fixture.ts';
import { until } from './until.ts';

export type Told = {
  status: string;
  code?: string;
  state: string;
  order?: Record<string, unknown> & { paymentMethod: string };
};

/** A buyer on a publisher's page, as the script has the browser do it; redirects are followed by hand. */
export type PageBuyer = {
  /** Sends the page's form; answers where the browser goes. */
  pay(fields?: Record<string, string>): Promise<string>;
  /** What the buyer does on the provider's page; answers where the browser goes, our page as a rule. */
  press(providerPage: string, act: string): Promise<string>;
  /** Opens our page that the provider sends the buyer back to. */
  open(back: string): Promise<{ status: number; location: string; html: string }>;
};

export const page = 'http://localhost:3000/shop';

const purchase = {
  clientId: 'no.leveret.demo',
  paymentMethod: 'vippsEcommerce',
  amount: '149.00',
  currency: 'NOK',
  returnUrl: page,
  state: 'a-state',
};

/** One address may begin thirty payments in it; a test's buyers all have the same. */
const oneMinute = 65_000;

function isHeldBack(location: string): boolean {
  return location.startsWith(`${page}#`) && resultIn(location).code === 'rate_limit_exceeded';
}

export function pageBuyer(fixture: Pick<Fixture, 'url'>): PageBuyer {
  const post = async (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams(fields);
    const reply = await fetch(url, { method: 'POST', redirect: 'manual', headers, body });
    assert.equal(reply.status, 303, await reply.text());
    return reply.headers.get('location') ?? '';
  };
  const start = async (fields: Record<string, string>) => {
    const form = { ...purchase, ...fields };
    const location = await post(`${fixture.url}/capi/mcpay/start`, form, { origin: new URL(page).origin });
    return isHeldBack(location) ? undefined : location;
  };
  return {
    pay: (fields = {}) => until('a payment to begin', () => start(fields), oneMinute, 250),
    press: (providerPage, act) => post(`${providerPage}/${act}`, {}),
    async open(back) {
      const reply = await fetch(back, { redirect: 'manual' });
      const location = reply.headers.get('location') ?? '';
      return { status: reply.status, location, html: await reply.text() };
    },
  };
}

/** What the script on the page reads behind the `#`. */
export function resultIn(location: string): Told {
  const [before, encoded = ''] = location.split('#leveretpay=');
  assert.equal(before, page);
  return JSON.parse(Buffer.from(encoded, 'base64url').toString());
}
