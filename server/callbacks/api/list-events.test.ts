import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestNode, register, smsOrder, type TestNode } from '../../testing/node.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

test('events are asked for by one name, by a former word too, and a name that is none gets the nearest', async () => {
  const orderId = await register(node, smsOrder());
  const ask = (name: string) =>
    node.get(`/capi/v1/client/events?orderId=${orderId}&name=${encodeURIComponent(name)}`);
  for (const name of ['order.registered', 'order registered']) {
    let names: string[] = [];
    while (names.length === 0) {
      names = ((await ask(name)).body['events'] as { name: string }[]).map((event) => event.name);
    }
    assert.deepEqual(names, ['order.registered'], name);
  }
  const refused = await ask('order.registred');
  assert.deepEqual([refused.status, refused.body['code']], [400, 'input_is_invalid']);
  assert.match(String(refused.body['detail']), /did you mean order\.registered\?/);
});
