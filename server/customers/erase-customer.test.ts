import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { jobs } from '../jobs.ts';
import { type Body, codeOf, customersPath } from '../testing/customers.ts';
import { dumpOf, hitsOf } from '../testing/dump.ts';
import { complete, prepaidOrder, register, smsOrder } from '../testing/node.ts';
import { openTestReader, type TestReader } from '../testing/readers.ts';

let place: TestReader;
before(async () => {
  place = await openTestReader();
});
after(() => place.close());

/** Words that stand nowhere but in what the person or their site said. */
const person = {
  name: 'Kanarifuglsen',
  street: 'Kanaristredet',
  email: 'kanari.fugl@example.com',
  mobile: '90412359',
  other: 'kanari.annen@example.com',
  reference: 'KANARI-1',
  note: 'kanarinotat',
};
const words = Object.values(person);

const payer = {
  firstName: person.name,
  lastName: person.name,
  street: person.street,
  streetNumber: 7,
  postalCode: '0155',
  postalPlace: 'Oslo',
  emails: [person.email],
  phoneNumbers: [person.mobile],
  invoiceEmailAddress: person.other,
  birthDate: '1980-02-03',
};
const product = { productSpecType: 'product', product: 'GUIDE' };

/** Where the person still stands, as `table: word`. */
const hits = async () => hitsOf(await dumpOf(place), words);

async function numberOf(orderId: number): Promise<number> {
  return Number((await place.get(`/capi/v1/client/order/${orderId}`)).body['customerNumber']);
}

/** The person buys in every way, reads, logs in, says who they are, agrees and withdraws. */
async function live(): Promise<{ number: number; billed: number; paid: number; others: number }> {
  const billed = await register(place, {
    paymentMethod: 'invoice',
    payer,
    orderLines: [{ ...product, allowAccessProduct: 'GUIDE', allowAccessSeconds: 3600 }],
    customerReference: person.note,
  });
  await complete(place, billed, {
    credential: person.email,
    callbackUrl: `http://127.0.0.1:9/done?who=${person.note}`,
  });
  const number = await numberOf(billed);
  const paid = await register(place, prepaidOrder({ payer: { ...payer, customerNumber: number } }));
  await complete(place, paid, { credential: person.mobile });
  await place.runJobs();
  const user = { credential: person.email, isSendMessage: false };
  await place.post(`/capi/v1/client/order/${billed}/user`, user);
  const cookie = await place.logIn(person.email);
  const { access_token: token } = await place.tokens(place.sites.original, cookie);
  const headers = { authorization: `Bearer ${token}` };
  const name = { lastName: person.name };
  const payload = { name, emails: [person.other], phoneNumbers: [person.mobile] };
  const url = '/capi/v1/customer/info';
  const said = await place.app.http.app.inject({ method: 'POST', url, headers, payload });
  assert.equal(said.json().customerNumber, number, said.body);
  const path = `${customersPath}/${number}`;
  const home = { changeType: 'createPermanent', streetAddress: person.street, countryCode: 'NO' };
  const text = { consentCode: 'NEWS', text: 'You may write to me.' };
  const consent = { consentCode: 'NEWS', state: 'given', version: 1, source: person.note };
  const reference = { referenceCode: 'CRM', externalId: person.reference };
  for (const [to, body] of [
    [`${path}/address`, home],
    ['/capi/v1/client/consent/text', text],
    [`${path}/consent`, consent],
    [`${path}/external-reference`, reference],
    [`/capi/v1/client/order/${billed}/link`, {}],
  ] as const) {
    const { status, body: told } = await place.post(to, body);
    assert.equal(status, 200, `${to} ${JSON.stringify(told)}`);
  }
  await place.post(`/capi/v1/client/order/${paid}/withdrawal`, {
    name: person.name,
    receiptTo: person.other,
    reason: person.note,
  });
  // Somebody else sends them something.
  const receiver = { lastName: person.name, emails: [person.email] };
  const others = await register(place, {
    paymentMethod: 'free',
    payer: { lastName: 'Giver', emails: ['giver@example.com'] },
    orderLines: [{ ...product, receiver }],
  });
  await complete(place, others);
  await place.runJobs();
  return { number, billed, paid, others };
}

/** A person looks at every case of an order, and answers it. */
async function closeCases(orderId: number): Promise<void> {
  const { body } = await place.get(`/capi/v1/client/cases?state=open&orderId=${orderId}`);
  for (const one of body['cases'] as Body[]) {
    const answer = { outcome: 'given_back', evidence: 'it was given back by hand' };
    const { status } = await place.post(`/capi/v1/client/cases/${String(one['caseId'])}/resolve`, answer);
    assert.equal(status, 200);
  }
  await place.runJobs();
}

