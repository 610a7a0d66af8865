import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestNode, register, smsOrder, type TestNode } from '../testing/node.ts';
import type { AttentionKind } from './case.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
  const made = await node.post('/capi/v1/client/webhooks', { url: 'http://127.0.0.1:9/hook' });
  assert.equal(made.status, 201);
});
after(() => node.close());

/** What each kind is called in webhooks, in `/events` and in the timeline; a kind without a line does not compile. */
const names: Record<AttentionKind, string> = {
  'attempt unresolved': 'payment.unresolved',
  'prepaid order left': 'order.prepaid_left',
  'prepayment mismatch': 'payment.prepayment_mismatch',
  'action required': 'payment.action_required',
  'fraud reversed': 'payment.fraud_reversed',
  'authorization lost': 'payment.authorization_lost',
  'payment disputed': 'payment.disputed',
  'capture failed': 'payment.capture_failed',
  'capture due': 'payment.capture_due',
  'release failed': 'payment.release_failed',
  'refund failed': 'payment.refund_failed',
  'message withheld': 'message.withheld',
  'link undelivered': 'message.undelivered',
  'withdrawal to check': 'withdrawal.to_check',
  'withdrawal refund due': 'withdrawal.refund_due',
};

for (const [kind, name] of Object.entries(names)) {
  test(`${kind} opens its case, and is told as ${name} wherever it is met`, async () => {
    const order = await register(node, smsOrder());
    const event = {
      name: 'attention needed',
      kind,
      reason: 'late',
      publisherId: node.client.publisher.publisherId,
      orderId: order,
    };
    await node.context.database.transaction('attention', (transaction) => transaction.report([event]));

    const cases = await bodyOf(`/capi/v1/client/cases?orderId=${order}`, 'cases');
    assert.deepEqual(
      cases.map((one) => [one['kind'], one['state']]),
      [[kind, 'open']],
    );
    const webhooks = await node.rows<{ body: { type: string; data: object } }>(
      `SELECT body FROM deliveries WHERE order_id = $1 AND kind = 'webhook' AND event_name = $2`,
      [order, name],
    );
    assert.deepEqual(
      webhooks.map(({ body }) => [body.type, body.data]),
      [[name, { orderId: order, reason: 'late' }]],
    );
    const { body } = await node.get(`/capi/v1/client/order/${order}`);
    const told = (body['timeline'] as Record<string, unknown>[]).filter((entry) => entry['name'] === name);
    assert.deepEqual(
      told.map((entry) => [entry['what'], entry['kind']]),
      [[kind, undefined]],
    );
    let logged: Record<string, unknown>[] = [];
    while (logged.length === 0) {
      logged = await bodyOf(`/capi/v1/client/events?orderId=${order}&name=${name}`, 'events');
    }
    assert.deepEqual(
      logged.map((entry) => [entry['name'], entry['facts']]),
      [[name, { reason: 'late' }]],
    );
  });
}

async function bodyOf(path: string, list: string): Promise<Record<string, unknown>[]> {
  return (await node.get(path)).body[list] as Record<string, unknown>[];
}
