import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestNode, type TestNode } from '../../testing/node.ts';
import { openTestMethod } from '../../testing/payment-method.ts';
import { kustomCheckout } from '../methods/kustom-checkout/method.ts';
import { linkMobilitySms } from '../methods/link-mobility-sms/method.ts';
import { createMethodDirectory, listAdapters } from './find-method.ts';
import {
  type AddressRules,
  environmentOf,
  findForbiddenAddresses,
  findInsideAddresses,
} from './provider-addresses.ts';
import { saveMerchant } from './save-method-settings.ts';

const testPay = openTestMethod();
const live: AddressRules = { mode: 'live', providerAddresses: ['https://proxy.example'] };
const rulesFor = (baseUrl: string, mode: 'live' | 'sandbox' = 'live') =>
  findForbiddenAddresses({ ...live, mode }, kustomCheckout, { baseUrl }).map(({ rule }) => rule);

const accepted = [
  'https://api.kustom.co',
  'https://api.playground.kustom.co',
  'https://API.kustom.co:443',
  'https://proxy.example',
  'https://proxy.example/kustom',
];
for (const address of accepted) {
  test(`where money is real, ${address} may be the base address`, () => {
    assert.deepEqual(rulesFor(address), []);
  });
}

const refused: [address: string, rule: string][] = [
  ['http://api.kustom.co', 'https'],
  ['http://127.0.0.1:8090/kustom', 'https'],
  ['HTTPS://evil.example', 'https'],
  ['https://evil.example', 'listed'],
  ['https://api.kustom.co.evil.example', 'listed'],
  ['https://api.kustom.co@evil.example', 'listed'],
  ['https://user:secret@api.kustom.co', 'listed'],
  ['https://evil.example#https://api.kustom.co', 'listed'],
  ['https://api.kustom.co:8443', 'listed'],
  ['https://api.kustom.co/elsewhere', 'listed'],
  ['https://api.kustom.co.', 'listed'],
  ['https://api.kustom.co\\@evil.example', 'listed'],
  ['https://apı.kustom.co', 'listed'],
  ['https://api.vipps.no', 'listed'],
  ['https://proxy.example:8443', 'listed'],
  ['https://proxy.example.evil.example', 'listed'],
  ['https://localhost', 'listed'],
  ['https://127.0.0.1', 'listed'],
  ['https://127.1', 'listed'],
  ['https://2130706433', 'listed'],
  ['https://0x7f.0.0.1', 'listed'],
  ['https://0177.0.0.1', 'listed'],
  ['https://0', 'listed'],
  ['https://[::1]', 'listed'],
  ['https://[::ffff:127.0.0.1]', 'listed'],
  ['https://[fd00::1]', 'listed'],
  ['https://[fe80::1]', 'listed'],
  ['https://10.0.0.1', 'listed'],
  ['https://172.16.0.1', 'listed'],
  ['https://192.168.1.1', 'listed'],
  ['https://100.64.0.1', 'listed'],
  ['https://169.254.169.254', 'listed'],
  ['https://metadata.google.internal', 'listed'],
  ['https://１２７.０.０.１', 'listed'],
  ['https://127%2e0.0.1', 'listed'],
  ['https://localtest.me', 'listed'],
];
for (const [address, rule] of refused) {
  test(`where money is real, ${address} may not be the base address`, () => {
    assert.deepEqual(rulesFor(address), [rule]);
  });
}

test('in a sandbox every address may be given', () => {
  for (const [address] of refused) assert.deepEqual(rulesFor(address, 'sandbox'), []);
});

test('a host that the operator lists is refused where its name leads inside', async () => {
  const given = { baseUrl: 'https://proxy.example/kustom' };
  const answers = [
    [{ ok: false, reason: 'address_blocked', rule: 'private', detail: '' }, ['public']],
    [{ ok: false, reason: 'dns_failed', rule: 'no_address', detail: '' }, []],
    [{ ok: true, addresses: ['203.0.113.1'] }, []],
  ] as const;
  for (const [answer, rules] of answers) {
    const guard = { checkHost: () => Promise.resolve(answer) };
    const faults = await findInsideAddresses(live, guard, kustomCheckout, given);
    assert.deepEqual(
      faults.map(({ rule }) => rule),
      rules,
    );
  }
});

