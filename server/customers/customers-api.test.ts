import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { complete, openTestNode, register, type TestNode } from '../testing/node.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

type Body = Record<string, unknown>;
const root = '/capi/v1/client/customer';
const kari = {
  name: { firstName: 'Kari', lastName: 'Nordmann' },
  emails: ['Kari@Example.com'],
  phoneNumbers: ['900 00 001', { phoneNumber: '+4722000000', phoneNumberType: 'home' }],
};

async function registered(body: object = kari): Promise<number> {
  const reply = await node.post(`${root}/register`, body);
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return Number(reply.body['customerNumber']);
}

async function shown(number: number): Promise<Body> {
  const { status, body } = await node.get(`${root}/info/${number}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

const order = {
  paymentMethod: 'free',
  payer: {
    firstName: 'Ola',
    lastName: 'Ordre',
    emails: ['ola@example.com'],
    phoneNumbers: ['90000002'],
    street: 'Storgata',
    streetNumber: '12B',
    postalCode: '0155',
    postalPlace: 'Oslo',
    countryCode: 'NO',
  },
  orderLines: [{ productSpecType: 'product', product: 'GUIDE' }],
};

async function ordered(payer: object = {}): Promise<number> {
  const orderId = await register(node, { ...order, payer: { ...order.payer, ...payer } });
  const { body } = await node.get(`/capi/v1/client/order/${orderId}`);
  return Number(body['customerNumber']);
}

async function found(search: object): Promise<number[]> {
  const { status, body } = await node.post(`${root}/search`, search);
  assert.equal(status, 200, JSON.stringify(body));
  return (body['customers'] as Body[]).map((customer) => Number(customer['customerNumber']));
}

const codeOf = ({ status, body }: { status: number; body: Body }) => [status, body['code']];

test('a customer is told as it was registered, with numbers and addresses as they are written', async () => {
  const number = await registered();
  assert.deepEqual(await shown(number), {
    customerNumber: number,
    name: {
      firstName: 'Kari',
      middleName: null,
      lastName: 'Nordmann',
      companyName: null,
      departmentName: null,
    },
    phoneNumbers: [
      { phoneNumber: '+4790000001', phoneNumberType: 'mobile' },
      { phoneNumber: '+4722000000', phoneNumberType: 'home' },
    ],
    emails: ['Kari@example.com'],
    invoiceEmailAddress: null,
    categories: [],
    attachedUsers: [],
    isRegistered: true,
  });
});

test('a change replaces everything, and what a customer had finds nobody any more', async () => {
  const number = await registered({ name: { lastName: 'Bytt' }, emails: ['before@example.com'] });
  const changed = await node.post(`${root}/info/${number}`, { name: { companyName: 'Avisa AS' } });
  assert.deepEqual([changed.status, changed.body['success']], [200, true]);
  const { name, emails } = await shown(number);
  assert.deepEqual([(name as Body)['lastName'], (name as Body)['companyName']], [null, 'Avisa AS']);
  assert.deepEqual(emails, []);
  assert.deepEqual(await found({ email: 'before@example.com' }), []);
});

test('a name needs lastName or companyName, and what is wrong is named', async () => {
  const wrong: [object, string, string][] = [
    [{ name: { firstName: 'Kari' } }, 'name.lastName', 'input_is_invalid'],
    [{ name: { lastName: ' ' } }, 'name.lastName', 'input_is_invalid'],
    [{ emails: ['kari@example.com'] }, 'name', 'required'],
    [{ ...kari, emails: ['kari'] }, 'emails[0]', 'email_is_invalid'],
    [{ ...kari, phoneNumbers: ['12'] }, 'phoneNumbers[0]', 'phone_number_is_invalid'],
    [{ ...kari, invoiceEmailAddress: 'x' }, 'invoiceEmailAddress', 'email_is_invalid'],
    [{ ...kari, nmae: {} }, 'nmae', 'unknown_field'],
    [{ name: { lastname: 'Nordmann' } }, 'name.lastname', 'unknown_field'],
  ];
  for (const [body, field, rule] of wrong) {
    const reply = await node.post(`${root}/register`, body);
    const [told] = reply.body['fields'] as Body[];
    assert.deepEqual([reply.status, told?.['field'], told?.['rule']], [400, field, rule]);
  }
});

test('a publisher’s own number is taken once, and ours pass it by', async () => {
  const [{ next } = { next: 0 }] = await node.rows<{ next: number }>(
    'SELECT last_value + 1 AS next FROM customer_numbers',
  );
  assert.equal(await registered({ ...kari, customerNumber: next }), next);
  assert.deepEqual(codeOf(await node.post(`${root}/register`, { ...kari, customerNumber: next })), [
    409,
    'customer_exists',
  ]);
  assert.ok((await registered()) > next);
});

test('who only ordered is told as the newest order has them, and written down by a change', async () => {
  const number = await ordered();
  await ordered({ customerNumber: number, lastName: 'Nyest' });
  const before = await shown(number);
  assert.deepEqual([(before['name'] as Body)['lastName'], before['isRegistered']], ['Nyest', false]);
  assert.deepEqual(before['phoneNumbers'], [{ phoneNumber: '+4790000002', phoneNumberType: 'mobile' }]);
  const { body } = await node.get(`${root}/${number}/address`);
  const [address] = body['addresses'] as Body[];
  assert.deepEqual([address?.['id'], address?.['streetNumber'], address?.['entrance']], [null, 12, 'B']);
  assert.equal((await node.post(`${root}/info/${number}`, kari)).status, 200);
  assert.equal((await shown(number))['isRegistered'], true);
  assert.deepEqual(codeOf(await node.get(`${root}/info/8999999`)), [404, 'not_found']);
  assert.deepEqual(codeOf(await node.post(`${root}/info/8999999`, kari)), [404, 'not_found']);
});

test('a search finds by everything that is said at once, also who ordered by it', async () => {
  const [first, second] = [
    await registered({ name: { lastName: 'A' }, emails: ['both@example.com'], phoneNumbers: ['90000011'] }),
    await registered({ name: { lastName: 'B' }, emails: ['BOTH@example.com'] }),
  ];
  const third = await ordered({ emails: ['both@example.com'] });
  assert.deepEqual(await found({ email: 'both@example.com' }), [first, second, third]);
  assert.deepEqual(await found({ email: 'both@example.com', phoneNumber: '+47 900 00 011' }), [first]);
  assert.deepEqual(await found({ email: 'both@example.com', customerNumber: second }), [second]);
  assert.deepEqual(await found({ email: 'none@example.com', customerNumber: second }), []);
  assert.deepEqual(await found({ customerNumber: third }), [third]);
  const page = await node.post(`${root}/search`, { email: 'both@example.com', limit: 2 });
  const cursor = page.body['nextCursor'];
  assert.equal((page.body['customers'] as Body[]).length, 2);
  assert.deepEqual(await found({ email: 'both@example.com', limit: 2, cursor }), [third]);
  const nothing = await node.post(`${root}/search`, { limit: 2 });
  assert.deepEqual(codeOf(nothing), [400, 'input_is_invalid']);
});

test('a number is checked with the name and the postal code that are said beside it', async () => {
  const number = await ordered({ lastName: 'Von der Sjekk' });
  const checks: [object, boolean][] = [
    [{ customerNumber: number }, true],
    [{ customerNumber: number, lastName: 'von  der SJEKK', postalCode: '01 55' }, true],
    [{ customerNumber: number, lastName: 'Nordmann' }, false],
    [{ customerNumber: number, postalCode: '0156' }, false],
    [{ customerNumber: 8_999_999 }, false],
  ];
  for (const [body, exists] of checks) {
    assert.deepEqual((await node.post(`${root}/check`, body)).body['exists'], exists, JSON.stringify(body));
  }
});

test('addresses: home, a change that is planned, where a product goes', async () => {
  const number = await registered();
  const path = `${root}/${number}/address`;
  const home = { changeType: 'createPermanent', streetAddress: 'Storgata', streetNumber: 1, postalCode: '0155' };
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
  assert.equal((await node.post(path, { changeType: 'update', id, period: { startDate: Date.now() } })).status, 200);
  assert.equal(await inForce(), 'Hytta');
  assert.deepEqual(codeOf(await node.post(path, { changeType: 'delete', id })), [409, 'address_has_begun']);
  assert.deepEqual(codeOf(await node.get(`${path}?product=NOSUCH`)), [400, 'product_is_unknown']);
  const unknown = await node.post(path, { ...away, product: 'NOSUCH' });
  assert.deepEqual(codeOf(unknown), [400, 'product_is_unknown']);
});

test('a reference stands for one customer, has one name in each system, and is found', async () => {
  const [one, other] = [await registered(), await registered()];
  const path = (number: number, code = '') => `${root}/${number}/external-reference${code}`;
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
  assert.deepEqual(await found({ externalReference: crm }), [one]);
  assert.equal((await node.post(path(other), { ...crm, externalId: `B-${one}` })).status, 200);
  const taken = await node.patch(path(other, '/CRM'), { externalId: crm.externalId });
  assert.deepEqual(codeOf(taken), [409, 'external_id_is_taken']);
  assert.equal((await node.patch(path(one, '/CRM'), { externalId: `C-${one}` })).status, 200);
  assert.deepEqual(await found({ externalReference: crm }), []);
  const listed = await node.get(path(one));
  assert.deepEqual(listed.body['externalReferences'], [{ referenceCode: 'CRM', externalId: `C-${one}` }]);
  assert.equal((await node.delete(path(one, '/CRM'))).status, 200);
  assert.deepEqual(codeOf(await node.delete(path(one, '/CRM'))), [404, 'not_found']);
  assert.deepEqual(codeOf(await node.patch(path(one, '/CRM'), { externalId: 'D' })), [404, 'not_found']);
  const long = await node.post(path(one), { ...crm, externalId: 'x'.repeat(17) });
  assert.equal(long.status, 400);
});

test('consents: words in versions, yes and no with time and source, and what holds', async () => {
  const number = await registered();
  const text = { consentCode: 'NEWS', text: 'You may tell me about offers.' };
  const versionOf = async (body: object) =>
    (await node.post('/capi/v1/client/consent/text', body)).body['version'];
  const other = { ...text, text: 'You may tell me about everything.' };
  assert.deepEqual([await versionOf(text), await versionOf(text), await versionOf(other)], [1, 1, 2]);
  assert.equal(await versionOf(text), 3, 'former words shown again are shown later');
  const path = `${root}/${number}/consent`;
  const statedAt = Date.now() - 86_400_000;
  const yes = { consentCode: 'NEWS', state: 'given', version: 1, channelCode: 'email' };
  const source = 'by letter';
  for (const body of [{ ...yes, statedAt, source }, { ...yes, source }])
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
  const number = await registered({ ...kari, categories });
  assert.deepEqual((await shown(number))['categories'], [
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
  const number = await ordered();
  const orderId = await register(node, order);
  await complete(node, orderId);
  const assigned = await node.post(`/capi/v1/client/order/${orderId}/user`, {
    credential: 'leser@example.com',
    isSendMessage: false,
  });
  const uniqueUserId = String(assigned.body['uniqueUserId']);
  const path = `${root}/${number}/user`;
  assert.equal((await node.post(path, { uniqueUserId: uniqueUserId.toUpperCase() })).status, 200);
  assert.deepEqual((await shown(number))['attachedUsers'], [uniqueUserId]);
  const other = await registered();
  assert.deepEqual(codeOf(await node.post(`${root}/${other}/user`, { uniqueUserId })), [
    409,
    'user_is_another_customer',
  ]);
  const unknown = await node.post(path, { uniqueUserId: 'f'.repeat(32) });
  assert.deepEqual(codeOf(unknown), [400, 'user_is_unknown']);
  assert.equal((await node.delete(`${path}/${uniqueUserId}`)).status, 200);
  assert.deepEqual((await shown(number))['attachedUsers'], []);
  assert.deepEqual(codeOf(await node.delete(`${path}/${uniqueUserId}`)), [404, 'not_found']);
});

test('a change leaves an act of the customer and an event, and neither says who it is', async () => {
  const number = await registered();
  await node.post(`${root}/info/${number}`, { ...kari, reason: 'moved in' });
  const { body } = await node.get(`/capi/v1/client/acts?customerNumber=${number}`);
  const acts = body['acts'] as Body[];
  assert.deepEqual(
    acts.map(({ operation, reason, subject, facts }) => [operation, reason, subject, facts]),
    [
      ['changeCustomer', 'moved in', { kind: 'customer', id: String(number) }, {}],
      ['registerCustomer', null, { kind: 'customer', id: String(number) }, {}],
    ],
  );
  const events = await node.get('/capi/v1/client/events?name=customer.changed&limit=500');
  const facts = (events.body['events'] as Body[]).map((event) => event['facts'] as Body);
  assert.ok(facts.some((one) => one['customerNumber'] === number));
  assert.doesNotMatch(JSON.stringify([acts, facts]), /Nordmann|example\.com|90000001/);
});
