import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { complete, register } from '../testing/node.ts';
import { openTestReader, type TestReader } from '../testing/readers.ts';

let place: TestReader;
before(async () => {
  place = await openTestReader();
});
after(() => place.close());

type Body = Record<string, unknown>;

async function reader(credential: string, strength: 'code' | 'link' = 'code') {
  const cookie = await place.logIn(credential, { strength });
  const { access_token: token } = await place.tokens(place.sites.original, cookie);
  const call = async (method: 'GET' | 'POST', path: string, payload?: object) => {
    const url = `/capi/v1/customer/${path}`;
    const headers = { authorization: `Bearer ${token}` };
    const reply = await place.app.http.app.inject({ method, url, headers, ...(payload && { payload }) });
    const body: Body = reply.json();
    return { status: reply.statusCode, body };
  };
  return {
    get: (path: string) => call('GET', path),
    post: (path: string, body: object) => call('POST', path, body),
    uniqueId: String((await call('GET', 'profile')).body['uniqueId']),
  };
}

async function ordered(payer: object): Promise<number> {
  const line = { productSpecType: 'product', product: 'GUIDE' };
  const orderId = await register(place, { paymentMethod: 'free', payer, orderLines: [line] });
  await complete(place, orderId);
  const [credential] = (payer as { emails: string[] }).emails;
  await place.post(`/capi/v1/client/order/${orderId}/user`, { credential, isSendMessage: false });
  const { body } = await place.get(`/capi/v1/client/order/${orderId}`);
  return Number(body['customerNumber']);
}

const name = { firstName: 'Kari', lastName: 'Nordmann' };
const home = {
  changeType: 'createPermanent',
  streetAddress: 'Storgata',
  postalCode: '0155',
  countryCode: 'NO',
};
const codeOf = ({ status, body }: { status: number; body: Body }) => [status, body['code']];

test('who is no customer sees what they have proven, and becomes one by saying who they are', async () => {
  const kari = await reader('new@example.com');
  const before = await kari.get('info');
  assert.deepEqual(
    [before.body['customerNumber'], before.body['emails'], before.body['attachedUsers']],
    [null, ['new@example.com'], [kari.uniqueId]],
  );
  const changed = await kari.post('info', { name, emails: ['other@example.com'] });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  const { body } = await kari.get('info');
  assert.equal(body['customerNumber'], changed.body['customerNumber']);
  assert.deepEqual(body['emails'], ['other@example.com']);
  const again = await kari.post('info', { name: { lastName: 'Hansen' } });
  assert.equal(again.body['customerNumber'], changed.body['customerNumber']);
  assert.deepEqual((await kari.get('info')).body['emails'], []);
});

test('registering once more is a change', async () => {
  const kari = await reader('once@example.com');
  const [first, second] = [await kari.post('register', { name }), await kari.post('register', { name })];
  assert.equal(first.status, 200);
  assert.deepEqual(second.body, first.body);
});

test('a reader keeps the number of their own orders', async () => {
  const number = await ordered({ ...name, emails: ['mine@example.com'] });
  const kari = await reader('mine@example.com');
  assert.equal((await kari.post('info', { name })).body['customerNumber'], number);
});

test('a number that somebody else has, or that the publisher knows, is not theirs by typing it', async () => {
  const [victim, thief] = ['victim@example.com', 'thief@example.com'];
  const number = await ordered({ lastName: 'Offer', emails: [victim], street: 'Hemmelig 1' });
  await ordered({ lastName: 'Tyv', emails: [thief], customerNumber: number });
  const other = await reader(thief);
  const taken = await other.post('address', home);
  assert.equal(taken.status, 200, JSON.stringify(taken.body));
  assert.notEqual(taken.body['customerNumber'], number);
  const { body } = await other.get('info');
  assert.doesNotMatch(JSON.stringify(body), /Offer|victim/);

  const known = await place.post('/capi/v1/client/customer/register', { name: { lastName: 'Kjent' } });
  const customerNumber = Number(known.body['customerNumber']);
  await ordered({ lastName: 'Gjest', emails: ['guest@example.com'], customerNumber });
  const guest = await reader('guest@example.com');
  assert.notEqual((await guest.post('info', { name })).body['customerNumber'], customerNumber);
});

