import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '@leveret/server/database/statement.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildHouse, type House } from '../builders/house.ts';
import { callbacksAt, linkIn, messagesTo } from '../builders/ledgers.ts';
import { complete, demoLine } from '../builders/orders.ts';
import { until } from '../builders/until.ts';
import { behindProxy, openVisitor, sentHere } from '../buyers/visitor.ts';

let house: House;
let client: DemoClient;
before(async () => {
  house = await buildHouse({ realTime: false, ...behindProxy });
  client = await connectDemoClient(house.url);
});
after(() => house.close());

const email = 'kari.nummer@example.com';
const mobile = '+4790000077';
const payer = { firstName: 'Kari', lastName: 'Nummer', emails: [email], phoneNumbers: [mobile] };
const contact = /kari\.nummer|90000077|Nummer/;

type Placed = { orderId: number; secret: string; bare: string };

async function place(fields: Record<string, unknown>): Promise<Placed> {
  const order = { payer, orderLines: [demoLine], ...fields };
  const { status, body } = await client.post('/capi/v1/client/order', order);
  assert.equal(status, 200, JSON.stringify(body));
  const back = encodeURIComponent(`${house.sandboxUrl}/publisher/return`);
  const { orderId, fulfillmentUrl } = body as { orderId: number; fulfillmentUrl: string };
  const bare = `${house.url}/user/fulfillment?orderId=${orderId}&returnUrl=${back}`;
  return { orderId, secret: `${fulfillmentUrl}?returnUrl=${back}`, bare };
}

const stateOf = async ({ orderId }: Placed) =>
  (await client.get(`/capi/v1/client/order/${orderId}`)).body['state'];

const rows = <Row extends object>(text: string, values: unknown[]) =>
  house.app.context.database.query<Row>(sql(`test ${text}`, text), values);
const attemptsOf = ({ orderId }: Placed) =>
  rows<{ adapter: string; state: string; is_guest: boolean }>(
    `SELECT adapter, state, guest_id IS NOT NULL AS is_guest FROM payment_attempts
     WHERE order_id = $1 ORDER BY attempt_id`,
    [orderId],
  );

/** Everything that the sandbox's providers know, in one text. */
async function providersKnow(): Promise<string> {
  const reply = await fetch(`${house.sandboxUrl}/control/payments`);
  return reply.text();
}

async function set(settings: Record<string, boolean>): Promise<void> {
  await rows("UPDATE clients SET settings = settings || $1::jsonb WHERE client_id = 'no.leveret.demo'", [
    JSON.stringify(settings),
  ]);
  await house.app.context.publishers.refresh();
}

const successAt = (location: string) => new URL(location).searchParams.get('fulfillmentStatus');

const recurring = { paymentMethod: 'vippsRecurring', recurring: true };
const swish = {
  paymentMethod: 'swishPayex',
  currency: 'SEK',
  orderLines: [{ productSpecType: 'article', articleDetail: { articleRef: 'by-number' }, unitPrice: 99 }],
};

for (const fields of [
  { paymentMethod: 'vippsEcommerce' },
  { paymentMethod: 'creditcardPayex' },
  { paymentMethod: 'kco' },
  recurring,
  swish,
]) {
  test(`a guest pays by number, and no provider hears of the buyer: ${fields.paymentMethod}`, async () => {
    const placed = await place(fields);
    const guest = openVisitor();
    const begun = await guest.open(placed.bare);
    const page = begun.location === '' ? begun.html : (await openVisitor().open(begun.location)).html;
    assert.doesNotMatch(page, contact);
    assert.doesNotMatch(await providersKnow(), contact);
    assert.equal(
      [...guest.cookies.keys()].filter((name) => name.includes(`leveret-order-${placed.orderId}`)).length,
      1,
    );
    assert.deepEqual(
      (await attemptsOf(placed)).map((one) => one.is_guest),
      [true],
    );
    const again = await guest.open(placed.bare);
    assert.equal(again.location, begun.location, 'the same session');
    const other = await openVisitor().open(placed.bare);
    assert.equal(other.status, 409);
    assert.doesNotMatch(other.html, contact);
    if (begun.location === '') return;
    const paid = await openVisitor().press(`${begun.location}/approve`, {});
    const back = await guest.open(paid.location);
    assert.equal(successAt((await guest.open(new URL(back.location, house.url).href)).location), 'success');
    assert.equal(await stateOf(placed), 'completed');
    assert.equal((await openVisitor().open(placed.bare)).html, other.html, 'a stranger is told nothing new');
  });
}

