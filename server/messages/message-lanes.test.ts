import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestFixture, type TestFixture } from '../testing/orders.ts';
import { createMessageLanes, type MessageLanes } from './message-lanes.ts';

let fixture: TestFixture;
let lanes: MessageLanes;
before(async () => {
  fixture = await openTestFixture();
  lanes = createMessageLanes(fixture);
});
after(() => fixture.close());

const lines = [{ spec_type: 'product' as const }, { spec_type: 'article' as const }];

async function bought(timeZone?: string) {
  const publisherId = await fixture.addPublisher(timeZone === undefined ? {} : { timeZone });
  const { orderId } = await fixture.addOrder({ publisherId, lines });
  return { publisherId, orderId };
}

test('the same receipt twice in one batch has its lines once, and another tenant gets none of it', async () => {
  const [own, other] = [await bought(), await bought()];
  const stranger = { publisherId: other.publisherId, orderId: own.orderId };
  const found = await Promise.all([stranger, own, own, other, stranger].map((key) => lanes.findReceipt(key)));
  assert.deepEqual(
    found.map((receipt) => receipt && [receipt.lines.length, receipt.rights?.lines.length]),
    [undefined, [2, 2], [2, 2], [2, 2], undefined],
  );
  assert.deepEqual(
    found.map((receipt) => receipt && [receipt.order.order_id, receipt.rights?.orderId]),
    [undefined, ...[own, own, other].map(({ orderId }) => [orderId, orderId]), undefined],
  );
});

test('a message is found twice by its publisher, and by no other', async () => {
  const [own, other] = [await bought(), await bought()];
  const [row] = await fixture.rows<{ message_id: number }>(
    `INSERT INTO messages (publisher_id, order_id, template, channel, language, destination, cause, reference,
       state, created_at)
     VALUES ($1, $2, 'receipt', 'email', 'nb', 'kari@example.com', 'order', 'm1', 'waiting', leveret_now())
     RETURNING message_id`,
    [own.publisherId, own.orderId],
  );
  const messageId = row?.message_id ?? 0;
  const found = await Promise.all(
    [other, own, own].map(({ publisherId }) => lanes.find({ publisherId, messageId })),
  );
  assert.deepEqual(
    found.map((message) => message?.message_id),
    [undefined, messageId, messageId],
  );
});

test('what cannot be read of one tenant stops nobody else', async () => {
  const [own, unreadable] = [await bought(), await bought('Nowhere/None')];
  const found = await Promise.allSettled([own, unreadable, own].map((key) => lanes.findReceipt(key)));
  assert.deepEqual(
    found.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
});