test('who is attached sees and changes the customer, and after that no more', async () => {
  const ola = await reader('attached@example.com');
  const known = await place.post('/capi/v1/client/customer/register', { name: { lastName: 'Kjent' } });
  const number = Number(known.body['customerNumber']);
  const path = `/capi/v1/client/customer/${number}/user`;
  await place.post(path, { uniqueUserId: ola.uniqueId });
  const { body } = await ola.get('info');
  assert.deepEqual([body['customerNumber'], (body['name'] as Body)['lastName']], [number, 'Kjent']);
  assert.equal((await ola.post('address', home)).body['customerNumber'], number);
  const { body: seen } = await place.get(`/capi/v1/client/customer/${number}/address`);
  assert.equal((seen['addresses'] as Body[]).length, 1);
  await place.delete(`${path}/${ola.uniqueId}`);
  assert.equal((await ola.get('info')).body['customerNumber'], null);
  assert.deepEqual((await ola.get('address')).body['addresses'], []);
});

test('who is attached sees their own contacts, whoever else ordered under the number', async () => {
  const [own, others] = ['attached-own@example.com', 'attached-other@example.com'];
  const number = await ordered({ ...name, emails: [own] });
  await ordered({ lastName: 'Fremmed', emails: [others], customerNumber: number });
  const kari = await reader(own);
  const path = `/capi/v1/client/customer/${number}`;
  const publisherSees = async () => {
    const { body } = await place.get(`/capi/v1/client/customer/info/${number}`);
    return [body['emails'], body['isRegistered']];
  };
  assert.equal((await place.post(`${path}/address`, home)).status, 200);
  assert.equal((await place.post(`${path}/user`, { uniqueUserId: kari.uniqueId })).status, 200);
  const { body } = await kari.get('info');
  assert.deepEqual([body['customerNumber'], body['emails']], [number, [own]]);
  assert.doesNotMatch(JSON.stringify(body), /Fremmed/);
  assert.equal((await kari.post('address', home)).status, 200);
  assert.deepEqual(await publisherSees(), [[others], false], 'nobody has said who it is');
  assert.equal((await kari.post('info', { name, emails: [own] })).status, 200);
  assert.deepEqual(await publisherSees(), [[own], true]);
});

test('a reader’s change leaves the publisher’s categories as they are', async () => {
  const kari = await reader('sorted@example.com');
  const categories = [{ addressCategory: 'VIP', freeValue: '7' }, { addressCategory: 'B2B' }];
  const registered = await place.post('/capi/v1/client/customer/register', { name, categories });
  const number = Number(registered.body['customerNumber']);
  await place.post(`/capi/v1/client/customer/${number}/user`, { uniqueUserId: kari.uniqueId });
  const kept = [
    { addressCategory: 'VIP', freeValue: '7' },
    { addressCategory: 'B2B', freeValue: null },
  ];
  for (const said of [undefined, [], categories.toReversed(), categories]) {
    const changed = await kari.post('info', { name: { lastName: 'Ny' }, ...(said && { categories: said }) });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    assert.deepEqual((await kari.get('info')).body['categories'], kept);
  }
  const other = await kari.post('info', { name, categories: [{ addressCategory: 'VIP' }] });
  const [field] = other.body['fields'] as Body[];
  assert.deepEqual([...codeOf(other), field?.['field']], [400, 'input_is_invalid', 'categories']);
  const ola = await reader('unsorted@example.com');
  assert.equal((await ola.post('info', { name, categories })).status, 400, 'nor does one begin with some');
  await place.post(`/capi/v1/client/customer/info/${number}`, { name });
  assert.deepEqual((await kari.get('info')).body['categories'], [], 'the publisher may take them away');
});

