import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pageBuyer, resultIn } from '../builders/page-buyer.ts';
import { until } from '../builders/until.ts';
import { type NumberedShop, openNumberedShop } from '../buyers/numbered-shop.ts';
import { openVisitor } from '../buyers/visitor.ts';

let shop: NumberedShop;
before(async () => {
  shop = await openNumberedShop();
});
after(() => shop.fixture.close());

test('starts are limited for each order and each address, and a page leads on', async () => {
  const one = await shop.place({ paymentMethod: undefined });
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
  assert.equal(await shop.stateOf(one), 'paying');
});

test('one home begins so many payments by number and no more; its own buyers go on', async () => {
  const card = { paymentMethod: 'creditcardPayex' };
  const orders = await Promise.all(Array.from({ length: 66 }, () => shop.place(card)));
  const neighbours = orders.map(({ bare }, index) =>
    openVisitor({ address: `2001:db8::${index + 1}` }).open(bare),
  );
  const seen = await Promise.all(neighbours);
  const left = orders[seen.findIndex(({ status }) => status === 429)];
  assert.ok(left);
  assert.equal(await shop.stateOf(left), 'registered', 'nothing is begun');
  assert.equal((await openVisitor({ address: '2001:db8::1' }).open(left.secret)).status, 303);
});

test('coming back asks the provider so often and no more, and no payment is lost by it', async () => {
  const placed = await shop.place({ paymentMethod: 'creditcardPayex' });
  const buyer = openVisitor();
  const begun = await buyer.open(placed.secret);
  const paid = await openVisitor().press(`${begun.location}/approve`, {});
  const back = await Promise.all(Array.from({ length: 40 }, () => openVisitor().open(paid.location)));
  const refused = back.filter(({ status }) => status === 429);
  assert.ok(refused.length >= 20, `${refused.length}`);
  assert.match(refused[0]?.html ?? '', /http-equiv="refresh" content="10;url=\/user\/fulfillment/);
  await until('the order to complete', async () => (await shop.stateOf(placed)) === 'completed');
});

test('completing by number is limited for each address', async () => {
  await shop.set({ bareIdCompletes: true });
  const orders = await Promise.all(Array.from({ length: 12 }, () => shop.place({ paymentMethod: 'free' })));
  const stranger = openVisitor({ forges: true, address: '192.0.2.7' });
  const statuses: number[] = [];
  for (const { bare } of orders) {
    statuses.push((await stranger.press(bare, { complete: '1' })).status);
  }
  assert.ok(statuses.includes(429), statuses.join());
});

test('coming back to a publisher’s page is limited too, and the outcome still gets there', async () => {
  const buyer = pageBuyer(shop.fixture);
  const provider = await buyer.pay();
  const [payment] = await shop.pagePayments();
  assert.ok(payment);
  const back = `${shop.fixture.url}/capi/mcpay/back/${payment.notice_token}`;
  const seen = await Promise.all(Array.from({ length: 40 }, () => buyer.open(back)));
  const refused = seen.filter(({ status }) => status === 429);
  assert.ok(refused.length >= 20, `${refused.length}`);
  assert.match(refused[0]?.html ?? '', /http-equiv="refresh" content="10;url=\/capi\/mcpay\/back/);
  await buyer.press(provider, 'approve');
  const told = await until('the outcome', async () => {
    const { location } = await buyer.open(back);
    return location !== '' && resultIn(location);
  });
  assert.equal(told.status, 'success', JSON.stringify(told));
});
