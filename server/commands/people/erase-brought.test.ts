import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Body, customersPath } from '../../testing/customers.ts';
import { bring, recordsOf } from '../../testing/moving.ts';
import { openTestNode, type TestNode } from '../../testing/node.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

const send = (...values: unknown[]) => bring(node, node.client.publisher, recordsOf(...values));

test('who was brought is told of with what they may read, erased with it, and does not come back', async () => {
  const gone = {
    customerNumber: 9901,
    name: { lastName: 'Borte' },
    emails: ['gone@example.com'],
    accounts: [
      {
        uniqueUserId: '9'.repeat(32),
        credentials: [{ credential: 'gone@example.com', provenAt: '2020-01-01' }],
        access: [{ product: 'DEMO', startsAt: '2026-01-01' }],
      },
    ],
  };
  assert.equal((await send(gone)).counts.new, 1);
  const told = await node.post(`${customersPath}/9901/export`);
  assert.deepEqual(
    (told.body['access'] as Body[]).map((access) => access['product_code']),
    ['DEMO'],
    JSON.stringify(told.body),
  );
  const erased = await node.post(`${customersPath}/9901/erase`, { reason: 'asked for it' });
  assert.equal(erased.status, 200, JSON.stringify(erased.body));
  const left = await node.rows<Body>(
    `SELECT count(*) AS count FROM grants JOIN accounts USING (account_id) WHERE unique_user_id = $1`,
    ['9'.repeat(32)],
  );
  assert.equal(left[0]?.['count'], 0);
  assert.deepEqual((await send(gone)).refused, ['1 accounts[0].isClosed account_is_closed']);
});
