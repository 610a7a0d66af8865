import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { callbacksAt } from '../builders/ledgers.ts';
import { smsOrder } from '../builders/orders.ts';
import { until } from '../builders/until.ts';
import { type BuyerBrowser, openBuyerBrowser } from '../buyers/browser.ts';
import { readPlace } from '../buyers/read-place.ts';

let fixture: Fixture;
let client: DemoClient;
let browser: BuyerBrowser;

before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
  browser = openBuyerBrowser({ publicUrl: fixture.url, addresses: [fixture.url] });
});
after(() => fixture.close());

type Placed = { orderId: number; address: string };

/** Registers an order and asks for it to be completed, so that the buyer is waited for. */
async function place(fields: Record<string, unknown>): Promise<Placed> {
  const registered = await client.post('/capi/v1/client/order', smsOrder('+4790000001', fields));
  assert.equal(registered.status, 200, JSON.stringify(registered.body));
  const { orderId, fulfillmentUrl } = registered.body;
  assert.ok(typeof orderId === 'number' && typeof fulfillmentUrl === 'string');
  const callbackUrl = `${fixture.sandboxUrl}/publisher/callback/${orderId}`;
  await client.post('/capi/v1/client/order/fulfillment', { orderId, callbackUrl });
  return { orderId, address: fulfillmentUrl };
}

async function stateOf({ orderId }: Placed): Promise<unknown> {
  return (await client.get(`/capi/v1/client/order/${orderId}`)).body['state'];
}

const anyMethod = { paymentMethod: undefined };

async function choiceAt(address: string) {
  const choice = readPlace(await browser.open(address));
  assert.equal(choice.at, 'choice');
  return choice.at === 'choice' ? choice : assert.fail();
}

test('a buyer who goes back from a provider chooses anew, and the same choice leads to the same session', async () => {
  const { address } = await place(anyMethod);
  const { pay } = await choiceAt(address);
  const press = async (method: string) =>
    readPlace(await browser.submit(pay.action, { nonce: pay.nonce, method }));
  const first = await press('vippsEcommerce');
  const again = await choiceAt(address);
  assert.ok(again.methods.includes('creditcardPayex'));
  assert.deepEqual(await press('vippsEcommerce'), first);
  const card = await press('creditcardPayex');
  assert.notDeepEqual(card, first);
});

test('who left the provider without paying is shown the way on, and an order with one method leads there', async () => {
  const { address } = await place({ paymentMethod: 'creditcardPayex' });
  const session = await browser.open(address);
  const waiting = await browser.open(`${address}?waitingSince=${Date.now()}`);
  assert.equal(readPlace(waiting).at, 'waiting');
  const [, goOn] = /href="([^"]+)"[^>]*>Har du ikke betalt ennå/.exec(waiting.html) ?? [];
  assert.ok(goOn, waiting.html);
  assert.equal((await browser.open(new URL(goOn, fixture.url).href)).url, session.url);
});

for (const method of ['creditcardPayex', undefined]) {
  const what = method === undefined ? 'one of several methods' : 'the only method';
  test(`who waits for a slow session of ${what} is led on to it by our page itself`, async () => {
    const { address } = await place({ paymentMethod: method });
    const fault = { provider: 'swedbankpay', kind: 'slow', milliseconds: 1_500, times: 1 };
    const body = JSON.stringify(fault);
    const headers = { 'content-type': 'application/json' };
    await fetch(`${fixture.sandboxUrl}/control/faults`, { method: 'POST', headers, body });
    const { pay } = method === undefined ? await choiceAt(address) : { pay: undefined };
    const form = { nonce: pay?.nonce ?? '', method: 'creditcardPayex' };
    const begun = pay ? browser.submit(pay.action, form) : browser.open(address);
    const waiting = await until('a page that waits', async () => {
      const now = readPlace(await browser.open(address));
      return now.at === 'waiting' && now;
    });
    const session = readPlace(await begun);
    const led = readPlace(await browser.open(waiting.again));
    assert.equal(led.at, 'swedbankpay', JSON.stringify(led));
    assert.equal('url' in led && led.url, 'url' in session && session.url);
  });
}

test('a buyer who is asked on the phone is told so', async () => {
  const { address } = await place({ paymentMethod: 'vippsEcommerce' });
  assert.match((await browser.open(address)).html, /Bekreft på telefonen/);
});

test('the page of a stopped order says why the payment came to nothing', async () => {
  const placed = await place({
    paymentMethod: 'sms',
    payer: { lastName: 'Nordmann', phoneNumbers: ['+4790000010'] },
  });
  await until('the order to stop', async () => (await stateOf(placed)) === 'stopped');
  const { html } = await browser.open(placed.address);
  assert.match(html, /Betalingen gikk ikke gjennom: det var ikke nok penger på kontoen/);
});

test('a buyer who gives up before any try stops the order, and the site is told', async () => {
  const placed = await place(anyMethod);
  const { giveUp } = await choiceAt(placed.address);
  await browser.submit(giveUp.action, { nonce: giveUp.nonce });
  assert.equal(await stateOf(placed), 'stopped');
  const told = async () =>
    (await callbacksAt(fixture, `/publisher/callback/${placed.orderId}`)).map(
      (callback) => callback.query['fulfillmentStatus'],
    );
  await until('the callback', async () => (await told()).length > 0);
  assert.deepEqual(await told(), ['failed']);
});

test('whoever guesses the address of an order that nobody has begun to pay does not stop it', async () => {
  const placed = await place(anyMethod);
  const returnUrl = `${fixture.sandboxUrl}/publisher/return`;
  const { giveUp } = await choiceAt(
    `${fixture.url}/user/fulfillment?orderId=${placed.orderId}&returnUrl=${returnUrl}`,
  );
  await browser.submit(giveUp.action, { nonce: giveUp.nonce });
  assert.equal(await stateOf(placed), 'registered');
});

test('a paid amount is shown as the number that it was given as', async () => {
  const info = { paymentInfoVipps: { transactionId: 'shown-1', amount: 149 } };
  const placed = await place({ paymentMethod: 'vippsEcommerce', prepaid: true, ...info });
  const { body } = await client.get(`/capi/v1/client/order/${placed.orderId}`);
  assert.equal((body['prepayment'] as { amount: unknown }).amount, 149);
});
