import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../testing/money.ts';
import { pruneWithdrawals } from './prune-withdrawals.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

const day = 86_400;

const withdraw = (orderId: number, body: object = {}, headers: Record<string, string> = {}) =>
  node.post(`/capi/v1/client/order/${orderId}/withdrawal`, { name: 'Kari Nordmann', ...body }, headers);

const listed = async (orderId: number) =>
  (await node.get(`/capi/v1/client/order/${orderId}/withdrawals`)).body['withdrawals'] as object[];

async function setPublisher(name: string, value: unknown): Promise<void> {
  await node.rows(
    `UPDATE publishers SET settings = settings || jsonb_build_object($1::text, $2::jsonb) RETURNING 1 AS one`,
    [name, JSON.stringify(value)],
  );
  await node.context.publishers.refresh();
}

test('a letter counts by the day it was sent', async () => {
  const orderId = await fixture.captured([60]);
  const [completed] = await node.rows<{ at: Date }>('SELECT ended_at AS at FROM orders WHERE order_id = $1', [
    orderId,
  ]);
  assert.ok(completed);
  await node.advance(20 * day);
  const sent = new Date(completed.at.getTime() + 3 * day * 1000);
  const { body } = await withdraw(orderId, { receivedAt: sent.toISOString() });
  assert.deepEqual([body['state'], body['receivedAt']], ['accepted', sent.toISOString()]);
});

test('off: nobody has the right, and a person may still accept', async () => {
  await setPublisher('withdrawal', 'off');
  const orderId = await fixture.captured([60]);
  const { body } = await withdraw(orderId);
  await setPublisher('withdrawal', 'always');
  assert.deepEqual([body['state'], body['why']], ['to_check', 'not offered']);
});

test('a wrong request is refused with its field, and keeps nothing', async () => {
  const orderId = await fixture.captured([60, 40]);
  const wrong: [object, string, string][] = [
    [{ lines: [3] }, 'input_is_invalid', 'lines[0]'],
    [{ lines: [1, 1] }, 'input_is_invalid', 'lines[1]'],
    [{ lines: [] }, 'input_is_invalid', 'lines'],
    [{ lines: null }, 'input_is_invalid', 'lines'],
    [{ name: ' ' }, 'input_is_invalid', 'name'],
    [{ receiptTo: 'kari' }, 'email_is_invalid', 'receiptTo'],
    [{ receivedAt: '2026-02-30' }, 'date_is_invalid', 'receivedAt'],
    [{ receivedAt: 0 }, 'date_is_invalid', 'receivedAt'],
    [{ receivedAt: '2020-01-01' }, 'date_is_invalid', 'receivedAt'],
    [{ receivedAt: '2090-01-01' }, 'date_is_invalid', 'receivedAt'],
    [{ amount: 10 }, 'input_is_invalid', 'amount'],
  ];
  for (const [body, code, field] of wrong) {
    const reply = await withdraw(orderId, body);
    const fields = reply.body['fields'] as { field: string }[];
    assert.deepEqual(
      [reply.status, reply.body['code'], fields[0]?.field],
      [400, code, field],
      JSON.stringify(body),
    );
  }
  assert.deepEqual(await listed(orderId), []);
  assert.equal((await withdraw(999_999_999)).status, 404);
});

test('the same key again answers the same, and keeps one statement', async () => {
  const orderId = await fixture.captured([60]);
  const headers = { 'idempotency-key': `withdraw-${orderId}` };
  const [first, second] = [await withdraw(orderId, {}, headers), await withdraw(orderId, {}, headers)];
  assert.deepEqual(first.body, second.body);
  assert.equal((await listed(orderId)).length, 1);
});

test('old statements that took no effect are deleted; what took effect, and what waits, stays', async () => {
  const [accepted, waiting] = [await fixture.captured([60]), await fixture.captured([60])];
  await withdraw(accepted);
  await withdraw(accepted);
  await setPublisher('withdrawal', 'off');
  await withdraw(waiting);
  await setPublisher('withdrawal', 'always');
  await node.advance(1101 * day);
  await pruneWithdrawals(node.context);
  const states = async (orderId: number) =>
    (await listed(orderId)).map((one) => (one as { state: string }).state);
  assert.deepEqual([await states(accepted), await states(waiting)], [['accepted'], ['to_check']]);
});
