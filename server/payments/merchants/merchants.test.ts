import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { seedDemoPublisher } from '../../publishers/seed-demo-publisher.ts';
import {
  complete,
  openTestNode,
  register,
  smsOrder,
  type TestNode,
  type TestReply,
} from '../../testing/node.ts';
import { openTestMethod } from '../../testing/payment-method.ts';
import { createMethodDirectory } from './find-method.ts';
import { sweepNotices } from './register-notices.ts';
import { saveMerchant } from './save-method-settings.ts';

const testPay = openTestMethod();
const base = '/capi/v1/client/payment-methods';
const at = `${base}/test-pay/default`;
const good = { baseUrl: 'http://127.0.0.1:9/pay', shop: 'shop-1', key: 'a-secret-key' };

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());
beforeEach(async () => {
  await node.rows("DELETE FROM payment_method_settings WHERE adapter = 'test-account' RETURNING adapter");
  testPay.calls.splice(0);
  testPay.told.registered = { kind: 'kept' };
  testPay.told.faults = [];
});

type Shown = Record<string, unknown> & {
  adapter: string;
  merchants: {
    merchantId: string;
    isUsable: boolean;
    faults: object[];
    settings: Record<string, string>;
    notices: object | null;
    noticeUrl: string;
  }[];
};

async function shown(adapter = 'test-pay'): Promise<Shown> {
  const { body } = await node.get(base);
  const found = (body['methods'] as Shown[]).find((one) => one.adapter === adapter);
  assert.ok(found);
  return found;
}

const settingsInUse = (merchantId = '') => {
  const { publisherId } = node.client.publisher;
  return node.context.methods.findByAdapter(publisherId, 'test-pay', merchantId)?.settings;
};

const rulesOf = (reply: TestReply) =>
  (reply.body['fields'] as { field: string; rule: string }[]).map(({ field, rule }) => `${field} ${rule}`);

test('a method says what it can do and needs, from its adapter', async () => {
  const found = await shown();
  assert.equal(found['account'], 'test-account');
  assert.deepEqual(found['paymentMethods'], ['nexi']);
  const can = found['can'] as Record<string, boolean>;
  assert.equal(can['charge'], true);
  assert.equal(can['refund'], false);
  assert.equal(can['startInBrowser'], false);
  assert.equal((found['settings'] as { name: string }[]).length, 5);
});

test('settings are saved, used at once by this node, and secrets are never shown', async () => {
  const saved = await node.put(at, { settings: good });
  assert.equal(saved.status, 200);
  const [merchant] = (await shown()).merchants;
  assert.equal(merchant?.settings['shop'], 'shop-1');
  assert.equal(merchant?.settings['key'], '********');
  assert.match(merchant?.noticeUrl ?? '', /\/capi\/notices\/test-account\/[\w-]{32}$/);
  assert.ok(!JSON.stringify([saved.body, await shown()]).includes(good.key));
  assert.equal(settingsInUse()?.['key'], good.key);
  const stored = await node.rows<{ row: string }>(
    "SELECT payment_method_settings::text AS row FROM payment_method_settings WHERE adapter = 'test-account'",
  );
  assert.ok(!stored[0]?.row.includes(Buffer.from(good.key).toString('hex')));
  assert.ok(!stored[0]?.row.includes(good.key));
});

test('another node has them with its next look', async () => {
  const { database, secrets } = node.context;
  const other = createMethodDirectory(database, secrets.sealing, (error) => assert.fail(String(error)));
  await node.put(at, { settings: good });
  await other.refresh();
  const { publisherId } = node.client.publisher;
  assert.equal(other.findByAdapter(publisherId, 'test-pay', '')?.settings['shop'], 'shop-1');
});

