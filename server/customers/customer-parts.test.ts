import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Body, codeOf, customersPath, kari, olasOrder, openDesk } from '../testing/customers.ts';
import { complete, openTestNode, register, type TestNode } from '../testing/node.ts';

let node: TestNode;
let desk: ReturnType<typeof openDesk>;
before(async () => {
  node = await openTestNode();
  desk = openDesk(node);
});
after(() => node.close());

test('addresses: home, a change that is planned, where a product goes', async () => {
  const number = await desk.registered();
  const path = `${customersPath}/${number}/address`;
  const home = {
    changeType: 'createPermanent',
    streetAddress: 'Storgata',
    streetNumber: 1,
    postalCode: '0155',
  };
  assert.equal((await node.post(path, home)).status, 200);
  const startDate = Date.now() + 10 * 86_400_000;
  const away = { changeType: 'create', product: 'DEMO,GUIDE', postalAddress: 'Hytta', countryCode: 'nor' };
  const made = await node.post(path, { ...away, period: { startDate, endDate: startDate + 86_400_000 } });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  const listed = (await node.get(path)).body['addresses'] as Body[];
  assert.deepEqual(
    listed.map(({ state, product, countryCode }) => [state, product, countryCode]),
    [
      ['future', 'DEMO,GUIDE', 'NO'],
      ['current', null, 'NO'],
    ],
  );
  const inForce = async () => {
    const { body } = await node.get(`${path}?product=DEMO`);
    return (body['inForce'] as Body)['postalAddress'];
  };
  assert.equal(await inForce(), null);
  const id = made.body['id'];
  const edited = await node.post(path, { changeType: 'update', id, postalAddress: 'X', countryCode: 'NO' });
  assert.deepEqual(codeOf(edited), [409, 'address_is_planned']);
  assert.equal(
    (await node.post(path, { changeType: 'update', id, period: { startDate: Date.now() } })).status,
    200,
  );
  assert.equal(await inForce(), 'Hytta');
  assert.deepEqual(codeOf(await node.post(path, { changeType: 'delete', id })), [409, 'address_has_begun']);
  assert.deepEqual(codeOf(await node.get(`${path}?product=NOSUCH`)), [400, 'product_is_unknown']);
  const unknown = await node.post(path, { ...away, product: 'NOSUCH' });
  assert.deepEqual(codeOf(unknown), [400, 'product_is_unknown']);
});

test('a period is until before its end, of a day alone midnight, and another address keeps it', async () => {
  const number = await desk.registered();
  const path = `${customersPath}/${number}/address`;
  const away = { product: 'DEMO', postalAddress: 'Hytta', countryCode: 'NO' };
  const made = await node.post(path, {
    ...away,
    changeType: 'create',
    period: { endDate: '2031-03-10' },
  });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  assert.equal((await node.post(path, { ...away, changeType: 'update', postalAddress: 'Ny' })).status, 200);
  const { body } = await node.get(`${path}?product=DEMO`);
  const { postalAddress, period } = body['inForce'] as Body;
  const endDate = Date.parse('2031-03-10T00:00:00+01:00');
  assert.deepEqual([postalAddress, (period as Body)['endDate']], ['Ny', endDate]);
});

test('a reference stands for one customer, has one name in each system, and is found', async () => {
  const [one, other] = [await desk.registered(), await desk.registered()];
  const path = (number: number, code = '') => `${customersPath}/${number}/external-reference${code}`;
  const crm = { referenceCode: 'CRM', externalId: `A-${one}` };
  assert.deepEqual((await node.post(path(one), crm)).body, {
    success: true,
    customerNumber: one,
    referenceCode: 'CRM',
  });
  assert.deepEqual(codeOf(await node.post(path(one), { ...crm, externalId: 'B' })), [
    409,
    'external_reference_exists',
  ]);
  assert.deepEqual(codeOf(await node.post(path(other), crm)), [409, 'external_id_is_taken']);
  assert.deepEqual(await desk.found({ externalReference: crm }), [one]);
  assert.equal((await node.post(path(other), { ...crm, externalId: `B-${one}` })).status, 200);
  const taken = await node.patch(path(other, '/CRM'), { externalId: crm.externalId });
  assert.deepEqual(codeOf(taken), [409, 'external_id_is_taken']);
  assert.equal((await node.patch(path(one, '/CRM'), { externalId: `C-${one}` })).status, 200);
  assert.deepEqual(await desk.found({ externalReference: crm }), []);
  const listed = await node.get(path(one));
  assert.deepEqual(listed.body['externalReferences'], [{ referenceCode: 'CRM', externalId: `C-${one}` }]);
  assert.equal((await node.delete(path(one, '/CRM'))).status, 200);
  assert.deepEqual(codeOf(await node.delete(path(one, '/CRM'))), [404, 'not_found']);
  assert.deepEqual(codeOf(await node.patch(path(one, '/CRM'), { externalId: 'D' })), [404, 'not_found']);
  const long = await node.post(path(one), { ...crm, externalId: 'x'.repeat(17) });
  assert.equal(long.status, 400);
});