test('a reader’s first change keeps the categories that the site gave with their order', async () => {
  const number = await ordered({
    ...name,
    emails: ['sorted-by-order@example.com'],
    categories: [{ addressCategory: 'B2B' }],
  });
  const kari = await reader('sorted-by-order@example.com');
  assert.equal((await kari.post('info', { name })).body['customerNumber'], number);
  const { body } = await place.get(`/capi/v1/client/customer/info/${number}`);
  assert.deepEqual(body['categories'], [{ addressCategory: 'B2B', freeValue: null }]);
});

test('addresses that orders say are not shown to readers, their own are', async () => {
  await ordered({ ...name, emails: ['typo@example.com'], street: 'Fremmedveien', postalCode: '0155' });
  const kari = await reader('typo@example.com');
  assert.doesNotMatch(JSON.stringify((await kari.get('address')).body), /Fremmed/);
  assert.equal((await kari.post('address', home)).status, 200);
  const { body } = await kari.get('address?product=DEMO');
  assert.equal((body['inForce'] as Body)['streetAddress'], 'Storgata');
  assert.doesNotMatch(JSON.stringify((await kari.get('address')).body), /Fremmed/);
  assert.deepEqual(codeOf(await kari.get('address?product=NOSUCH')), [400, 'product_is_unknown']);
});

test('another reader sees nothing of it', async () => {
  const [kari, ola] = [await reader('one@example.com'), await reader('two@example.com')];
  await kari.post('info', { name: { lastName: 'Enestaaende' } });
  const made = await kari.post('address', home);
  assert.doesNotMatch(JSON.stringify((await ola.get('info')).body), /Enestaaende/);
  await ola.post('info', { name });
  const stolen = await ola.post('address', { changeType: 'create', product: 'DEMO', id: made.body['id'] });
  assert.deepEqual(codeOf(stolen), [400, 'address_is_unknown']);
});

test('a reader agrees to the words that they were shown, and may say no', async () => {
  const kari = await reader('consents@example.com');
  await place.post('/capi/v1/client/consent/text', { consentCode: 'NEWS', text: 'You may write to me.' });
  const { body: before } = await kari.get('consent');
  const [text] = before['texts'] as Body[];
  assert.deepEqual([before['customerNumber'], before['consents'], text?.['version']], [null, [], 1]);
  assert.equal((await kari.post('consent', { consentCode: 'NEWS', state: 'given', version: 1 })).status, 200);
  assert.equal((await kari.post('consent', { consentCode: 'NEWS', state: 'withdrawn' })).status, 200);
  const { body } = await kari.get('consent');
  const states = (body['history'] as Body[]).map(({ state, source }) => [state, source]);
  assert.deepEqual(states, [
    ['withdrawn', 'no.leveret.demo'],
    ['given', 'no.leveret.demo'],
  ]);
  assert.equal((body['consents'] as Body[])[0]?.['state'], 'withdrawn');
});

test('a login link that is not new reads and changes nothing', async () => {
  const kari = await reader('linked@example.com', 'link');
  assert.equal((await kari.get('info')).status, 200);
  for (const [path, body] of [
    ['info', { name }],
    ['register', { name }],
    ['address', home],
    ['consent', { consentCode: 'NEWS', state: 'withdrawn' }],
  ] as const) {
    assert.deepEqual(codeOf(await kari.post(path, body)), [403, 'fresh_login_required'], path);
  }
});

test('what a reader changes is an act of the user, under the customer’s number', async () => {
  const kari = await reader('acts@example.com');
  const { body } = await kari.post('info', { name });
  const number = Number(body['customerNumber']);
  const { body: listed } = await place.get(`/capi/v1/client/acts?customerNumber=${number}`);
  const [act] = listed['acts'] as Body[];
  assert.deepEqual(
    [act?.['operation'], (act?.['by'] as Body | undefined)?.['kind']],
    ['changeOwnCustomer', 'user'],
  );
});
