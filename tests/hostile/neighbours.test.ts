import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectStranger, type Stranger } from '../access/stranger.ts';
import { registerBuyersOf, sendCallbacksTo } from '../builders/bad-neighbour.ts';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { type HangingHosts, startHangingHosts } from '../builders/hanging-hosts.ts';
import { inTurn } from '../builders/in-turn.ts';
import { callbacksAt } from '../builders/ledgers.ts';
import { complete, freeOrder, register, registerToPay, smsOrder } from '../builders/orders.ts';
import { until } from '../builders/until.ts';
import { openBuyerBrowser } from '../buyers/browser.ts';
import { readPlace } from '../buyers/read-place.ts';

let fixture: Fixture;
let neighbour: DemoClient;
let stranger: Stranger;
let hosts: HangingHosts;

before(async () => {
  fixture = await buildFixture();
  neighbour = await connectDemoClient(fixture.url);
  stranger = await connectStranger(fixture);
  hosts = await startHangingHosts(101);
});
after(async () => {
  await fixture.close();
  await hosts.close();
});

/** Places an order of the neighbour and answers where its callback will be seen. */
async function placeFree(name: string): Promise<string> {
  const path = `/publisher/callback/${name}`;
  const orderId = await register(neighbour, freeOrder());
  assert.equal((await complete(neighbour, orderId, { callbackUrl: fixture.sandboxUrl + path })).status, 200);
  return path;
}

function untilNotified(path: string) {
  return until(`a callback at ${path}`, async () => (await callbacksAt(fixture, path)).length > 0);
}

test('while 600 callbacks of one publisher hang at 100 hosts, callbacks of another arrive', async () => {
  await sendCallbacksTo(hosts.bases.slice(0, 100), stranger.client);
  await until('callbacks that hang', async () => hosts.waiting() >= 32);
  const paths = await inTurn(20, (at) => placeFree(`beside-${at}`));
  await Promise.all(paths.map(untilNotified));
  assert.ok(hosts.waiting() >= 32, 'the others hang all the while');
  const { rows } = await countDeliveries();
  assert.deepEqual(rows, [{ delivered: 0, places: true }]);
});

/** Nothing of the stranger's was delivered; and it holds no more than half of the places there are. */
async function countDeliveries() {
  const rows = await fixture.app.context.database.query<{ delivered: number; places: boolean }>(
    {
      name: 'test.hanging',
      text: `SELECT (SELECT count(*)::integer FROM deliveries WHERE publisher_id = $1
          AND state = 'delivered') AS delivered,
        (SELECT count(*) <= 64 FROM jobs WHERE publisher_id = $1 AND leased_until IS NOT NULL) AS places`,
    },
    [stranger.publisherId],
  );
  return { rows };
}

test('while 200 buyers of one publisher wait for a provider that hangs, buyers of another pay', async (t) => {
  const addresses = await registerBuyersOf(hosts.bases[100] ?? '', stranger.client);
  const before = hosts.waiting();
  const leaving = new AbortController();
  t.after(() => leaving.abort());
  const ended: number[] = [];
  const others = addresses.map(async (address) => {
    const reply = await fetch(address, { signal: leaving.signal, redirect: 'manual' }).catch(() => undefined);
    if (reply) ended.push(reply.status);
  });
  await until('buyers who wait', async () => hosts.waiting() >= before + 96);

  const browser = openBuyerBrowser({ publicUrl: fixture.url, addresses: [fixture.url] });
  const guide = smsOrder('+4790000001');
  for (const paymentMethod of ['creditcardPayex', 'vippsEcommerce']) {
    const { address } = await registerToPay(neighbour, { ...guide, paymentMethod });
    const place = readPlace(await browser.open(address));
    assert.equal(place.at, paymentMethod === 'creditcardPayex' ? 'swedbankpay' : 'vipps');
  }
  const charged = await register(neighbour, guide);
  const callback = '/publisher/callback/charged-beside';
  await complete(neighbour, charged, { callbackUrl: fixture.sandboxUrl + callback });
  await untilNotified(callback);
  assert.ok(hosts.waiting() >= before + 96, 'the others wait all the while');
  leaving.abort();
  await Promise.all(others);
  assert.deepEqual(
    ended.filter((status) => status >= 500),
    [],
  );
});

test('failures at one imitated provider hold back no other behind the same address', async (t) => {
  const control = (method: string, fault?: object) =>
    fetch(`${fixture.sandboxUrl}/control/faults`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(fault && { body: JSON.stringify(fault) }),
    });
  t.after(() => control('DELETE'));
  const visit = async (paymentMethod: string) => {
    const browser = openBuyerBrowser({ publicUrl: fixture.url, addresses: [fixture.url] });
    const { address } = await registerToPay(neighbour, { ...smsOrder('+4790000001'), paymentMethod });
    return readPlace(await browser.open(address)).at;
  };
  assert.ok((await control('POST', { provider: 'swedbankpay', kind: 'error-500' })).ok);
  for (let visits = 0; visits < 11; visits += 1) assert.equal(await visit('creditcardPayex'), 'choice');
  await control('DELETE');
  assert.equal(await visit('creditcardPayex'), 'choice', 'its own breaker is open');
  assert.equal(await visit('vippsEcommerce'), 'vipps');
});
