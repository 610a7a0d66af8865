import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { complete, freeOrder, register, registerToPay } from '../builders/orders.ts';
import { openReaderBrowser } from '../builders/reader-browser.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

type Event = { name: string; facts: { by?: { kind: string; id?: string } } };
const byClient = { kind: 'client', id: 'no.leveret.demo' };

/** Who began each event of an order, once there is one of this name. */
function began(orderId: number, name: string): Promise<[string, unknown][]> {
  return until(`${name} of ${orderId}`, async () => {
    const { body } = await client.get(`/capi/v1/client/events?orderId=${orderId}`);
    const events = body['events'] as unknown as Event[];
    return events.some((event) => event.name === name) && events.map(told);
  });
}

const told = ({ name, facts }: Event): [string, unknown] => [name, facts.by];

async function textOf(orderId: number, what: string): Promise<string | undefined> {
  const { body } = await client.get(`/capi/v1/client/order/${orderId}`);
  return (body['timeline'] as { what: string; text: string }[]).find((entry) => entry.what === what)?.text;
}

test('whatever follows at once from a call of a client was begun by that client', async () => {
  const orderId = await register(client, freeOrder());
  await complete(client, orderId);
  const events = await began(orderId, 'order.completed');
  assert.ok(events.length >= 3);
  assert.deepEqual(new Set(events.map(([, by]) => JSON.stringify(by))), new Set([JSON.stringify(byClient)]));
});

test('a cancelled order says by whom, in its events and in words', async () => {
  const orderId = await register(client, freeOrder());
  assert.equal((await client.post(`/capi/v1/client/order/${orderId}/cancel`, {})).status, 200);
  assert.deepEqual(await began(orderId, 'order.stopped'), [
    ['order.registered', byClient],
    ['order.stopped', byClient],
  ]);
  assert.equal(
    await textOf(orderId, 'order stopped'),
    'The order was stopped: it was cancelled (by client no.leveret.demo).',
  );
});

test('what a buyer does at a page was begun by a visitor, though the order is of a client', async () => {
  const { orderId, address } = await registerToPay(client, freeOrder());
  const browser = openReaderBrowser(fixture.url);
  const { pathname } = new URL(address);
  const page = await browser.open(pathname);
  const seen = /name="seen" value="(\w+)"/.exec(page.html)?.[1] ?? '';
  await browser.post(pathname, { seen, complete: '1' });
  const events = await began(orderId, 'order.completed');
  assert.deepEqual(events[0], ['order.registered', byClient]);
  assert.deepEqual(events.at(-1), ['order.completed', { kind: 'visitor' }]);
  assert.match(String(await textOf(orderId, 'order completed')), / \(in a browser\)\.$/);
});

test('what the server does of itself was begun by nobody', async () => {
  const orderId = await register(client, freeOrder());
  await fixture.advance(40 * 24 * 3600);
  client = await connectDemoClient(fixture.url);
  const events = await began(orderId, 'order.stopped');
  assert.deepEqual(events.at(-1), ['order.stopped', undefined]);
});
