import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectStranger, type Stranger } from '../access/stranger.ts';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { type HangingHosts, startHangingHosts } from '../builders/hanging-hosts.ts';
import { buildHouse, type House } from '../builders/house.ts';
import { callbacksAt } from '../builders/ledgers.ts';
import { complete, freeOrder, register, smsOrder } from '../builders/orders.ts';
import { until } from '../builders/until.ts';
import { openBuyerBrowser } from '../buyers/browser.ts';
import { readPlace } from '../buyers/read-place.ts';

let house: House;
let neighbour: DemoClient;
let stranger: Stranger;
let hosts: HangingHosts;

before(async () => {
  house = await buildHouse();
  neighbour = await connectDemoClient(house.url);
  stranger = await connectStranger(house);
  hosts = await startHangingHosts(101);
});
after(async () => {
  await house.close();
  await hosts.close();
});

const ownLine = { productSpecType: 'article', articleDetail: { articleRef: 'own-article' }, unitPrice: 10 };

/** Sixteen at a time: a node that is given more than it can do at once turns requests away. */
async function inTurn<Made>(count: number, make: (at: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  for (let at = 0; at < count; at += 16) {
    const some = Array.from({ length: Math.min(16, count - at) }, (_, next) => make(at + next));
    made.push(...(await Promise.all(some)));
  }
  return made;
}

/** Places an order of the neighbour and answers where its callback will be seen. */
async function placeFree(name: string): Promise<string> {
  const path = `/publisher/callback/${name}`;
  const orderId = await register(neighbour, freeOrder());
  assert.equal((await complete(neighbour, orderId, { callbackUrl: house.sandboxUrl + path })).status, 200);
  return path;
}

async function addressOf(client: DemoClient, order: Record<string, unknown>): Promise<string> {
  const { status, body } = await client.post('/capi/v1/client/order', order);
  assert.equal(status, 200, JSON.stringify(body));
  assert.ok(typeof body['fulfillmentUrl'] === 'string');
  return body['fulfillmentUrl'];
}

function untilTold(path: string) {
  return until(`a callback at ${path}`, async () => (await callbacksAt(house, path)).length > 0);
}

test('while 600 callbacks of one publisher hang at 100 hosts, callbacks of another arrive', async () => {
  const bases = hosts.bases.slice(0, 100);
  await inTurn(600, async (at) => {
    const orderId = await register(stranger.client, freeOrder({ orderLines: [ownLine] }));
    const callbackUrl = `${bases[at % bases.length]}/callback`;
    const { status, body } = await complete(stranger.client, orderId, { callbackUrl });
    assert.equal(status, 200, JSON.stringify(body));
  });
  await until('callbacks that hang', async () => hosts.waiting() >= 32);
  const paths = await inTurn(20, (at) => placeFree(`beside-${at}`));
  await Promise.all(paths.map(untilTold));
  assert.ok(hosts.waiting() >= 32, 'the others hang all the while');
  const { rows } = await countDeliveries();
  assert.deepEqual(rows, [{ delivered: 0, places: true }]);
});

/** Nothing of the stranger's was delivered; and it holds no more than half of the places there are. */
async function countDeliveries() {
  const rows = await house.app.context.database.query<{ delivered: number; places: boolean }>(
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
  const [baseUrl] = hosts.bases.slice(100);
  const settings = { baseUrl, accessToken: 'a-token', payeeId: '5cabf558-5283-482f-b252-4d58e06f6f3b' };
  const path = '/capi/v1/client/payment-methods/swedbank-pay/default';
  const saved = await stranger.client.put(path, { settings: { ...settings, payeeName: 'Andre Avis' } });
  assert.equal(saved.status, 200, JSON.stringify(saved.body));
  const before = hosts.waiting();
  const leaving = new AbortController();
  t.after(() => leaving.abort());
  const payer = { lastName: 'Svensson', emails: ['lisa@example.com'] };
  const order = { paymentMethod: 'creditcardPayex', payer, orderLines: [ownLine] };
  const ended: number[] = [];
  const addresses = await inTurn(200, () => addressOf(stranger.client, order));
  const others = addresses.map(async (address) => {
    const reply = await fetch(address, { signal: leaving.signal, redirect: 'manual' }).catch(() => undefined);
    if (reply) ended.push(reply.status);
  });
  await until('buyers who wait', async () => hosts.waiting() >= before + 96);

  const browser = openBuyerBrowser({ publicUrl: house.url, addresses: [house.url] });
  const guide = smsOrder('+4790000001');
  for (const paymentMethod of ['creditcardPayex', 'vippsEcommerce']) {
    const address = await addressOf(neighbour, { ...guide, paymentMethod });
    const place = readPlace(await browser.open(address));
    assert.equal(place.at, paymentMethod === 'creditcardPayex' ? 'swedbankpay' : 'vipps');
  }
  const charged = await register(neighbour, guide);
  const callback = '/publisher/callback/charged-beside';
  await complete(neighbour, charged, { callbackUrl: house.sandboxUrl + callback });
  await untilTold(callback);
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
    fetch(`${house.sandboxUrl}/control/faults`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(fault && { body: JSON.stringify(fault) }),
    });
  t.after(() => control('DELETE'));
  const visit = async (paymentMethod: string) => {
    const browser = openBuyerBrowser({ publicUrl: house.url, addresses: [house.url] });
    const address = await addressOf(neighbour, { ...smsOrder('+4790000001'), paymentMethod });
    return readPlace(await browser.open(address)).at;
  };
  assert.ok((await control('POST', { provider: 'swedbankpay', kind: 'error-500' })).ok);
  for (let visits = 0; visits < 11; visits += 1) assert.equal(await visit('creditcardPayex'), 'choice');
  await control('DELETE');
  assert.equal(await visit('creditcardPayex'), 'choice', 'its own breaker is open');
  assert.equal(await visit('vippsEcommerce'), 'vipps');
});
