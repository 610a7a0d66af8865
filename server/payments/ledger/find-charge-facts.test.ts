import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { findChargeFacts, lockOrder, type OrderToPay } from './attempts-store.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
let order: OrderToPay;
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
  const payer = { lastName: 'Nordmann', phoneNumbers: ['+4790000066'] };
  const orderId = await fixture.ordered([100], { payer });
  const { publisherId } = node.client.publisher;
  const found = await node.context.database.transaction('test', (transaction) =>
    lockOrder(transaction, publisherId, orderId),
  );
  assert.ok(found?.mobile_key);
  order = found;
  await node.rows(
    `INSERT INTO charged_mobiles (publisher_id, adapter, merchant_id, mobile_key, first_charged_at)
     VALUES ($1, 'test-reserving', 'north', $2, leveret_now()) RETURNING 1 AS one`,
    [publisherId, found.mobile_key],
  );
});
after(() => fixture.close());

type Account = { adapter: string; merchantId: string };
const north: Account = { adapter: 'test-reserving', merchantId: 'north' };

const cases: [string, () => Partial<OrderToPay>, Account, boolean][] = [
  ['there', () => ({}), north, false],
  ['by another publisher', () => ({ publisher_id: order.publisher_id + 1 }), north, true],
  ['by another adapter', () => ({}), { ...north, adapter: 'test-whole' }, true],
  ['at another account', () => ({}), { ...north, merchantId: '' }, true],
  ['to another mobile', () => ({ mobile_key: Buffer.alloc(32) }), north, true],
  ['to no mobile', () => ({ mobile_key: null }), north, true],
];

for (const [name, changes, account, isFirst] of cases) {
  test(`a mobile was charged, and now is ${name}: ${isFirst ? 'a first charge' : 'not the first'}`, async () => {
    const facts = await findChargeFacts(node.context.database, { ...order, ...changes() }, account);
    assert.equal(facts.isFirstCharge, isFirst);
  });
}

test('the time of a charge is the database’s', async () => {
  await node.advance(3600);
  const now = async () => {
    const [row] = await node.rows<{ at: Date }>('SELECT leveret_now() AS at');
    assert.ok(row);
    return row.at;
  };
  const earlier = await now();
  const { askedAt } = await findChargeFacts(node.context.database, order, north);
  assert.ok(earlier <= askedAt && askedAt <= (await now()), String(askedAt));
});