test('every adapter lists where its provider stands, in plain form and by https', () => {
  for (const { name, addresses = [] } of listAdapters().filter((one) => one !== testPay.method)) {
    assert.ok(
      addresses.some(({ environment }) => environment === 'live'),
      name,
    );
    for (const { url, environment } of addresses) {
      assert.equal(new URL(url).origin, url);
      assert.deepEqual(environmentOf({ addresses }, { baseUrl: url }), environment);
    }
  }
});

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

const kustom = '/capi/v1/client/payment-methods/kustom-checkout/north';
const keys = { username: 'kco', password: 'secret' };

test('an environment stands for the adapter’s own address', async () => {
  const saved = await node.put(kustom, { settings: { environment: 'test', ...keys } });
  assert.equal(saved.status, 200);
  assert.equal(saved.body['environment'], 'test');
  assert.equal((saved.body['settings'] as { baseUrl: string }).baseUrl, 'https://api.playground.kustom.co');
  for (const settings of [
    { environment: 'production', ...keys },
    { environment: 'live', baseUrl: 'https://api.playground.kustom.co', ...keys },
  ]) {
    const reply = await node.put(kustom, { settings });
    assert.equal(reply.status, 400);
    assert.match(JSON.stringify(reply.body['fields']), /"settings\.environment"/);
  }
  const link = await node.put('/capi/v1/client/payment-methods/link-mobility-sms/north', {
    settings: { environment: 'live' },
  });
  assert.match(String(link.body['detail']), /give baseUrl/);
  assert.equal(linkMobilitySms.addresses?.length, 6);
});

test('an account with another address cannot be saved where money is real, nor used where it was saved before', async () => {
  const { context, client } = node;
  const { publisherId } = client.publisher;
  const merchant = { publisherId, merchantId: 'south', method: kustomCheckout };
  const free = { baseUrl: 'https://evil.example', ...keys };
  assert.deepEqual(await saveMerchant(context, merchant, free), []);
  const told: unknown[] = [];
  const { database, secrets } = context;
  const directory = createMethodDirectory(database, secrets.sealing, (error) => told.push(error), live);
  await directory.refresh();
  assert.equal(directory.findByAdapter(publisherId, 'kustom-checkout', 'south'), undefined);
  assert.ok(directory.findByAdapter(publisherId, 'kustom-checkout', 'north'));
  assert.match(String(told), /baseUrl must be https:\/\/api\.kustom\.co/);
  const real = { ...context, settings: live };
  assert.deepEqual(
    (await saveMerchant(real, merchant, free)).map(({ setting, rule }) => `${setting} ${rule}`),
    ['baseUrl listed'],
  );
  assert.deepEqual(await saveMerchant(real, merchant, { ...free, baseUrl: 'https://api.kustom.co' }), []);
});

test('the endpoint refuses by the name of the setting and the rule where money is real', async () => {
  const before = { ...node.context.settings };
  Object.assign(node.context.settings, live);
  try {
    for (const baseUrl of ['http://127.0.0.1:1', 'https://127.1', 'https://evil.example']) {
      const reply = await node.put(kustom, { settings: { baseUrl, ...keys } });
      assert.equal(reply.status, 400, baseUrl);
      assert.match(
        JSON.stringify(reply.body['fields']),
        /"field":"settings\.baseUrl","rule":"(https|listed)"/,
      );
    }
    const saved = await node.put(kustom, { settings: { environment: 'live', ...keys } });
    assert.equal(saved.status, 200);
    assert.equal(saved.body['isUsable'], true);
  } finally {
    Object.assign(node.context.settings, before);
  }
});