test('a person is told all that is known of them, and is nowhere any more once they are erased', async () => {
  const { number, billed, paid, others } = await live();
  const before = await hits();
  for (const table of ['accounts', 'login_links', 'messages', 'order_parties', 'customers', 'withdrawals'])
    assert.ok(
      table === 'accounts' || before.some((hit) => hit.startsWith(`${table}:`)),
      `${table} knew nothing: ${before.join(', ')}`,
    );
  const exported = await place.post(`${customersPath}/${number}/export`);
  assert.equal(exported.status, 200, JSON.stringify(exported.body));
  const told = JSON.stringify(exported.body);
  for (const word of words) assert.ok(told.includes(word), `the export does not tell ${word}`);
  for (const [part, least] of [
    ['customers', 1],
    ['received', 1],
    ['addresses', 1],
    ['externalReferences', 1],
    ['consents', 1],
    ['accounts', 1],
    ['sessions', 1],
    ['orders', 2],
    ['invoices', 1],
    ['access', 1],
    ['withdrawals', 1],
    ['messages', 1],
    ['loginLinks', 1],
    ['acts', 1],
  ] as const)
    assert.ok((exported.body[part] as Body[]).length >= least, `${part} ${told}`);

  const busy = await place.post(`${customersPath}/${number}/erase`);
  assert.deepEqual(codeOf(busy), [409, 'customer_is_served']);
  await closeCases(paid);
  const erased = await place.post(`${customersPath}/${number}/erase`, { reason: 'asked for it' });
  assert.equal(erased.status, 200, JSON.stringify(erased.body));
  const documents = erased.body['documents'] as Body[];
  assert.deepEqual(
    documents.map(({ orderId }) => orderId),
    [billed, paid],
  );
  await place.runJobs();
  const kept = [`kept_buyers: ${person.name}`, `kept_buyers: ${person.street}`];
  assert.deepEqual(await hits(), kept);
  assert.deepEqual(codeOf(await place.get(`${customersPath}/info/${number}`)), [404, 'not_found']);
  for (const orderId of [billed, paid, others]) {
    const { status, body } = await place.get(`/capi/v1/client/order/${orderId}`);
    assert.equal(status, 200);
    assert.doesNotMatch(JSON.stringify(body), /Kanari/i);
  }
  const giver = await place.post(`${customersPath}/search`, { email: 'giver@example.com' });
  assert.equal((giver.body['customers'] as Body[]).length, 1, 'the giver stays');

  const until = Math.max(...documents.map(({ keptUntil }) => Number(keptUntil)));
  await place.rows(`UPDATE kept_buyers SET kept_until = kept_until - $1 * interval '1 millisecond'`, [
    until - Date.now(),
  ]);
  const job = { jobId: 0, name: 'x', lane: 'x', arguments: {}, failures: 0, isHeld: async () => true };
  await jobs['prune-kept-buyers']?.run(place.context, job);
  assert.deepEqual(await hits(), []);
});

test('who was erased logs in as somebody new', async () => {
  const cookie = await place.logIn(person.email);
  const { access_token: token } = await place.tokens(place.sites.original, cookie);
  const headers = { authorization: `Bearer ${token}` };
  const reply = await place.app.http.app.inject({ url: '/capi/v1/customer/profile', headers });
  assert.equal(reply.json().customerNumber, null);
  const products = await place.app.http.app.inject({ url: '/capi/v1/customer/product', headers });
  assert.deepEqual(products.json(), { products: [] });
});

test('a person with something running is not erased, and a number of nobody is unknown', async () => {
  const orderId = await register(place, smsOrder('+4790000003'));
  const number = await numberOf(orderId);
  const refused = await place.post(`${customersPath}/${number}/erase`);
  assert.deepEqual(codeOf(refused), [409, 'customer_is_served']);
  assert.match(String(refused.body['detail']), /1 order is open/);
  await place.post(`/capi/v1/client/order/${orderId}/cancel`);
  assert.equal((await place.post(`${customersPath}/${number}/erase`)).status, 200);
  assert.deepEqual(codeOf(await place.post(`${customersPath}/8999999/erase`)), [404, 'not_found']);
});

test('a subscription that runs is given up by name, and stops', async () => {
  const offer = { productSpecType: 'coupon', productSpecCode: 'DEMO', productSpecNo: 1 };
  const orderId = await register(place, { ...smsOrder(), paymentMethod: 'free', orderLines: [offer] });
  await complete(place, orderId);
  const path = `${customersPath}/${await numberOf(orderId)}/erase`;
  const refused = await place.post(path);
  assert.deepEqual(codeOf(refused), [409, 'customer_is_served']);
  assert.match(String(refused.body['detail']), /1 subscription is running/);
  assert.equal((await place.post(path, { giveUpSubscriptions: true })).status, 200);
  const running = await place.rows('SELECT FROM subscriptions WHERE order_id = $1 AND stopped_at IS NULL', [
    orderId,
  ]);
  assert.equal(running.length, 0);
});

test('an erasing is an act and an event, which name nobody', async () => {
  const { body } = await place.get('/capi/v1/client/acts?operation=eraseCustomer');
  const acts = body['acts'] as Body[];
  assert.deepEqual([acts.length, acts.at(-1)?.['reason']], [3, 'asked for it']);
  let events: Body[] = [];
  // An event is shown once nothing older can follow it.
  while (events.length < 3) {
    const shown = await place.get('/capi/v1/client/events?name=customer.erased');
    events = shown.body['events'] as Body[];
  }
  assert.equal(events.length, 3);
});
