import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { prepaidOrder, register } from '../../testing/node.ts';
import { findMoneyLeft } from './find-money-left.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

async function left(orderId: number, changes: object = {}): Promise<[string, number]> {
  const { publisherId } = node.client.publisher;
  const order = { publisher_id: publisherId, order_id: orderId, prepaid: true, amount_minor: 14_900 };
  const found = await node.context.database.transaction('test', (transaction) =>
    findMoneyLeft(transaction, { ...order, ...changes }),
  );
  return [found.by, found.leftMinor];
}

type Told = { kind?: string; outcome?: string; ofOther?: boolean; publisher?: number };

/** What a person has said, and who has what was paid elsewhere. */
const said: [string, Told, [string, number]][] = [
  ['that it was given back', {}, ['nobody', 0]],
  ['that it was paid', { outcome: 'paid' }, ['elsewhere', 14_900]],
  ['nothing, of another case', { kind: 'withdrawal refund due' }, ['elsewhere', 14_900]],
  ['that another order’s was given back', { ofOther: true }, ['elsewhere', 14_900]],
  ['something of another publisher', { publisher: 1000 }, ['elsewhere', 14_900]],
];

for (const [name, told, expected] of said) {
  test(`paid elsewhere, where a person said ${name}: ${expected.join(' ')}`, async () => {
    const { kind = 'prepayment mismatch', outcome = 'given_back', ofOther = false, publisher = 0 } = told;
    const [orderId, other] = [await register(node, prepaidOrder()), await register(node, prepaidOrder())];
    assert.deepEqual(await left(orderId), ['elsewhere', 14_900]);
    await node.rows(
      `INSERT INTO cases (publisher_id, order_id, kind, state, outcome, opened_at, resolved_at)
       SELECT publisher_id + $2, order_id, $3, 'resolved', $4, leveret_now(), leveret_now()
       FROM orders WHERE order_id = $1 RETURNING case_id`,
      [ofOther ? other : orderId, publisher, kind, outcome],
    );
    assert.deepEqual(await left(orderId), expected);
  });
}

test('paid elsewhere, of nothing, or not paid at all: nobody has anything', async () => {
  const orderId = await register(node, prepaidOrder());
  assert.deepEqual(await left(orderId, { amount_minor: 0 }), ['nobody', 0]);
  assert.deepEqual(await left(orderId, { prepaid: false }), ['nobody', 0]);
});

test('what an invoice asks for is the invoice’s, as far as it is not credited', async () => {
  const orderId = await register(node, prepaidOrder());
  await node.rows(
    `INSERT INTO invoices (publisher_id, order_id, customer_number, state, amount_minor, credited_minor, currency,
       drafted_at)
     SELECT publisher_id, order_id, 1, 'draft', 14900, 4900, 'NOK', leveret_now() FROM orders WHERE order_id = $1
     RETURNING invoice_id`,
    [orderId],
  );
  assert.deepEqual(await left(orderId, { prepaid: false }), ['invoice', 10_000]);
});

test('what an attempt of ours holds is ours, also after all of it went back', async () => {
  const orderId = await fixture.captured();
  assert.deepEqual(await left(orderId), ['us', 10_000]);
  await fixture.refund(orderId);
  assert.deepEqual(await left(orderId), ['us', 0]);
});
