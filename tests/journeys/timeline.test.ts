import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { complete, register, smsOrder } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

type Entry = { at: string; what: string; text: string; amount?: number };

async function timelineOf(orderId: number): Promise<Entry[]> {
  const { body } = await client.get(`/capi/v1/client/order/${orderId}`);
  return body['timeline'] as Entry[];
}

/** Waits until the timeline tells so, and moves the clock for what is due later. */
function told(orderId: number, text: string): Promise<Entry[]> {
  return until(`“${text}”`, async () => {
    const entries = await timelineOf(orderId);
    if (entries.some((entry) => entry.text === text)) return entries;
    await fixture.advance(1);
    return false;
  });
}

/** The buyer agrees to what the app asks. */
async function tapYes(mobile: string): Promise<void> {
  const phone = `${fixture.sandboxUrl}/phone/${encodeURIComponent(mobile)}`;
  const ask = await until('the question in the app', async () =>
    /\/asks\/[^/"]+\/approve/.exec(await (await fetch(phone)).text()),
  );
  const tapped = await fetch(phone + ask[0], { method: 'POST' });
  assert.ok(tapped.ok, await tapped.text());
}

const tried = 'The callback was tried: order completed; delivered (HTTP 200).';

/** All of it but evidence and tries, which come in between as other systems answer. */
const life = [
  "The order was registered: Demoposten's guide to the mountains, 149.00 NOK (by client no.leveret.demo).",
  'The payment of 149.00 NOK was asked for (by client no.leveret.demo).',
  'A payment of 149.00 NOK was begun at Vipps MobilePay.',
  'The payment is under way.',
  'The payment of 149.00 NOK is secured.',
  "The order was completed: Demoposten's guide to the mountains, 149.00 NOK.",
  'A callback was queued: order completed.',
  'A login link by e-mail was made.',
  'An e-mail with a login link was queued.',
  'An e-mail was sent.',
  'The capture of 149.00 NOK was asked for.',
  'No receipt was sent: no e-mail address of the buyer is known.',
  '149.00 NOK was captured.',
  'The refund of 149.00 NOK was asked for (by client no.leveret.demo).',
  "A refund of 149.00 NOK was accepted: Demoposten's guide to the mountains (by client no.leveret.demo).",
  'Access was ended (by client no.leveret.demo).',
  '149.00 NOK was refunded.',
];

test('the whole life of an order is told in sentences, causes before effects', async () => {
  const mobile = '+4791234567';
  const orderId = await register(client, smsOrder(mobile, { paymentMethod: 'vippsEcommerce' }));
  const callbackUrl = `${fixture.sandboxUrl}/publisher/callback`;
  await complete(client, orderId, { callbackUrl, credential: 'kari@example.com' });
  await tapYes(mobile);
  for (const text of [tried, 'An e-mail was sent.', '149.00 NOK was captured.']) await told(orderId, text);
  await client.post(`/capi/v1/client/order/${orderId}/refund`, { access: 'end_now' });
  const entries = await told(orderId, '149.00 NOK was refunded.');

  const between = ['payment evidence', 'callback tried'];
  const texts = entries.filter((entry) => !between.includes(entry.what)).map((entry) => entry.text);
  assert.deepEqual(texts, life);
  const whats = entries.map((entry) => entry.what);
  assert.ok(whats.indexOf('callback queued') < whats.indexOf('callback tried'));
  const refund = entries.findIndex(
    (entry) => entry.text === 'By the provider: the refund of 149.00 NOK succeeded.',
  );
  assert.ok(refund > whats.indexOf('refund accepted') && refund < whats.indexOf('payment refunded'));
  assert.equal(entries.find((entry) => entry.what === 'payment refunded')?.amount, 149);
  const times = entries.map((entry) => entry.at);
  assert.deepEqual(times, times.toSorted());
});