test('consents: words in versions, yes and no with time and source, and what holds', async () => {
  const number = await desk.registered();
  const text = { consentCode: 'NEWS', text: 'You may tell me about offers.' };
  const versionOf = async (body: object) =>
    (await node.post('/capi/v1/client/consent/text', body)).body['version'];
  const other = { ...text, text: 'You may tell me about everything.' };
  assert.deepEqual([await versionOf(text), await versionOf(text), await versionOf(other)], [1, 1, 2]);
  assert.equal(await versionOf(text), 3, 'former words shown again are shown later');
  const path = `${customersPath}/${number}/consent`;
  const statedAt = Date.now() - 86_400_000;
  const yes = { consentCode: 'NEWS', state: 'given', version: 1, channelCode: 'email' };
  const source = 'by letter';
  for (const body of [
    { ...yes, statedAt, source },
    { ...yes, source },
  ])
    assert.equal((await node.post(path, body)).status, 200);
  assert.equal((await node.post(path, { ...yes, channelCode: 'sms', source })).status, 200);
  const no = { consentCode: 'NEWS', state: 'withdrawn', channelCode: 'sms', source: 'by phone' };
  assert.equal((await node.post(path, no)).status, 200);
  const { body } = await node.get(path);
  const told = (list: unknown) =>
    (list as Body[]).map((one) => [one['channelCode'], one['state'], one['source'], one['version']]);
  assert.deepEqual(told(body['consents']), [
    ['email', 'given', source, 1],
    ['sms', 'withdrawn', 'by phone', 1],
  ]);
  assert.equal((body['history'] as Body[]).length, 3);
  const [email] = body['consents'] as Body[];
  assert.equal(email?.['time'], Math.floor(statedAt / 1000) * 1000);
  assert.deepEqual(email?.['by'], { kind: 'client', id: 'no.leveret.demo' });
  const wrong: [object, string][] = [
    [{ ...yes, consentCode: 'NEWZ', source }, 'consentCode'],
    [{ ...yes, version: 9, source }, 'version'],
    [{ ...yes, version: undefined, source }, 'version'],
    [{ ...yes, source, statedAt: Date.now() + 86_400_000 }, 'statedAt'],
    [{ ...yes }, 'source'],
    [{ ...yes, source, state: 'maybe' }, 'state'],
  ];
  for (const [given, field] of wrong) {
    const reply = await node.post(path, given);
    assert.deepEqual([reply.status, (reply.body['fields'] as Body[])[0]?.['field']], [400, field]);
  }
  await assert.rejects(node.rows("UPDATE consent_statements SET state = 'given'"), /only added/);
  await assert.rejects(node.rows("UPDATE consent_texts SET text = 'other'"), /only added/);
});

test('categories of customers are kept, those of products are listed', async () => {
  const categories = [{ addressCategory: 'B2B', freeValue: '7' }, { addressCategory: 'VIP' }];
  const number = await desk.registered({ ...kari, categories });
  assert.deepEqual((await desk.shown(number))['categories'], [
    { addressCategory: 'B2B', freeValue: '7' },
    { addressCategory: 'VIP', freeValue: null },
  ]);
  const path = '/capi/v1/client/category';
  const news = [{ categoryType: 'news', categoryCode: 'all' }];
  assert.deepEqual((await node.get(`${path}/type`)).body, { categoryTypes: ['news'] });
  assert.deepEqual((await node.get(`${path}/code`)).body, { categories: news });
  assert.deepEqual((await node.get(`${path}/code/news`)).body, { categories: news });
  assert.deepEqual(codeOf(await node.get(`${path}/code/none`)), [404, 'not_found']);
});

test('a user is attached and detached; a user is one customer', async () => {
  const number = await desk.ordered();
  const orderId = await register(node, olasOrder);
  await complete(node, orderId);
  const assigned = await node.post(`/capi/v1/client/order/${orderId}/user`, {
    credential: 'leser@example.com',
    isSendMessage: false,
  });
  const uniqueUserId = String(assigned.body['uniqueUserId']);
  const path = `${customersPath}/${number}/user`;
  assert.equal((await node.post(path, { uniqueUserId: uniqueUserId.toUpperCase() })).status, 200);
  assert.deepEqual((await desk.shown(number))['attachedUsers'], [uniqueUserId]);
  const other = await desk.registered();
  assert.deepEqual(codeOf(await node.post(`${customersPath}/${other}/user`, { uniqueUserId })), [
    409,
    'user_is_another_customer',
  ]);
  const unknown = await node.post(path, { uniqueUserId: 'f'.repeat(32) });
  assert.deepEqual(codeOf(unknown), [400, 'user_is_unknown']);
  assert.equal((await node.delete(`${path}/${uniqueUserId}`)).status, 200);
  assert.deepEqual((await desk.shown(number))['attachedUsers'], []);
  assert.deepEqual(codeOf(await node.delete(`${path}/${uniqueUserId}`)), [404, 'not_found']);
});