test('every fault names the setting and the broken rule, and nothing is saved', async () => {
  const reply = await node.put(at, {
    settings: { baseUrl: 'nowhere', key: ' k', colour: 'red', gateToken: 'x'.repeat(30) },
  });
  assert.equal(reply.status, 400);
  assert.deepEqual(rulesOf(reply), ['settings.gateToken made']);
  const again = await node.put(at, { settings: { baseUrl: 'nowhere', key: ' k', colour: 'red' } });
  assert.deepEqual(rulesOf(again), [
    'settings.baseUrl address',
    'settings.shop required',
    'settings.key trimmed',
    'settings.colour unknown',
  ]);
  assert.deepEqual((await shown()).merchants, []);
});

test('secrets that are left out or sent as shown stay; what is not secret is replaced', async () => {
  await node.put(at, { settings: good });
  const before = settingsInUse();
  const { key: _left, ...rest } = good;
  assert.equal((await node.put(at, { settings: { ...rest, shop: 'shop-2' } })).status, 200);
  assert.equal((await node.put(at, { settings: { ...rest, shop: 'shop-3', key: '********' } })).status, 200);
  assert.deepEqual(settingsInUse(), { ...before, shop: 'shop-3' });
});

test('where an address changes, its secrets must be given again', async () => {
  await node.put(at, { settings: good });
  const { key: _left, ...rest } = good;
  const elsewhere = { ...rest, baseUrl: 'http://127.0.0.1:9/elsewhere' };
  assert.deepEqual(rulesOf(await node.put(at, { settings: elsewhere })), ['settings.key required']);
  assert.equal(settingsInUse()?.['baseUrl'], good.baseUrl);
  assert.equal((await node.put(at, { settings: { ...elsewhere, key: 'new' } })).status, 200);
});

test('where money is real, addresses start with https', async () => {
  const { publisherId } = node.client.publisher;
  const live = {
    ...node.context,
    settings: { mode: 'live' as const, providerAddresses: ['https://pay.example'] },
  };
  const merchant = { publisherId, merchantId: '', method: testPay.method };
  const faults = await saveMerchant(live, merchant, good);
  assert.deepEqual(
    faults.map(({ setting, rule }) => `${setting} ${rule}`),
    ['baseUrl https'],
  );
  assert.deepEqual(await saveMerchant(live, merchant, { ...good, baseUrl: 'https://pay.example' }), []);
});

test('secrets that no key opens are told, and healed by giving them again', async () => {
  await node.put(at, { settings: good });
  await node.rows(
    "UPDATE payment_method_settings SET sealed_secrets = '\\x0203' WHERE adapter = 'test-account' RETURNING adapter",
  );
  const [merchant] = (await shown()).merchants;
  assert.equal(merchant?.isUsable, false);
  assert.match(JSON.stringify(merchant?.faults), /sealed with a key that is not known/);
  const { key: _left, ...rest } = good;
  assert.deepEqual(rulesOf(await node.put(at, { settings: rest })), ['settings.key required']);
  assert.equal((await node.put(at, { settings: good })).status, 200);
  assert.equal((await shown()).merchants[0]?.isUsable, true);
});

test('a demo client from before may do what a release brings', async () => {
  await node.rows("UPDATE clients SET scopes = '{orders:read}' RETURNING client_id");
  await seedDemoPublisher(node.context);
  await node.context.publishers.refresh();
  const client = await node.context.publishers.findClient(node.client.clientId);
  assert.ok(client?.scopes.includes('methods:admin'));
});

test('a publisher may have several accounts, each with an address of its own for notices', async () => {
  await node.put(at, { settings: good });
  await node.put(`${base}/test-account/north`, { settings: { ...good, shop: 'north' } });
  const { merchants } = await shown();
  assert.deepEqual(
    merchants.map((one) => one.merchantId),
    ['default', 'north'],
  );
  assert.notEqual(merchants[0]?.noticeUrl, merchants[1]?.noticeUrl);
  assert.equal(settingsInUse('north')?.['shop'], 'north');
  assert.equal((await node.delete(`${base}/test-pay/north`)).status, 200);
  assert.equal(settingsInUse('north'), undefined);
  assert.equal((await node.delete(`${base}/test-pay/north`)).status, 404);
});