test('the provider is told of the buyer who was invited, as before', async () => {
  const placed = await place({ paymentMethod: 'creditcardPayex' });
  await openVisitor().open(placed.secret);
  assert.deepEqual(
    (await attemptsOf(placed)).map((one) => one.is_guest),
    [false],
  );
});

test('who comes back from the provider in another browser goes on there', async () => {
  const placed = await place({ paymentMethod: 'vippsEcommerce' });
  const begun = await openVisitor().open(placed.bare);
  const paid = await openVisitor().press(`${begun.location}/approve`, {});
  const phone = openVisitor();
  const back = await phone.open(paid.location);
  assert.equal(successAt((await phone.open(new URL(back.location, house.url).href)).location), 'success');
});

test('an invited buyer ends what a guest has begun, and pays in a session of the own', async () => {
  const placed = await place({ paymentMethod: 'creditcardPayex' });
  const guest = openVisitor({ forges: true });
  const begun = await guest.open(placed.bare);
  const buyer = openVisitor();
  const own = await buyer.open(placed.secret);
  assert.ok(own.location.startsWith(house.sandboxUrl) && own.location !== begun.location, own.location);
  assert.deepEqual(
    (await attemptsOf(placed)).map(({ state, is_guest }) => [state === 'pending', is_guest]),
    [
      [false, true],
      [true, false],
    ],
  );
  assert.equal((await guest.open(placed.bare)).status, 409, 'the guest is a stranger now');
  await guest.press(`${placed.bare}&giveUp=1`, {});
  const paid = await openVisitor().press(`${own.location}/approve`, {});
  const back = await buyer.open(paid.location);
  assert.equal(successAt((await buyer.open(new URL(back.location, house.url).href)).location), 'success');
  assert.equal(successAt((await buyer.open(placed.bare)).location), 'success', 'known by number too');
});

