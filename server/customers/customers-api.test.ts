import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Body, codeOf, customersPath, kari, openDesk } from '../testing/customers.ts';
import { openTestNode, type TestNode } from '../testing/node.ts';

let node: TestNode;
let desk: ReturnType<typeof openDesk>;
before(async () => {
  node = await openTestNode();
  desk = openDesk(node);
});
after(() => node.close());

test('a customer is told as it was registered, with numbers and addresses as they are written', async () => {
  const number = await desk.registered();
  assert.deepEqual(await desk.shown(number), {
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
    emails: ['Kari@Example.com'],
    invoiceEmailAddress: null,
    categories: [],
    attachedUsers: [],
    isRegistered: true,
  });
});

test('a change replaces everything, and what a customer had finds nobody any more', async () => {
  const number = await desk.registered({ name: { lastName: 'Bytt' }, emails: ['before@example.com'] });
  const changed = await node.post(`${customersPath}/info/${number}`, { name: { companyName: 'Avisa AS' } });
  assert.deepEqual([changed.status, changed.body['success']], [200, true]);
  const { name, emails } = await desk.shown(number);
  assert.deepEqual([(name as Body)['lastName'], (name as Body)['companyName']], [null, 'Avisa AS']);
  assert.deepEqual(emails, []);
  assert.deepEqual(await desk.found({ email: 'before@example.com' }), []);
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
    const reply = await node.post(`${customersPath}/register`, body);
    const [told] = reply.body['fields'] as Body[];
    assert.deepEqual([reply.status, told?.['field'], told?.['rule']], [400, field, rule]);
  }
});

test('a publisher’s own number is taken once, and ours pass it by', async () => {
  const [{ next } = { next: 0 }] = await node.rows<{ next: number }>(
    'SELECT last_value + 1 AS next FROM customer_numbers',
  );
  assert.equal(await desk.registered({ ...kari, customerNumber: next }), next);
  assert.deepEqual(codeOf(await node.post(`${customersPath}/register`, { ...kari, customerNumber: next })), [
    409,
    'customer_exists',
  ]);
  assert.ok((await desk.registered()) > next);
});

test('who only ordered is told as the newest order has them, and written down by a change', async () => {
  const number = await desk.ordered();
  await desk.ordered({ customerNumber: number, lastName: 'Nyest' });
  const before = await desk.shown(number);
  assert.deepEqual([(before['name'] as Body)['lastName'], before['isRegistered']], ['Nyest', false]);
  assert.deepEqual(before['phoneNumbers'], [{ phoneNumber: '+4790000002', phoneNumberType: 'mobile' }]);
  const { body } = await node.get(`${customersPath}/${number}/address`);
  const [address] = body['addresses'] as Body[];
  assert.deepEqual([address?.['id'], address?.['streetNumber'], address?.['entrance']], [null, 12, 'B']);
  assert.equal((await node.post(`${customersPath}/info/${number}`, kari)).status, 200);
  assert.equal((await desk.shown(number))['isRegistered'], true);
  assert.deepEqual(codeOf(await node.get(`${customersPath}/info/8999999`)), [404, 'not_found']);
  assert.deepEqual(codeOf(await node.post(`${customersPath}/info/8999999`, kari)), [404, 'not_found']);
});

test('a search finds by everything that is said at once, also who ordered by it', async () => {
  const [first, second] = [
    await desk.registered({
      name: { lastName: 'A' },
      emails: ['both@example.com'],
      phoneNumbers: ['90000011'],
    }),
    await desk.registered({ name: { lastName: 'B' }, emails: ['BOTH@example.com'] }),
  ];
  const third = await desk.ordered({ emails: ['both@example.com'] });
  assert.deepEqual(await desk.found({ email: 'both@example.com' }), [first, second, third]);
  assert.deepEqual(await desk.found({ email: 'both@example.com', phoneNumber: '+47 900 00 011' }), [first]);
  assert.deepEqual(await desk.found({ email: 'both@example.com', customerNumber: second }), [second]);
  assert.deepEqual(await desk.found({ email: 'none@example.com', customerNumber: second }), []);
  assert.deepEqual(await desk.found({ customerNumber: third }), [third]);
  const page = await node.post(`${customersPath}/search`, { email: 'both@example.com', limit: 2 });
  const cursor = page.body['nextCursor'];
  assert.equal((page.body['customers'] as Body[]).length, 2);
  assert.deepEqual(await desk.found({ email: 'both@example.com', limit: 2, cursor }), [third]);
  const nothing = await node.post(`${customersPath}/search`, { limit: 2 });
  assert.deepEqual(codeOf(nothing), [400, 'input_is_invalid']);
});

test('a number is checked with the name and the postal code that are said beside it', async () => {
  const number = await desk.ordered({ lastName: 'Von der Sjekk' });
  const checks: [object, boolean][] = [
    [{ customerNumber: number }, true],
    [{ customerNumber: number, lastName: 'von  der SJEKK', postalCode: '01 55' }, true],
    [{ customerNumber: number, lastName: 'Nordmann' }, false],
    [{ customerNumber: number, postalCode: '0156' }, false],
    [{ customerNumber: 8_999_999 }, false],
  ];
  for (const [body, exists] of checks) {
    assert.deepEqual(
      (await node.post(`${customersPath}/check`, body)).body['exists'],
      exists,
      JSON.stringify(body),
    );
  }
});

test('a change leaves an act of the customer and an event, and neither says who it is', async () => {
  const number = await desk.registered();
  await node.post(`${customersPath}/info/${number}`, { ...kari, reason: 'moved in' });
  const { body } = await node.get(`/capi/v1/client/acts?customerNumber=${number}`);
  const acts = body['acts'] as Body[];
  assert.deepEqual(
    acts.map(({ operation, reason, subject, facts }) => [operation, reason, subject, facts]),
    [
      ['changeCustomer', 'moved in', { kind: 'customer', id: String(number) }, {}],
      ['registerCustomer', null, { kind: 'customer', id: String(number) }, {}],
    ],
  );
  let facts: Body[] = [];
  // An event is shown once nothing older can follow it.
  while (!facts.some((one) => one['customerNumber'] === number)) {
    const events = await node.get('/capi/v1/client/events?name=customer.changed&limit=500');
    facts = (events.body['events'] as Body[]).map((event) => event['facts'] as Body);
  }
  assert.doesNotMatch(JSON.stringify([acts, facts]), /Nordmann|example\.com|90000001/);
});
