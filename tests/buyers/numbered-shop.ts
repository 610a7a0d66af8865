import assert from 'node:assert/strict';
import { sql } from '@leveret/server/database/statement.js';
import { connectDemoClient } from '../builders/demo-client.ts';
import { buildFixture } from '../builders/fixture.ts';
import { demoLine } from '../builders/orders.ts';
import { behindProxy } from './visitor.ts';

/** An order with both of its addresses: the one that nobody can guess, and the one with its number. */
export type Placed = { orderId: number; secret: string; bare: string };

export type NumberedShop = Awaited<ReturnType<typeof openNumberedShop>>;

export const buyersEmail = 'kari.nummer@example.com';
const payer = {
  firstName: 'Kari',
  lastName: 'Nummer',
  emails: [buyersEmail],
  phoneNumbers: ['+4790000077'],
};
export const buyersContact = /kari\.nummer|90000077|Nummer/;

/** What became of the order, as the publisher's site is told in the address. */
export function successAt(location: string): string | null {
  return new URL(location).searchParams.get('fulfillmentStatus');
}

/** The demo client's orders are opened by their numbers; each visitor has an address of its own. */
export async function openNumberedShop() {
  const fixture = await buildFixture({ realTime: false, ...behindProxy });
  const client = await connectDemoClient(fixture.url);
  const rows = <Row extends object>(text: string, values: unknown[] = []) =>
    fixture.app.context.database.query<Row>(sql(`test ${text}`, text), values);
  return {
    fixture,
    client,
    async place(fields: Record<string, unknown>): Promise<Placed> {
      const order = { payer, orderLines: [demoLine], ...fields };
      const { status, body } = await client.post('/capi/v1/client/order', order);
      assert.equal(status, 200, JSON.stringify(body));
      const back = encodeURIComponent(`${fixture.sandboxUrl}/publisher/return`);
      const { orderId, fulfillmentUrl } = body as { orderId: number; fulfillmentUrl: string };
      const bare = `${fixture.url}/user/fulfillment?orderId=${orderId}&returnUrl=${back}`;
      return { orderId, secret: `${fulfillmentUrl}?returnUrl=${back}`, bare };
    },
    async stateOf({ orderId }: Placed): Promise<unknown> {
      return (await client.get(`/capi/v1/client/order/${orderId}`)).body['state'];
    },
    attemptsOf: ({ orderId }: Placed) =>
      rows<{ adapter: string; state: string; is_guest: boolean }>(
        `SELECT adapter, state, guest_id IS NOT NULL AS is_guest FROM payment_attempts
         WHERE order_id = $1 ORDER BY attempt_id`,
        [orderId],
      ),
    pagePayments: () =>
      rows<{ notice_token: string }>(
        `SELECT notice_token FROM page_payments JOIN payment_attempts USING (payment_id)
         ORDER BY payment_id DESC`,
      ),
    async set(settings: Record<string, boolean>): Promise<void> {
      await rows("UPDATE clients SET settings = settings || $1::jsonb WHERE client_id = 'no.leveret.demo'", [
        JSON.stringify(settings),
      ]);
      await fixture.app.context.publishers.refresh();
    },
  };
}
