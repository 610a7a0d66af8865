import assert from 'node:assert/strict';
import { connectDemoClient } from './demo-client.ts';
import { buildFixture } from './fixture.ts';
import { messagesTo, type SeenMessage } from './ledgers.ts';
import { complete, register, smsOrder } from './orders.ts';
import type { ReaderBrowser, Seen } from './reader-browser.ts';
import { until } from './until.ts';

const homeUrl = 'https://demoposten.example/konto';

export const guideLine = {
  productSpecType: 'product',
  product: 'GUIDE',
  allowAccessProduct: 'GUIDE',
  allowAccessSeconds: 99,
};

/** `path` is the address in the mail by which the buyer proves to be one. */
export type Bought = { orderId: number; email: string; path: string };

export type Stated = { state: string; why: string | null; lines: number[]; refund: number; proof: string };

export type WithdrawalShop = Awaited<ReturnType<typeof openWithdrawalShop>>;

/** A node whose orders are paid, so that their buyers can withdraw. */
export async function openWithdrawalShop() {
  const fixture = await buildFixture({ realTime: false });
  let client = await connectDemoClient(fixture.url);
  await client.patch('/capi/v1/client/publisher', { homeUrl });
  let buyers = 0;
  const show = async (orderId: number) => (await client.get(`/capi/v1/client/order/${orderId}`)).body;
  return {
    fixture,
    client: () => client,
    /** A token ends with its hour. */
    async advance(seconds: number): Promise<void> {
      await fixture.advance(seconds);
      client = await connectDemoClient(fixture.url);
    },
    /** Somebody buys and pays by phone bill. */
    async buy(orderLines: object[] = [guideLine], options: Record<string, unknown> = {}): Promise<Bought> {
      buyers += 1;
      const number = String(buyers).padStart(3, '0');
      const [mobile, email] = [`+4790013${number}`, `withdrawer-${buyers}@example.com`];
      const payer = { firstName: 'Kari', lastName: 'Nordmann', phoneNumbers: [mobile], emails: [email] };
      const orderId = await register(client, smsOrder(mobile, { payer, orderLines }));
      const asked = { ...options, ...(options['returnUrl'] !== undefined && { credential: email }) };
      await complete(client, orderId, asked);
      await until('the order to complete', async () => {
        await fixture.advance(1);
        return (await show(orderId))['state'] === 'completed';
      });
      const path = await until('the receipt', async () => {
        const texts = (await messagesTo(fixture, email)).map(({ text }) => text);
        return texts.map((text) => /\/user\/withdraw\/[\w-]+/.exec(text)?.[0]).find(Boolean);
      });
      return { orderId, email, path };
    },
    async statedOf(orderId: number): Promise<Stated[]> {
      const { body } = await client.get(`/capi/v1/client/order/${orderId}/withdrawals`);
      return (body['withdrawals'] ?? []) as unknown as Stated[];
    },
    async receiptsTo(email: string): Promise<SeenMessage[]> {
      return (await messagesTo(fixture, email)).filter(({ subject }) => subject?.includes('angrer'));
    },
  };
}

/** What a page says, without its markup. */
export function textOf({ html }: Pick<Seen, 'html'>): string {
  return html
    .replace(/<head>.*<\/head>/s, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ');
}

/** The hidden fields of the form of a page. */
export function hiddenIn(html: string): Record<string, string> {
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map(([, name, value]) => [name ?? '', value ?? '']));
}

/** Goes by the summary to the second button; answers both pages. */
export async function state(browser: ReaderBrowser, path: string, fields: Record<string, string>) {
  const summary = await browser.post(path, { ...fields, step: 'review' });
  assert.equal(summary.status, 200, textOf(summary));
  const confirmed = { ...hiddenIn(summary.html), step: 'confirm' };
  return { summary, received: await browser.post(path, confirmed) };
}
