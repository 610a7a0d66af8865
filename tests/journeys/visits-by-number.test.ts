import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { callbacksAt, linkIn, linksTo } from '../builders/ledgers.ts';
import { complete } from '../builders/orders.ts';
import { until } from '../builders/until.ts';
import {
  buyersContact,
  buyersEmail,
  type NumberedShop,
  openNumberedShop,
  successAt,
} from '../buyers/numbered-shop.ts';
import { openVisitor, sentHere } from '../buyers/visitor.ts';

let shop: NumberedShop;
before(async () => {
  shop = await openNumberedShop();
});
after(() => shop.fixture.close());

/** Everything that the sandbox's providers know, in one text. */
async function providersKnow(): Promise<string> {
  const reply = await fetch(`${shop.fixture.sandboxUrl}/control/payments`);
  return reply.text();
}

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
    const placed = await shop.place(fields);
    const guest = openVisitor();
    const begun = await guest.open(placed.bare);
    const page = begun.location === '' ? begun.html : (await openVisitor().open(begun.location)).html;
    assert.doesNotMatch(page, buyersContact);
    assert.doesNotMatch(await providersKnow(), buyersContact);
    assert.equal(
      [...guest.cookies.keys()].filter((name) => name.includes(`leveret-order-${placed.orderId}`)).length,
      1,
    );
    assert.deepEqual(
      (await shop.attemptsOf(placed)).map((one) => one.is_guest),
      [true],
    );
    const again = await guest.open(placed.bare);
    assert.equal(again.location, begun.location, 'the same session');
    const other = await openVisitor().open(placed.bare);
    assert.equal(other.status, 409);
    assert.doesNotMatch(other.html, buyersContact);
    if (begun.location === '') return;
    const paid = await openVisitor().press(`${begun.location}/approve`, {});
    const back = await guest.open(paid.location);
    assert.equal(
      successAt((await guest.open(new URL(back.location, shop.fixture.url).href)).location),
      'success',
    );
    assert.equal(await shop.stateOf(placed), 'completed');
    assert.equal((await openVisitor().open(placed.bare)).html, other.html, 'a stranger is told nothing new');
  });
}

test('the provider is told of the buyer who was invited, as before', async () => {
  const placed = await shop.place({ paymentMethod: 'creditcardPayex' });
  const begun = await openVisitor().open(placed.secret);
  const page = (await openVisitor().open(begun.location)).html;
  assert.match(page + (await providersKnow()), buyersContact);
});

test('who comes back from the provider in another browser goes on there', async () => {
  const placed = await shop.place({ paymentMethod: 'vippsEcommerce' });
  const begun = await openVisitor().open(placed.bare);
  const paid = await openVisitor().press(`${begun.location}/approve`, {});
  const phone = openVisitor();
  const back = await phone.open(paid.location);
  assert.equal(
    successAt((await phone.open(new URL(back.location, shop.fixture.url).href)).location),
    'success',
  );
});

test('an invited buyer ends what a guest has begun, and pays in a session of the own', async () => {
  const placed = await shop.place({ paymentMethod: 'creditcardPayex' });
  const guest = openVisitor({ forges: true });
  const begun = await guest.open(placed.bare);
  const looked = await openVisitor().open(placed.secret, {});
  assert.match(looked.html, /name="method" value="creditcardPayex"/, 'a program is shown the button');
  assert.deepEqual(
    (await shop.attemptsOf(placed)).map(({ state, is_guest }) => [state === 'pending', is_guest]),
    [[true, true]],
    'and ends nothing of the guest',
  );
  const buyer = openVisitor();
  const own = await buyer.open(placed.secret);
  assert.ok(
    own.location.startsWith(shop.fixture.sandboxUrl) && own.location !== begun.location,
    own.location,
  );
  assert.deepEqual(
    (await shop.attemptsOf(placed)).map(({ state, is_guest }) => [state === 'pending', is_guest]),
    [
      [false, true],
      [true, false],
    ],
  );
  assert.equal((await guest.open(placed.bare)).status, 409, 'the guest is a stranger now');
  await guest.press(`${placed.bare}&giveUp=1`, {});
  const paid = await openVisitor().press(`${own.location}/approve`, {});
  const back = await buyer.open(paid.location);
  assert.equal(
    successAt((await buyer.open(new URL(back.location, shop.fixture.url).href)).location),
    'success',
  );
  assert.equal(successAt((await buyer.open(placed.bare)).location), 'success', 'known by number too');
});

