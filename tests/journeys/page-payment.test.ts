import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { complete, register, smsOrder } from '../builders/orders.ts';
import { type PageBuyer, page, pageBuyer, resultIn } from '../builders/page-buyer.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;
let buyer: PageBuyer;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
  buyer = pageBuyer(fixture);
});
after(async () => {
  const reply = await fetch(`${fixture.sandboxUrl}/control/violations`);
  const body: unknown = await reply.json();
  await fixture.close();
  assert.deepEqual(body, { violations: [] });
});

type Charge = { reference: string; state: string; amountMinor: number; capturedMinor?: number };

const day = 86_400;
const methods = ['vippsEcommerce', 'creditcardPayex'];
const guide = (order: object | undefined) => smsOrder('+4790011003', { ...order });

/** The payment that was made last, as its provider has it. */
async function lastCharge(): Promise<Charge> {
  const reply = await fetch(`${fixture.sandboxUrl}/control/ledger`);
  const { charges } = (await reply.json()) as { charges: Charge[] };
  const last = charges.at(-1);
  assert.ok(last);
  return last;
}

async function stateOf(charge: Charge): Promise<string> {
  const reply = await fetch(`${fixture.sandboxUrl}/control/payments?reference=${charge.reference}`);
  const { payments } = (await reply.json()) as { payments: Charge[] };
  const [found] = payments;
  return `${found?.state} ${found?.capturedMinor ?? 0}`;
}

/** Pays on the page with a method; answers our page that the buyer is sent back to, and the payment. */
async function payOnPage(paymentMethod: string, act = 'approve'): Promise<{ back: string; charge: Charge }> {
  const providerPage = await buyer.pay({ paymentMethod });
  const back = await buyer.press(providerPage, act);
  assert.ok(back.startsWith(`${fixture.url}/capi/mcpay/back/`), back);
  return { back, charge: await lastCharge() };
}

for (const paymentMethod of methods) {
  test(`${paymentMethod}: paid on the page, registered, completed, and captured once`, async () => {
    const { back, charge } = await payOnPage(paymentMethod);
    const { location } = await buyer.open(back);
    const told = resultIn(location);
    assert.deepEqual([told.status, told.state], ['success', 'a-state']);
    assert.equal((await buyer.open(back)).location, location, 'opened again it tells the same');
    assert.equal(await stateOf(charge), 'reserved 0');
    const orderId = await register(client, guide(told.order));
    await complete(client, orderId);
    await until('the capture', async () => (await stateOf(charge)) === 'charged 14900');
    const refused = await client.post(
      '/capi/v1/client/order',
      guide({ ...told.order, externalOrderId: 'x' }),
    );
    assert.equal(refused.body['code'], 'payment_already_used');
    await fixture.advance(2 * day);
    assert.equal(await stateOf(charge), 'charged 14900', 'what an order used stays');
  });

  test(`${paymentMethod}: what nobody registers is given back after a day, and its result is no good`, async () => {
    client = await connectDemoClient(fixture.url);
    const { back, charge } = await payOnPage(paymentMethod);
    const told = resultIn((await buyer.open(back)).location);
    await fixture.advance(day - 60);
    assert.equal(await stateOf(charge), 'reserved 0');
    await fixture.advance(1000);
    await until('the release', async () => (await stateOf(charge)) === 'released 0');
    client = await connectDemoClient(fixture.url);
    const late = await client.post('/capi/v1/client/order', guide(told.order));
    assert.equal(late.body['code'], 'payment_result_is_expired');
    const again = await until('the state', async () => {
      const answer = resultIn((await buyer.open(back)).location);
      return answer.status === 'error' && answer;
    });
    assert.equal(again.code, 'payment_result_is_expired');
  });
}

test('an order that is cancelled frees its payment, which goes back when the day is over', async () => {
  client = await connectDemoClient(fixture.url);
  const { back, charge } = await payOnPage('vippsEcommerce');
  const told = resultIn((await buyer.open(back)).location);
  const orderId = await register(client, guide(told.order));
  await fixture.advance(day + 1000);
  assert.equal(await stateOf(charge), 'reserved 0', 'an order that stands still has it');
  client = await connectDemoClient(fixture.url);
  assert.equal((await client.post(`/capi/v1/client/order/${orderId}/cancel`, {})).status, 200);
  await fixture.advance(120);
  await until('the release', async () => (await stateOf(charge)) === 'released 0');
});

test('a buyer who refuses comes back with cancel, and nothing is taken', async () => {
  for (const [paymentMethod, act] of [
    ['vippsEcommerce', 'refuse'],
    ['creditcardPayex', 'cancel'],
  ] as const) {
    const { back, charge } = await payOnPage(paymentMethod, act);
    assert.equal(resultIn((await buyer.open(back)).location).status, 'cancel');
    assert.match(await stateOf(charge), /^declined/);
  }
});

test('a buyer who walks away waits a minute, and what is not paid is ended when the window is over', async () => {
  const { back, charge } = await payOnPage('creditcardPayex', 'leave');
  const waiting = await buyer.open(back);
  assert.equal(waiting.status, 200);
  const next = /url=([^"]+)"/.exec(waiting.html)?.[1] ?? '';
  assert.match(next, /\/capi\/mcpay\/back\/[\w-]+\?waitingSince=\d+/);
  await fixture.advance(61);
  await until('the answer', async () => (await buyer.open(new URL(next, fixture.url).href)).status === 303);
  assert.equal(resultIn((await buyer.open(new URL(next, fixture.url).href)).location).status, 'unknown');
  await fixture.advance(1800);
  await until('the end', async () => (await stateOf(charge)).startsWith('declined'));
});

test('the provider’s notice finds the payment of a buyer who never came back', async () => {
  client = await connectDemoClient(fixture.url);
  for (const paymentMethod of methods) {
    const { back, charge } = await payOnPage(paymentMethod);
    await fixture.advance(2);
    const { database } = fixture.app.context;
    const find = {
      name: 'test page payment',
      text: 'SELECT state FROM payment_attempts WHERE reference = $1',
    };
    const [reference] = [charge.reference];
    await until(`the notice of ${paymentMethod}`, async () => {
      const [row] = await database.query<{ state: string }>(find, [reference]);
      return row?.state === 'secured';
    });
    assert.equal(resultIn((await buyer.open(back)).location).status, 'success');
  }
});

test('what a page cannot say is refused, and the buyer stays on it', async () => {
  const refused: [Record<string, string>, string][] = [
    [{ paymentMethod: 'kco' }, 'payment_method_is_not_configured'],
    [{ paymentMethod: 'creditcardPayex', recurring: 'true' }, 'method_cannot_recur'],
    [{ currency: 'SEK' }, 'currency_differs'],
  ];
  for (const [fields, code] of refused) {
    const location = await buyer.pay(fields);
    assert.ok(location.startsWith(page));
    assert.deepEqual(resultIn(location), { state: 'a-state', status: 'error', code });
  }
});
