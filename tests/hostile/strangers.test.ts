import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '@leveret/server/database/statement.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { callbacksAt, messagesTo } from '../builders/ledgers.ts';
import { complete } from '../builders/orders.ts';
import { until } from '../builders/until.ts';
import { behindProxy, openVisitor, type Seen, sentHere, type VisitorBrowser } from '../buyers/visitor.ts';

/** A stranger knows what is public and counts through the numbers of orders. Nothing that it does may succeed. */

let fixture: Fixture;
let client: DemoClient;
before(async () => {
  fixture = await buildFixture({ realTime: false, ...behindProxy });
  client = await connectDemoClient(fixture.url);
  // Anybody may open by number, nobody may complete by it.
  await rows(`UPDATE clients SET settings = settings || '{"bareIdCompletes": false}'`);
  await fixture.app.context.publishers.refresh();
});
after(() => fixture.close());

const rows = <Row extends object>(text: string, values: unknown[] = []) =>
  fixture.app.context.database.query<Row>(sql(`test ${text}`, text), values);

const personal = /hemmeligsen|90000088|Lukketgata|Den hemmelige artikkel/i;
const payer = {
  firstName: 'Hild',
  lastName: 'Hemmeligsen',
  street: 'Lukketgata',
  emails: ['hild.hemmeligsen@example.com'],
  phoneNumbers: ['+4790000088'],
};
const line = {
  productSpecType: 'article',
  articleDetail: { articleRef: 'x', title: 'Den hemmelige artikkel' },
  unitPrice: 99,
  quantity: 1,
};
const guide = { productSpecType: 'product', product: 'GUIDE' };

const paid: Record<string, unknown>[] = [
  { paymentMethod: 'vippsEcommerce', orderLines: [guide] },
  { paymentMethod: 'vippsRecurring', recurring: true },
  { paymentMethod: 'creditcardPayex', orderLines: [guide] },
  { paymentMethod: 'kco', orderLines: [guide] },
  { paymentMethod: 'swishPayex', currency: 'SEK', orderLines: [line] },
  { paymentMethod: undefined, orderLines: [guide] },
];
const owesNothing: Record<string, unknown>[] = [
  { paymentMethod: 'free', orderLines: [guide] },
  { paymentMethod: 'invoice', orderLines: [guide] },
  { paymentMethod: 'other', prepaid: true, orderLines: [guide] },
];

type Placed = { orderId: number; secret: string; bare: string; paymentMethod: unknown };
let placedCount = 0;

async function place(fields: Record<string, unknown>): Promise<Placed> {
  placedCount += 1;
  const evidence = fields['prepaid'] ? { paymentInfoOther: { transactionId: `paid-${placedCount}` } } : {};
  const demo = { productSpecType: 'coupon', productSpecCode: 'DEMO', productSpecNo: 1 };
  const order = { payer, orderLines: [demo], ...fields, ...evidence };
  const { status, body } = await client.post('/capi/v1/client/order', order);
  assert.equal(status, 200, JSON.stringify(body));
  const { orderId, fulfillmentUrl } = body as { orderId: number; fulfillmentUrl: string };
  const back = `returnUrl=${encodeURIComponent(`${fixture.sandboxUrl}/publisher/return`)}`;
  const bare = `${fixture.url}/user/fulfillment?orderId=${orderId}&${back}`;
  return { orderId, secret: `${fulfillmentUrl}?${back}`, bare, paymentMethod: fields['paymentMethod'] };
}

/** Where an order may be when a stranger comes, and how it came there. */
const stages: Record<string, (placed: Placed) => Promise<void>> = {
  'before anything': async () => undefined,
  async 'begun by an invited buyer'(placed) {
    await begin(openVisitor(), placed.secret, placed);
  },
  async 'begun by a guest'(placed) {
    await begin(openVisitor(), placed.bare, placed);
  },
  async completed(placed) {
    await rows("UPDATE orders SET state = 'completed', ended_at = leveret_now() WHERE order_id = $1", [
      placed.orderId,
    ]);
  },
  async stopped(placed) {
    const { status } = await client.post(`/capi/v1/client/order/${placed.orderId}/cancel`, {});
    assert.equal(status, 200);
  },
};

async function begin(
  browser: VisitorBrowser,
  url: string,
  { orderId, paymentMethod }: Placed,
): Promise<void> {
  await browser.open(url);
  if (paymentMethod === undefined) await browser.press(url, { method: 'creditcardPayex' });
  assert.equal((await booksOf(orderId)).state, 'paying');
}

type Books = { state: string; asked: boolean; tries: { id: number; state: string; session: unknown }[] };

async function booksOf(orderId: number): Promise<Books> {
  const [order] = await rows<{ state: string; asked: boolean }>(
    'SELECT state, cancel_asked_at IS NOT NULL AS asked FROM orders WHERE order_id = $1',
    [orderId],
  );
  assert.ok(order);
  const tries = await rows<Books['tries'][number]>(
    `SELECT attempt_id AS id, state, buyer_step AS session FROM payment_attempts
     WHERE order_id = $1 ORDER BY attempt_id`,
    [orderId],
  );
  return { ...order, tries };
}

