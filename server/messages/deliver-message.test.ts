import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { complete, openTestNode, prepaidOrder, register, type TestNode } from '../testing/node.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());
beforeEach(() => node.link.reset());

type Kept = { state: string; tries: number; reason: string | null; reference: string; ended: boolean };

async function messageOf(orderId: number): Promise<Kept> {
  const [row] = await node.rows<Kept>(
    'SELECT state, tries, reason, reference, ended_at IS NOT NULL AS ended FROM messages WHERE order_id = $1',
    [orderId],
  );
  assert.ok(row, 'there is no message');
  return row;
}

const failuresOf = async (orderId: number) =>
  (await node.rows("SELECT 1 AS one FROM events WHERE order_id = $1 AND name = 'message failed'", [orderId]))
    .length;

/** A completed order with a login link on its way to a phone; its job has not run. */
async function bought(linkLifetime?: number): Promise<number> {
  const orderId = await register(node, prepaidOrder());
  const options = { credential: '+4790000001', returnUrl: 'http://127.0.0.1/home' };
  const reply = await complete(node, orderId, { ...options, ...(linkLifetime && { linkLifetime }) });
  assert.equal(reply.body['fulfillmentStatus'], 'OK', JSON.stringify(reply.body));
  return orderId;
}

test('a message is sent once, taken, and delivered when the report says so', async () => {
  const orderId = await bought();
  await node.runJobs();
  const message = await messageOf(orderId);
  assert.deepEqual([message.state, message.tries], ['accepted', 1]);
  const [sms] = node.link.sent;
  assert.equal(sms?.refId, message.reference);
  assert.match(String(sms?.['userData']), /\/l\/[\w-]{22}/);
  assert.equal(sms?.['tariff'], undefined);
  assert.equal(await node.reportMessage(message.reference, 1000), 200);
  assert.equal((await messageOf(orderId)).state, 'accepted');
  assert.equal(await node.reportMessage(message.reference, 1001), 200);
  assert.equal((await messageOf(orderId)).state, 'delivered');
  assert.equal(await node.reportMessage(message.reference, 1006), 200);
  assert.equal((await messageOf(orderId)).state, 'delivered');
  assert.equal(node.link.sent.length, 1);
});

test('a lost answer is unknown and sent again: same reference, same link', async () => {
  const orderId = await bought();
  node.link.willAnswer('lost');
  await node.runJobs();
  assert.equal((await messageOf(orderId)).state, 'unknown');
  await node.advance(10);
  await node.runJobs();
  const [first, second] = node.link.sent;
  assert.equal(first?.refId, second?.refId);
  assert.equal(first?.['userData'], second?.['userData']);
  assert.deepEqual([(await messageOf(orderId)).state, (await messageOf(orderId)).tries], ['accepted', 2]);
});

test('a report that comes for an unknown message ends its tries', async () => {
  const orderId = await bought();
  node.link.willAnswer('lost');
  await node.runJobs();
  await node.reportMessage((await messageOf(orderId)).reference, 1001);
  await node.advance(3600);
  await node.runJobs();
  assert.equal(node.link.sent.length, 1);
  assert.equal((await messageOf(orderId)).state, 'delivered');
});

test('a report that comes before the answer is not overwritten by it', async () => {
  const orderId = await bought();
  const { reference } = await messageOf(orderId);
  await node.reportMessage(reference, 1001);
  await node.runJobs();
  const message = await messageOf(orderId);
  assert.deepEqual([message.state, message.ended], ['delivered', true]);
});

test('a refused message fails once, with its reason', async () => {
  const orderId = await bought();
  node.link.willAnswer('badNumber');
  await node.runJobs();
  const message = await messageOf(orderId);
  assert.deepEqual([message.state, message.reason, message.ended], ['failed', '106204', true]);
  assert.equal(await failuresOf(orderId), 1);
  await node.advance(86_400);
  await node.runJobs();
  assert.equal(node.link.sent.length, 1);
});

for (const trouble of ['wrongPassword', 'refused', 'tooMany', 'failing'] as const) {
  test(`a fault that is not the message's is waited out: ${trouble}`, async () => {
    const orderId = await bought();
    node.link.willAnswer(trouble);
    await node.runJobs();
    await node.advance(10);
    await node.runJobs();
    assert.equal((await messageOf(orderId)).state, 'accepted');
    assert.equal(node.link.sent.length, 2);
  });
}

test('after the last try of the plan the message fails', async () => {
  const orderId = await bought(48);
  for (let tries = 0; tries < 9; tries += 1) {
    node.link.willAnswer('wrongPassword');
    await node.runJobs();
    await node.advance(9000);
  }
  const message = await messageOf(orderId);
  assert.deepEqual([message.state, message.reason, message.tries], ['failed', 'tries used up', 7]);
  assert.equal(await failuresOf(orderId), 1);
});

test('a message whose link has expired is not sent', async () => {
  const orderId = await bought(1);
  await node.advance(3601);
  await node.runJobs();
  const message = await messageOf(orderId);
  assert.deepEqual([message.state, message.reason, message.tries], ['failed', 'expired', 0]);
  assert.equal(node.link.sent.length, 0);
});

test('the validity follows the link, within what the gateway takes', async () => {
  await bought(1);
  await bought(720);
  await node.runJobs();
  const validities = node.link.sent.map((sms) => Number(sms['relativeValidityTime'])).sort((a, b) => a - b);
  assert.ok(Number(validities[0]) <= 3_600_000 && Number(validities[0]) > 3_500_000, String(validities));
  assert.equal(validities[1], 172_800_000);
});

test('a failed report of an accepted message is told once, and corrected by a delivery', async () => {
  const orderId = await bought();
  await node.runJobs();
  const { reference } = await messageOf(orderId);
  for (const code of [1006, 1006, 1002]) await node.reportMessage(reference, code);
  assert.equal((await messageOf(orderId)).state, 'failed');
  assert.equal(await failuresOf(orderId), 1);
  await node.reportMessage(reference, 1001);
  assert.equal((await messageOf(orderId)).state, 'delivered');
});

test('the timeline shows the message and never its link or code', async () => {
  const orderId = await bought();
  await node.runJobs();
  const { body } = await node.get(`/capi/v1/client/order/${orderId}`);
  const timeline = JSON.stringify(body['timeline']);
  const link = /\/l\/([\w-]{22})/.exec(String(node.link.sent[0]?.['userData']))?.[1];
  assert.ok(link);
  assert.match(timeline, /message accepted/);
  assert.doesNotMatch(JSON.stringify(body), new RegExp(link));
  assert.doesNotMatch(timeline, /\+47/);
});