test('a guest who gives up, walks away or is declined stops no order, and holds it for the window only', async () => {
  const placed = await place({ paymentMethod: 'creditcardPayex' });
  const guest = openVisitor({ forges: true });
  const begun = await guest.open(placed.bare);
  const left = await guest.press(`${placed.bare}&giveUp=1`, {});
  assert.equal(successAt(left.location), 'cancel');
  assert.notEqual((await attemptsOf(placed))[0]?.state, 'pending');
  assert.equal((await openVisitor().open(placed.bare)).status, 409);
  for (let declined = 0; declined < 12; declined += 1) {
    const again = await guest.press(placed.bare, { method: 'creditcardPayex' });
    const url = /url=([^"]+)"/.exec(again.html)?.[1] ?? again.location;
    assert.ok(url.startsWith(house.sandboxUrl) && url !== begun.location, again.html);
    const refused = await openVisitor().press(`${url}/cancel`, {});
    await guest.open(refused.location);
  }
  await house.advance(3600);
  assert.equal(await stateOf(placed), 'paying');
  const next = await openVisitor().open(placed.bare);
  assert.ok(next.location.startsWith(house.sandboxUrl), 'the next guest may try');
  const buyer = await openVisitor().open(placed.secret);
  const paid = await openVisitor().press(`${buyer.location}/approve`, {});
  await openVisitor().open(paid.location);
  await until('the order to complete', async () => (await stateOf(placed)) === 'completed');
});

test('what only looks at a number begins nothing, and is shown a button', async () => {
  const placed = await place({ paymentMethod: 'creditcardPayex' });
  const looks: [Record<string, string>, 'GET' | 'HEAD'][] = [
    [{}, 'GET'],
    [{ ...sentHere, 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' }, 'GET'],
    [{ ...sentHere, 'user-agent': 'Twitterbot/1.0' }, 'GET'],
    [{ ...sentHere, 'sec-purpose': 'prefetch' }, 'GET'],
    [sentHere, 'HEAD'],
  ];
  for (const [headers, method] of looks) await openVisitor().open(placed.bare, headers, method);
  assert.equal(await stateOf(placed), 'registered');
  const guest = openVisitor();
  assert.match((await guest.open(placed.bare, {})).html, /name="method" value="creditcardPayex"/);
  await guest.press(placed.bare, { method: 'creditcardPayex' });
  assert.equal(await stateOf(placed), 'paying');
});

test('without the setting a number is unknown, in every byte', async () => {
  const placed = await place({ paymentMethod: 'creditcardPayex' });
  const unknown = `${house.url}/user/fulfillment?orderId=8999999999&returnUrl=x`;
  await set({ bareIdOpens: false });
  for (const method of ['GET', 'HEAD'] as const) {
    for (const headers of [sentHere, {}]) {
      const [seen, none] = [
        await openVisitor().open(placed.bare, headers, method),
        await openVisitor().open(unknown, headers, method),
      ];
      const fixed = ({ status, html, headers: told }: typeof seen) => [
        status,
        html,
        [...told].filter(([name]) => name !== 'date' && name !== 'x-request-id'),
      ];
      assert.deepEqual(fixed(seen), fixed(none));
      assert.equal(seen.status, 404);
    }
  }
  const pressed = await openVisitor().press(placed.bare, { method: 'creditcardPayex' });
  assert.equal(pressed.status, 404);
  await set({ bareIdOpens: true });
  assert.equal(await stateOf(placed), 'registered');
});

test('what owes nothing completes by number for its reader, or where the client lets anybody, by a button', async () => {
  const prepaid = { paymentMethod: 'other', prepaid: true };
  for (const fields of [{ paymentMethod: 'free' }, { paymentMethod: 'invoice' }, prepaid]) {
    await set({ bareIdCompletes: false });
    const info = 'prepaid' in fields ? { paymentInfoOther: { transactionId: `nr-${Math.random()}` } } : {};
    const placed = await place({ ...fields, ...info });
    const stranger = openVisitor();
    assert.equal((await stranger.open(placed.bare)).status, 403);
    assert.equal((await stranger.press(placed.bare, { complete: '1' })).status, 403);
    assert.equal(await stateOf(placed), 'registered');
    await set({ bareIdCompletes: true });
    const person = openVisitor();
    assert.match((await person.open(placed.bare)).html, /name="complete"/);
    assert.equal(await stateOf(placed), 'registered');
    const pressed = await person.press(placed.bare, { complete: '1' });
    assert.equal(successAt(pressed.location), 'success');
    assert.equal(await stateOf(placed), 'completed');
    await house.advance(60);
  }
});

test('a reader who is logged in completes the own order by number, and sees what came of it', async () => {
  await set({ bareIdCompletes: false });
  const first = await place({ paymentMethod: 'free' });
  await complete(client, first.orderId, { credential: email });
  const [message] = await until('the link', async () => {
    const found = await messagesTo(house, email);
    return found.length > 0 && found;
  });
  assert.ok(message);
  const reader = openVisitor();
  const link = linkIn(message);
  await reader.open(link);
  await reader.press(link, {});
  const placed = await place({ paymentMethod: 'invoice' });
  assert.match((await reader.open(placed.bare)).html, /name="complete"/);
  assert.equal(successAt((await reader.press(placed.bare, { complete: '1' })).location), 'success');
  const others = await place({
    paymentMethod: 'invoice',
    payer: { firstName: 'Per', lastName: 'Annen', street: 'Gata', emails: ['per.annen@example.com'] },
  });
  assert.equal((await reader.press(others.bare, { complete: '1' })).status, 403);
  await set({ bareIdCompletes: true });
});

test('a race of 15 visits with the request: the callback and the link come, 15 times of 15', async () => {
  await set({ bareIdCompletes: true });
  let came = 0;
  for (let round = 0; round < 15; round += 1) {
    const placed = await place({ paymentMethod: 'invoice' });
    const to = `race${round}@example.com`;
    const path = `/publisher/callback/race-${placed.orderId}`;
    const visits = Array.from({ length: 15 }, () => openVisitor().open(placed.secret));
    const asked = complete(client, placed.orderId, { callbackUrl: house.sandboxUrl + path, credential: to });
    await Promise.all([...visits, asked]);
    const told = async () =>
      (await callbacksAt(house, path)).length > 0 && (await messagesTo(house, to)).length > 0;
    await until('callback and link', told);
    came +=
      (await callbacksAt(house, path)).length === 1 && (await messagesTo(house, to)).length === 1 ? 1 : 0;
  }
  assert.equal(came, 15);
});

test('starts are limited for each order and each address, and a page leads on', async () => {
  const one = await place({ paymentMethod: undefined });
  const guest = openVisitor();
  await guest.open(one.bare);
  const statuses: number[] = [];
  // From many addresses, whose own limits are not met.
  const start = (turn: number) =>
    guest.press(
      one.bare,
      { method: turn % 2 === 0 ? 'creditcardPayex' : 'vippsEcommerce' },
      { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': `198.51.100.${turn}` },
    );
  for (let turn = 0; turn < 24; turn += 1) statuses.push((await start(turn)).status);
  assert.deepEqual([statuses.slice(0, 20), statuses.slice(20)], [Array(20).fill(200), Array(4).fill(429)]);
  const refused = await start(24);
  assert.equal(refused.headers.get('retry-after'), '60');
  assert.match(refused.html, /href="[^"]*publisher\/return\?fulfillmentStatus=error"/);
  assert.equal(await stateOf(one), 'paying');
});

test('one home begins so many payments by number and no more; its own buyers go on', async () => {
  const card = { paymentMethod: 'creditcardPayex' };
  const orders = await Promise.all(Array.from({ length: 66 }, () => place(card)));
  const neighbours = orders.map(({ bare }, index) =>
    openVisitor({ address: `2001:db8::${index + 1}` }).open(bare),
  );
  const seen = await Promise.all(neighbours);
  const left = orders[seen.findIndex(({ status }) => status === 429)];
  assert.ok(left);
  assert.equal(await stateOf(left), 'registered', 'nothing is begun');
  assert.equal((await openVisitor({ address: '2001:db8::1' }).open(left.secret)).status, 303);
});

test('coming back asks the provider so often and no more, and no payment is lost by it', async () => {
  const placed = await place({ paymentMethod: 'creditcardPayex' });
  const buyer = openVisitor();
  const begun = await buyer.open(placed.secret);
  const paid = await openVisitor().press(`${begun.location}/approve`, {});
  const back = await Promise.all(Array.from({ length: 40 }, () => openVisitor().open(paid.location)));
  const refused = back.filter(({ status }) => status === 429);
  assert.ok(refused.length >= 20, `${refused.length}`);
  assert.match(refused[0]?.html ?? '', /http-equiv="refresh" content="10;url=\/user\/fulfillment/);
  await until('the order to complete', async () => (await stateOf(placed)) === 'completed');
});

test('completing by number is limited for each address', async () => {
  await set({ bareIdCompletes: true });
  const orders = await Promise.all(Array.from({ length: 12 }, () => place({ paymentMethod: 'free' })));
  const stranger = openVisitor({ forges: true, address: '192.0.2.7' });
  const statuses: number[] = [];
  for (const { bare } of orders) {
    statuses.push((await stranger.press(bare, { complete: '1' })).status);
  }
  assert.ok(statuses.includes(429), statuses.join());
});