test('a guest who gives up, walks away or is declined stops no order, and holds it for the window only', async () => {
  const placed = await shop.place({ paymentMethod: 'creditcardPayex' });
  const guest = openVisitor({ forges: true });
  const begun = await guest.open(placed.bare);
  const left = await guest.press(`${placed.bare}&giveUp=1`, {});
  assert.equal(successAt(left.location), 'cancel');
  assert.notEqual((await shop.attemptsOf(placed))[0]?.state, 'pending');
  assert.equal((await openVisitor().open(placed.bare)).status, 409);
  for (let declined = 0; declined < 12; declined += 1) {
    // Payments begun from one address are limited by the second, and a fast machine comes too soon.
    const again = await until('room for another try', async () => {
      const pressed = await guest.press(placed.bare, { method: 'creditcardPayex' });
      return pressed.status === 429 ? undefined : pressed;
    });
    const url = /url=([^"]+)"/.exec(again.html)?.[1] ?? again.location;
    assert.ok(url.startsWith(shop.fixture.sandboxUrl) && url !== begun.location, again.html);
    const refused = await openVisitor().press(`${url}/cancel`, {});
    await guest.open(refused.location);
  }
  await shop.fixture.advance(3600);
  assert.equal(await shop.stateOf(placed), 'paying');
  const next = await openVisitor().open(placed.bare);
  assert.ok(next.location.startsWith(shop.fixture.sandboxUrl), 'the next guest may try');
  const buyer = await openVisitor().open(placed.secret);
  const paid = await openVisitor().press(`${buyer.location}/approve`, {});
  await openVisitor().open(paid.location);
  await until('the order to complete', async () => (await shop.stateOf(placed)) === 'completed');
});

test('what only looks at a number begins nothing, and is shown a button', async () => {
  const placed = await shop.place({ paymentMethod: 'creditcardPayex' });
  const looks: [Record<string, string>, 'GET' | 'HEAD'][] = [
    [{}, 'GET'],
    [{ ...sentHere, 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' }, 'GET'],
    [{ ...sentHere, 'user-agent': 'Twitterbot/1.0' }, 'GET'],
    [{ ...sentHere, 'sec-purpose': 'prefetch' }, 'GET'],
    [sentHere, 'HEAD'],
  ];
  for (const [headers, method] of looks) await openVisitor().open(placed.bare, headers, method);
  assert.equal(await shop.stateOf(placed), 'registered');
  const guest = openVisitor();
  assert.match((await guest.open(placed.bare, {})).html, /name="method" value="creditcardPayex"/);
  await guest.press(placed.bare, { method: 'creditcardPayex' });
  assert.equal(await shop.stateOf(placed), 'paying');
});

test('without the setting a number is unknown, in every byte', async () => {
  const placed = await shop.place({ paymentMethod: 'creditcardPayex' });
  const unknown = `${shop.fixture.url}/user/fulfillment?orderId=8999999999&returnUrl=x`;
  await shop.set({ bareIdOpens: false });
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
  await shop.set({ bareIdOpens: true });
  assert.equal(await shop.stateOf(placed), 'registered');
});

test('what owes nothing completes by number for its reader, or where the client lets anybody, by a button', async () => {
  const prepaid = { paymentMethod: 'other', prepaid: true };
  for (const fields of [{ paymentMethod: 'free' }, { paymentMethod: 'invoice' }, prepaid]) {
    await shop.set({ bareIdCompletes: false });
    const info = 'prepaid' in fields ? { paymentInfoOther: { transactionId: `nr-${Math.random()}` } } : {};
    const placed = await shop.place({ ...fields, ...info });
    const stranger = openVisitor();
    assert.equal((await stranger.open(placed.bare)).status, 403);
    assert.equal((await stranger.press(placed.bare, { complete: '1' })).status, 403);
    assert.equal(await shop.stateOf(placed), 'registered');
    await shop.set({ bareIdCompletes: true });
    const person = openVisitor();
    assert.match((await person.open(placed.bare)).html, /name="complete"/);
    assert.equal(await shop.stateOf(placed), 'registered');
    const pressed = await person.press(placed.bare, { complete: '1' });
    assert.equal(successAt(pressed.location), 'success');
    assert.equal(await shop.stateOf(placed), 'completed');
    await shop.fixture.advance(60);
  }
});

test('a reader who is logged in completes the own order by number, and sees what came of it', async () => {
  await shop.set({ bareIdCompletes: false });
  const first = await shop.place({ paymentMethod: 'free' });
  await complete(shop.client, first.orderId, { credential: buyersEmail });
  const [message] = await until('the link', async () => {
    const found = await linksTo(shop.fixture, buyersEmail);
    return found.length > 0 && found;
  });
  assert.ok(message);
  const reader = openVisitor();
  const link = linkIn(message);
  await reader.open(link);
  await reader.press(link, {});
  const placed = await shop.place({ paymentMethod: 'invoice' });
  assert.match((await reader.open(placed.bare)).html, /name="complete"/);
  assert.equal(successAt((await reader.press(placed.bare, { complete: '1' })).location), 'success');
  const others = await shop.place({
    paymentMethod: 'invoice',
    payer: { firstName: 'Per', lastName: 'Annen', street: 'Gata', emails: ['per.annen@example.com'] },
  });
  assert.equal((await reader.press(others.bare, { complete: '1' })).status, 403);
  await shop.set({ bareIdCompletes: true });
});

test('completing by API beside a guest promises nothing, and what it asks for is carried out', async () => {
  const placed = await shop.place({ paymentMethod: 'vippsEcommerce' });
  const guest = openVisitor();
  const begun = await guest.open(placed.bare);
  const path = `/publisher/callback/guest-${placed.orderId}`;
  const reply = await complete(shop.client, placed.orderId, { callbackUrl: shop.fixture.sandboxUrl + path });
  assert.deepEqual(
    [reply.status, reply.body.fulfillmentStatus, reply.body.code, reply.body.state],
    [200, 'ERROR', 'buyer_must_act', 'paying'],
  );
  assert.equal(reply.body.fulfillmentUrl, placed.secret.replace(/\?.*/, ''));
  const paid = await openVisitor().press(`${begun.location}/approve`, {});
  await guest.open(paid.location);
  await until('the callback', async () => (await callbacksAt(shop.fixture, path)).length > 0);
  assert.equal(await shop.stateOf(placed), 'completed');
});

test('a race of 15 visits with the request: the callback and the link come, 15 times of 15', async () => {
  await shop.set({ bareIdCompletes: true });
  let came = 0;
  for (let round = 0; round < 15; round += 1) {
    const placed = await shop.place({ paymentMethod: 'invoice' });
    const to = `race${round}@example.com`;
    const path = `/publisher/callback/race-${placed.orderId}`;
    const visits = Array.from({ length: 15 }, () => openVisitor().open(placed.secret));
    const asked = complete(shop.client, placed.orderId, {
      callbackUrl: shop.fixture.sandboxUrl + path,
      credential: to,
    });
    await Promise.all([...visits, asked]);
    const told = async () =>
      (await callbacksAt(shop.fixture, path)).length > 0 && (await linksTo(shop.fixture, to)).length > 0;
    await until('callback and link', told);
    came +=
      (await callbacksAt(shop.fixture, path)).length === 1 && (await linksTo(shop.fixture, to)).length === 1
        ? 1
        : 0;
  }
  assert.equal(came, 15);
});
