import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Body, codeOf, customersPath, openDesk } from '../testing/customers.ts';
import { dumpOf, hitsOf } from '../testing/dump.ts';
import { complete, prepaidOrder, register } from '../testing/node.ts';
import { openTestReader, type TestReader } from '../testing/readers.ts';

let place: TestReader;
let desk: ReturnType<typeof openDesk>;
before(async () => {
  place = await openTestReader();
  desk = openDesk(place);
});
after(() => place.close());

const userPath = '/capi/v1/client/user';
const numberOf = async (orderId: number) =>
  Number((await place.get(`/capi/v1/client/order/${orderId}`)).body['customerNumber']);
const erase = (number: number, body: object = {}) => place.post(`${customersPath}/${number}/erase`, body);

async function erased(path: string, body: object = {}): Promise<Body> {
  const reply = await place.post(`${path}/erase`, body);
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return reply.body;
}

/** A completed order that cost something, of a payer with these addresses. */
async function bought(emails: string[], payer: object = {}, order: object = {}): Promise<number> {
  const whole = prepaidOrder({ payer: { lastName: 'Fugl', emails, ...payer }, ...order });
  const orderId = await register(place, whole);
  await complete(place, orderId);
  await place.runJobs();
  return orderId;
}

async function userOf(email: string): Promise<string> {
  const cookie = await place.logIn(email);
  const { access_token: token } = await place.tokens(place.sites.original, cookie);
  const url = '/capi/v1/customer/profile';
  const reply = await place.call(token, url);
  return String(reply.json().uniqueId);
}

const hits = async (...words: string[]) => hitsOf(await dumpOf(place), words);

test('a user without a customer number is exported and erased, with what they paid for under any number', async () => {
  const email = 'uten.nummer@example.com';
  const [one, other] = [await bought([email]), await bought([email])];
  assert.notEqual(await numberOf(one), await numberOf(other));
  const user = await userOf(email);
  const { status, body } = await place.post(`${userPath}/${user}/export`);
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(
    (body['orders'] as Body[]).map((order) => order['order_id']),
    [one, other],
  );
  assert.equal((body['accounts'] as Body[]).length, 1);
  const reply = await erased(`${userPath}/${user.toUpperCase()}`, { reason: 'asked for it' });
  assert.equal((reply['documents'] as Body[]).length, 2);
  assert.deepEqual(await hits(email), []);
  assert.deepEqual(codeOf(await place.post(`${userPath}/${user}/erase`)), [404, 'not_found']);
  const { body: told } = await place.get('/capi/v1/client/acts?operation=eraseUser');
  assert.equal((told['acts'] as Body[])[0]?.['reason'], 'asked for it');
});

test('a number of several people means nobody, until somebody is named', async () => {
  const first = await bought(['en@example.com']);
  const customerNumber = await numberOf(first);
  const second = await bought(['to@example.com'], { customerNumber });
  const refused = await erase(customerNumber);
  assert.deepEqual(codeOf(refused), [409, 'customer_is_several']);
  assert.match(String(refused.body['detail']), /^2 people stand under the number, 0 with a user/);
  assert.deepEqual(codeOf(await place.post(`${customersPath}/${customerNumber}/export`)), [
    409,
    'customer_is_several',
  ]);
  assert.deepEqual(codeOf(await erase(customerNumber, { credentials: ['tre@example.com'] })), [
    409,
    'customer_is_several',
  ]);
  const reply = await erased(`${customersPath}/${customerNumber}`, { credentials: ['TO@example.com'] });
  assert.deepEqual(reply['ordersLeft'], [{ orderId: first, why: 'payer_is_unproven' }]);
  assert.deepEqual(await hits('to@example.com'), []);
  assert.notDeepEqual(await hits('en@example.com'), []);
  assert.equal((await place.get(`/capi/v1/client/order/${second}`)).status, 200);
  const again = await erase(customerNumber);
  assert.deepEqual(codeOf(again), [409, 'customer_is_several'], 'who else ordered by it is not meant');
  assert.match(
    String(again.body['detail']),
    /^1 person stands under the number, 0 with a user, beside who was/,
  );
  await erased(`${customersPath}/${customerNumber}`, { credentials: ['en@example.com'] });
  assert.deepEqual(await hits('en@example.com'), []);
});

test('who typed the number of a registered customer is not that customer', async () => {
  const customerNumber = await desk.registered({
    name: { lastName: 'Spove' },
    emails: ['spove@example.com'],
  });
  const typed = await bought(['skriver@example.com'], { customerNumber });
  assert.deepEqual(codeOf(await erase(customerNumber)), [409, 'customer_is_several']);
  const path = `${customersPath}/${customerNumber}`;
  const reply = await erased(path, { credentials: ['spove@example.com'] });
  assert.deepEqual(reply['ordersLeft'], [{ orderId: typed, why: 'payer_is_unproven' }]);
  assert.deepEqual(await hits('spove'), []);
  assert.notDeepEqual(await hits('skriver@'), []);
});

