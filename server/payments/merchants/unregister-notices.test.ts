import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openTestNode, type TestNode } from '../../testing/node.ts';
import { openTestMethod } from '../../testing/payment-method.ts';

const testPay = openTestMethod();
const at = '/capi/v1/client/payment-methods/test-pay/default';
const good = { baseUrl: 'http://127.0.0.1:9/pay', shop: 'shop-1', key: 'a-secret-key' };

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());
beforeEach(() => testPay.calls.splice(0));

const ended = () => testPay.calls.filter((call) => call.what === 'unregisterNotices');

test('what was registered for an account ends when it is forgotten, by the same plan', async () => {
  testPay.told.registered = { kind: 'registered', settings: { noticeKey: 'made-by-them' } };
  await node.put(at, { settings: good });
  await node.runJobs();
  testPay.told.unregistered = { kind: 'failed', code: 'nobody answers' };
  assert.equal((await node.delete(at)).status, 200);
  assert.deepEqual(
    await node.rows("SELECT 1 FROM payment_method_settings WHERE adapter = 'test-account'"),
    [],
  );
  const [job] = await node.rows<{ arguments: object }>(
    "SELECT arguments FROM jobs WHERE name = 'unregister-notices'",
  );
  assert.ok(!JSON.stringify(job).includes(good.key));
  for (let tries = 0; tries < 9; tries += 1) {
    await node.runJobs();
    await node.advance(86_400);
  }
  const used = ended().map(({ settings }) => [settings['key'], settings['noticeKey']]);
  assert.deepEqual(
    used,
    Array.from({ length: 8 }, () => [good.key, 'made-by-them']),
  );
  const dead = await node.rows("SELECT job_id FROM dead_jobs WHERE name = 'unregister-notices'");
  assert.deepEqual(dead, []);
});

test('what is registered while the account is being forgotten ends as well', async () => {
  testPay.told.registered = { kind: 'registered', settings: { noticeKey: 'made-too-late' } };
  testPay.told.meanwhile = async () => {
    assert.equal((await node.delete(at)).status, 200);
  };
  await node.put(at, { settings: good });
  await node.runJobs();
  const noticeKeys = ended().map(({ settings }) => settings['noticeKey']);
  assert.ok(noticeKeys.includes('made-too-late'), noticeKeys.join());
});