const openings: [Record<string, string>, 'GET' | 'HEAD'][] = [
  [sentHere, 'GET'],
  [{ ...sentHere, 'sec-fetch-site': 'none', 'sec-fetch-user': '?1' }, 'GET'],
  [{}, 'GET'],
  [{ 'user-agent': 'Mozilla/5.0' }, 'GET'],
  [{ ...sentHere, 'user-agent': 'Slackbot-LinkExpanding 1.0' }, 'GET'],
  [{ ...sentHere, 'sec-purpose': 'prefetch;prerender' }, 'GET'],
  [sentHere, 'HEAD'],
];
const more = ['', '&waitingSince=1', '&errorUrl=https%3A%2F%2Fevil.example%2F', '&clientId=no.leveret.demo'];
const forms: Record<string, string>[] = [
  { method: 'vippsEcommerce' },
  { method: 'creditcardPayex' },
  { method: 'kco' },
  { complete: '1' },
  { code: '1234' },
  { newCode: '1' },
  {},
];
const origins = (): Record<string, string>[] => [
  { 'sec-fetch-site': 'same-origin', origin: 'null' },
  { origin: fixture.url },
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  { ...sentHere, 'sec-fetch-site': 'same-origin' },
];

/** Everything that a stranger tries at one address; answers what it was shown, the provider's pages included. */
async function* attack({ bare, orderId }: Placed): AsyncGenerator<Seen> {
  const stranger = openVisitor({ forges: true });
  const alone = `${fixture.url}/user/fulfillment?orderId=${orderId}`;
  for (const url of [...more.map((text) => bare + text), alone, `${alone}&returnUrl=https://evil.example/`]) {
    for (const [headers, method] of openings) yield stranger.open(url, headers, method);
    for (const headers of origins()) {
      yield stranger.press(`${url}&giveUp=1`, {}, headers);
      for (const form of forms) yield stranger.press(url, form, headers);
    }
  }
  stranger.cookies.set(`__Host-leveret-order-${orderId}`, 'A'.repeat(43));
  stranger.cookies.set('__Host-leveret', 'A'.repeat(43));
  yield stranger.open(bare);
  yield stranger.press(`${bare}&giveUp=1`, {}, { origin: fixture.url });
}

/** Lets a stranger try everything. */
async function suffer(placed: Placed): Promise<void> {
  for await (const seen of attack(placed)) assert.ok(seen.status);
}

for (const [stage, prepare] of Object.entries(stages)) {
  const isBegun = stage.startsWith('begun');
  for (const fields of isBegun ? paid : [...paid, ...owesNothing]) {
    test(`a stranger completes, stops and reads nothing: ${String(fields['paymentMethod'])}, ${stage}`, async (t) => {
      const placed = await place(fields);
      await prepare(placed);
      const before = await booksOf(placed.orderId);
      let attempts = 0;
      const successes: string[] = [];
      const providerPages = new Set<string>();
      for await (const seen of attack(placed)) {
        attempts += 1;
        const target = /url=([^"]+)"/.exec(seen.html)?.[1] ?? seen.location;
        if (target.startsWith(`${fixture.sandboxUrl}/pay`)) providerPages.add(target);
        if (personal.test(seen.html + seen.location)) successes.push(`read ${seen.html}`);
        if (/fulfillmentStatus=(success|error)/.test(seen.location)) successes.push(`told ${seen.location}`);
        if (/evil\.example/.test(seen.location)) successes.push('sent elsewhere');
        assert.ok(seen.status < 500 || seen.status === 503, `${seen.status}`);
      }
      for (const url of providerPages) {
        if (personal.test((await openVisitor().open(url)).html)) successes.push(`read at ${url}`);
      }
      const after = await booksOf(placed.orderId);
      if (stage === 'before anything') {
        if (!['registered', 'paying'].includes(after.state) || after.asked) successes.push(after.state);
        if (owesNothing.includes(fields) && after.state !== 'registered') successes.push(after.state);
      } else {
        if (providerPages.size > 0) successes.push('led to the session');
        if (JSON.stringify(after) !== JSON.stringify(before)) successes.push(JSON.stringify([before, after]));
      }
      t.diagnostic(`${attempts} attempts, ${successes.length} successes`);
      assert.deepEqual(successes, []);
    });
  }
}

test('after all that, buyers and site get what is theirs', async () => {
  for (const fields of owesNothing) {
    const placed = await place(fields);
    await suffer(placed);
    const path = `/publisher/callback/after-${placed.orderId}`;
    const to = `after${placed.orderId}@example.com`;
    await complete(client, placed.orderId, { callbackUrl: fixture.sandboxUrl + path, credential: to });
    await until('the callback', async () => (await callbacksAt(fixture, path)).length === 1);
    await until('the link', async () => (await messagesTo(fixture, to)).length === 1);
  }
  const placed = await place({ paymentMethod: 'creditcardPayex', orderLines: [guide] });
  await suffer(placed);
  await fixture.advance(7200);
  const buyer = openVisitor();
  const begun = await buyer.open(placed.secret);
  const back = await openVisitor().press(`${begun.location}/approve`, {});
  await buyer.open(back.location);
  await until('completion', async () => (await booksOf(placed.orderId)).state === 'completed');
});