test('an attached user is told nothing of who typed their number later, and takes nothing of theirs along', async () => {
  const [email, other] = ['knyttet@example.com', 'senere@example.com'];
  const number = await numberOf(await bought([email]));
  const uniqueUserId = await userOf(email);
  const path = `${customersPath}/${number}`;
  assert.equal((await place.post(`${path}/user`, { uniqueUserId })).status, 200);
  const later = await bought([other], { customerNumber: number, lastName: 'Senere' });
  const { status, body } = await place.post(`${path}/export`);
  assert.equal(status, 200);
  assert.doesNotMatch(JSON.stringify(body), /senere/i);
  const reply = await erased(path);
  assert.deepEqual(reply['ordersLeft'], [{ orderId: later, why: 'payer_is_unproven' }]);
  assert.deepEqual(await hits(email), []);
  assert.deepEqual(await hits('Senere'), ['order_parties: Senere']);
  const rows = await place.rows('SELECT FROM customers WHERE customer_number = $1', [number]);
  assert.equal(rows.length, 0);
});

test('an address that somebody else has proven vouches for nobody', async () => {
  const customerNumber = await numberOf(await bought(['gjest@example.com']));
  await userOf('annens@example.com');
  const credentials = ['gjest@example.com', 'annens@example.com'];
  const refused = await erase(customerNumber, { credentials });
  assert.deepEqual(codeOf(refused), [400, 'credential_is_anothers']);
  assert.match(JSON.stringify(refused.body['fields']), /credentials\[1\]/);
  assert.deepEqual(codeOf(await erase(customerNumber, { credentials: ['nobody'] })), [
    400,
    'credential_is_invalid',
  ]);
});

test('an account that nobody has proven goes with the guest whom it was made for', async () => {
  const email = 'ventende@example.com';
  const orderId = await bought([email]);
  const user = { credential: email, isSendMessage: false };
  const made = await place.post(`/capi/v1/client/order/${orderId}/user`, user);
  await erased(`${customersPath}/${await numberOf(orderId)}`);
  assert.deepEqual(await hits(email), []);
  const again = await place.post(`/capi/v1/client/order/${await bought([email])}/user`, user);
  assert.notEqual(again.body['uniqueUserId'], made.body['uniqueUserId']);
});

test('what a login that is not the payer’s knows is told, and forgotten where it is shown to be theirs', async () => {
  const [payer, login] = ['betaler@example.com', 'innlogging@example.com'];
  const orderId = await register(place, prepaidOrder({ payer: { lastName: 'Fugl', emails: [payer] } }));
  await complete(place, orderId, { credential: login });
  await place.runJobs();
  const number = await numberOf(orderId);
  const { body } = await place.post(`${customersPath}/${number}/export`);
  assert.deepEqual(body['ordersLeft'], [{ orderId, why: 'is_anothers' }]);
  await erased(`${customersPath}/${number}`);
  assert.notDeepEqual(await hits(login), [], 'it may be whom it was bought for');
  await erased(`${customersPath}/${number}`, { credentials: [login] });
  assert.deepEqual(await hits(payer, login), []);
});

test('the books keep the whole address, and nothing to reach the buyer by', async () => {
  const address = {
    companyName: 'Fugl AS',
    department: 'Abonnement',
    departmentName: 'Desken',
    careOfAddress: 'c/o Spurv',
    streetName: 'Lerkeveien',
    streetNumber: '7B',
    floor: 2,
    suite: '21',
    postalCode: '0155',
    postalPlace: 'Oslo',
    postalAddress: 'Postboks 9',
    postalAddressPostalCode: '0156',
    postalAddressPostalPlace: 'Oslo',
    countryCode: 'NO',
  };
  const reach = {
    invoiceEmailAddress: 'faktura@example.com',
    birthDate: '1980-02-03',
    phoneNumbers: ['90000077'],
  };
  const orderId = await bought(['bok@example.com'], { ...address, ...reach });
  await erased(`${customersPath}/${await numberOf(orderId)}`);
  const [kept] = await place.rows<{ buyer: object }>('SELECT buyer FROM kept_buyers WHERE order_id = $1', [
    orderId,
  ]);
  assert.deepEqual(kept?.buyer, { lastName: 'Fugl', ...address, streetNumber: 7, entrance: 'B' });
});

test('a masked address and what somebody wrote down go with the orders', async () => {
  const orderId = await bought(['feil@example.com']);
  const corrected = await place.post(`/capi/v1/client/order/${orderId}/credential`, {
    credential: 'riktig@example.com',
  });
  assert.equal(corrected.status, 200, JSON.stringify(corrected.body));
  const facts = () =>
    place.rows<{ facts: Body }>(
      "SELECT facts FROM events WHERE order_id = $1 AND name = 'credential corrected'",
      [orderId],
    );
  assert.match(String((await facts())[0]?.facts['credential']), /example\.com/);
  await place.rows(
    `INSERT INTO cases (publisher_id, order_id, kind, state, outcome, evidence, opened_at, resolved_at)
     VALUES ($1, $2, 'refund failed', 'resolved', 'dismissed', 'Fugl called', leveret_now(), leveret_now())`,
    [place.client.publisher.publisherId, orderId],
  );
  await erased(`${customersPath}/${await numberOf(orderId)}`);
  assert.equal((await facts())[0]?.facts['credential'], undefined);
  assert.deepEqual(await hits('Fugl called', 'riktig@', 'feil@'), []);
  const { body } = await place.get(`/capi/v1/client/order/${orderId}`);
  assert.match(JSON.stringify(body['timeline']), /The reader's address was corrected \(by client/);
});
