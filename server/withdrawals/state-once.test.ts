import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../testing/money.ts';
import { findPageOrder } from './find-withdrawal-page.ts';
import { stateOnce } from './state-once.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

const state = (orderId: number, correctedTo: string | undefined) => {
  const statement = {
    publisher: node.client.publisher,
    orderReference: String(orderId),
    named: undefined,
    name: 'Kari Nordmann',
    receiptTo: undefined,
    language: 'nb',
    statedAt: undefined,
    remark: undefined,
  };
  const key = `key-${orderId}-${correctedTo ?? ''}`;
  return stateOnce(node.context, statement, { orderId, correctedTo, proof: 'link', key, told: {} });
};

test('what was read before the order was given to another address states nothing after it', async () => {
  const orderId = await fixture.captured([60]);
  const corrected = await node.post(`/capi/v1/client/order/${orderId}/credential`, {
    credential: 'right@example.com',
  });
  assert.equal(corrected.status, 200, JSON.stringify(corrected.body));
  assert.equal(await state(orderId, undefined), undefined);
  const list = async () =>
    (await node.get(`/capi/v1/client/order/${orderId}/withdrawals`)).body['withdrawals'];
  assert.deepEqual(await list(), []);
  assert.equal((await state(orderId, 'right@example.com'))?.state, 'accepted');
});

test('what was corrected stays so when what it was corrected to is not kept any more', async () => {
  const orderId = await fixture.captured([60]);
  const path = `/capi/v1/client/order/${orderId}/credential`;
  assert.equal((await node.post(path, { credential: 'right@example.com' })).status, 200);
  const forgotten = 'DELETE FROM order_completions WHERE order_id = $1 RETURNING order_id';
  assert.equal((await node.rows(forgotten, [orderId])).length, 1);
  assert.equal(await state(orderId, undefined), undefined);
  assert.equal((await findPageOrder(node.context.database, orderId))?.correctedTo, '');
});

test('it tells how the order stood before, each time it is sent', async () => {
  const orderId = await fixture.captured([60]);
  const kept = [await state(orderId, undefined), await state(orderId, undefined)];
  assert.deepEqual(kept[1], kept[0]);
  assert.deepEqual([kept[0]?.orderState, kept[0]?.lines], ['completed', [1]]);
});