test('an adapter that is not built is not found', async () => {
  for (const reply of [
    await node.put(`${base}/no-pay/default`, { settings: good }),
    await node.delete(`${base}/no-pay/default`),
    await node.post(`${base}/no-pay/default/test`),
    await node.post(`${base}/test-pay/default/test`),
  ])
    assert.equal(reply.status, 404);
});

test('an account whose payments are open is not forgotten, and they keep its address', async () => {
  const orderId = await register(node, smsOrder());
  await complete(node, orderId);
  await node.runJobs();
  const [attempt] = await node.rows<{ pinned: object }>('SELECT pinned FROM payment_attempts');
  assert.deepEqual(attempt?.pinned, { baseUrl: `http://127.0.0.1:${node.link.port}/link` });
  const reply = await node.delete(`${base}/link-mobility-sms/default`);
  assert.equal(reply.status, 409);
  assert.equal(reply.body['code'], 'merchant_is_in_use');
});

test('testing asks the provider with the stored settings, and tells faults in words', async () => {
  await node.put(at, { settings: good });
  assert.deepEqual(
    [(await node.post(`${at}/test`)).body['ok'], testPay.calls[0]?.settings['key']],
    [true, good.key],
  );
  testPay.told.faults = [{ setting: 'key', text: 'The provider does not know this key.' }];
  const reply = await node.post(`${at}/test`);
  assert.equal(reply.body['ok'], false);
  assert.deepEqual(reply.body['faults'], testPay.told.faults);
  const { testSettings } = testPay.method;
  delete testPay.method.testSettings;
  const none = await node.post(`${at}/test`);
  if (testSettings) testPay.method.testSettings = testSettings;
  assert.equal(none.body['ok'], null);
  assert.match(String(none.body['detail']), /has no test/);
});

test('changed settings have our notice address registered, and what the provider answers is kept', async () => {
  testPay.told.registered = { kind: 'registered', settings: { noticeKey: 'made-by-them', shop: 'not made' } };
  await node.put(at, { settings: good });
  assert.equal((await shown()).merchants[0]?.notices && settingsInUse()?.['noticeKey'], undefined);
  await node.runJobs();
  const [merchant] = (await shown()).merchants;
  const [call] = testPay.calls;
  assert.equal(call?.about, merchant?.noticeUrl);
  assert.equal(settingsInUse()?.['noticeKey'], 'made-by-them');
  assert.equal(settingsInUse()?.['shop'], good.shop);
  assert.match(JSON.stringify(merchant?.notices), /"state":"registered","code":null,"at":"20.*Z"/);
  await node.put(at, { settings: { ...good, shop: 'shop-2' } });
  assert.equal(settingsInUse()?.['noticeKey'], 'made-by-them');
});

test('a registration that fails is tried by its plan, shown, and then let be', async () => {
  testPay.told.registered = { kind: 'failed', code: 'no such shop' };
  await node.put(at, { settings: good });
  await node.runJobs();
  assert.match(
    JSON.stringify((await shown()).merchants[0]?.notices),
    /"state":"failing","code":"no such shop"/,
  );
  for (let tries = 0; tries < 7; tries += 1) {
    await node.advance(86_400);
    await node.runJobs();
  }
  assert.equal(testPay.calls.length, 8);
  assert.match(JSON.stringify((await shown()).merchants[0]?.notices), /"state":"failed"/);
  const dead = await node.rows("SELECT job_id FROM dead_jobs WHERE name = 'register-notices'");
  const cases = await node.rows("SELECT case_id FROM cases WHERE state = 'open' AND kind LIKE '%notice%'");
  assert.deepEqual([dead, cases], [[], []]);
});

test('the daily sweep looks after every merchant whose provider registers notices', async () => {
  await node.put(at, { settings: good });
  await node.put(`${base}/test-pay/north`, { settings: good });
  await node.runJobs();
  testPay.calls.splice(0);
  await sweepNotices(node.context);
  await node.rows("DELETE FROM jobs WHERE arguments ->> 'adapter' <> 'test-pay' RETURNING job_id");
  await node.runJobs();
  assert.deepEqual(
    testPay.calls.map((call) => call.what),
    ['registerNotices', 'registerNotices'],
  );
});
