import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { credentialKey, parseCredential } from '../kit/credential.ts';
import { type Body, codeOf, customersPath } from '../testing/customers.ts';
import { type DumpedRow, dumpOf, hitsOf } from '../testing/dump.ts';
import { complete, prepaidOrder, register } from '../testing/node.ts';
import { openTestReader, type TestReader } from '../testing/readers.ts';

let place: TestReader;
before(async () => {
  place = await openTestReader();
});
after(() => place.close());

type Somebody = { name: string; email: string; street: string };
const anna: Somebody = { name: 'Kanarifugl', email: 'anna@example.org', street: 'Kanaristredet' };
const bo: Somebody = { name: 'Bekkasin', email: 'bo@example.org', street: 'Snipeveien' };
/** Nobody has logged in by these. */
const receiver = { name: 'Rugde', email: 'rugde@example.org' };
const assigned = { name: '', email: 'tied@example.org' };
const named = { name: '', email: 'named@example.org' };
/** Both live there, and have it. */
const household = { streetName: 'Fellesgata', streetNumber: 3, postalCode: '0155', postalPlace: 'Oslo' };
const householdPhone = '+4790412300';

const product = { productSpecType: 'product', product: 'GUIDE' };
const lines = [{ ...product, allowAccessProduct: 'GUIDE', allowAccessSeconds: 3600 }];
const payerOf = ({ name, email }: Somebody, more: object = {}) => {
  return { lastName: name, emails: [email], phoneNumbers: [householdPhone], ...household, ...more };
};

async function ordered(somebody: Somebody, { payer = {}, order = {}, options = {} } = {}): Promise<number> {
  const id = await register(
    place,
    prepaidOrder({ payer: payerOf(somebody, payer), orderLines: lines, ...order }),
  );
  await complete(place, id, options);
  return id;
}

async function assign(orderId: number, { email }: { email: string }): Promise<void> {
  const reply = await place.post(`/capi/v1/client/order/${orderId}/user`, {
    credential: email,
    isSendMessage: true,
    returnUrl: 'http://localhost:3000/back',
    errorUrl: 'http://localhost:3000/back',
  });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
}

async function ok(path: string, body: object): Promise<Body> {
  const reply = await place.post(path, body);
  assert.equal(reply.status, 200, `${path} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

const numberOf = async (orderId: number) =>
  Number((await place.get(`/capi/v1/client/order/${orderId}`)).body['customerNumber']);

/** Says who they are; the other's address and the household's phone are among what they type. */
async function becomeCustomer(one: Somebody, other: Somebody): Promise<number> {
  const cookie = await place.logIn(one.email);
  const { access_token: token } = await place.tokens(place.sites.original, cookie);
  const reply = await place.app.http.app.inject({
    method: 'POST',
    url: '/capi/v1/customer/info',
    headers: { authorization: `Bearer ${token}` },
    payload: {
      name: { lastName: one.name },
      emails: [one.email, other.email],
      phoneNumbers: [householdPhone],
    },
  });
  assert.equal(reply.statusCode, 200, reply.body);
  return Number(reply.json().customerNumber);
}

/** What is the one's, whoever stands beside it. */
async function entangle(one: Somebody, other: Somebody) {
  const own = await ordered(one, { options: { credential: one.email } });
  const number = await numberOf(own);
  // The address of the other was typed by mistake, and a person has corrected it before anybody proved it.
  const mistyped = await ordered({ ...one, email: other.email }, { options: { credential: other.email } });
  await ok(`/capi/v1/client/order/${mistyped}/credential`, { credential: one.email });
  return { own, number, mistyped };
}

async function live(one: Somebody, other: Somebody, { number, othersNumber }: Record<string, number>) {
  const own = number === undefined ? {} : { customerNumber: number };
  const paidForOther = await ordered(one, { payer: own });
  await assign(paidForOther, other);
  const underOthers = await ordered(one, { payer: { customerNumber: othersNumber } });
  const gift = await ordered(one, {
    payer: own,
    order: {
      orderLines: [
        { ...lines[0], receiver: { lastName: other.name, emails: [other.email] } },
        { ...lines[0], receiver: { lastName: receiver.name, emails: [receiver.email] } },
      ],
    },
  });
  const forNobodyYet = await ordered(one, { payer: own });
  await assign(forNobodyYet, assigned);
  const namedElse = await ordered(one, { payer: own, options: { credential: named.email } });
  return [paidForOther, underOthers, gift, forNobodyYet, namedElse];
}

type Known = { key: string; accountId: number; uniqueUserId: string };

async function known({ email }: { email: string }): Promise<Known> {
  const { publisherId } = place.client.publisher;
  const credential = parseCredential(email) ?? assert.fail();
  const key = credentialKey(place.context.secrets.credentialHash, publisherId, credential);
  const [row] = await place.rows<{ account_id: number; unique_user_id: string }>(
    'SELECT account_id, unique_user_id FROM credentials JOIN accounts USING (account_id) WHERE credential_key = $1',
    [key],
  );
  return {
    key: key.toString('hex'),
    accountId: row?.account_id ?? 0,
    uniqueUserId: row?.unique_user_id ?? '',
  };
}

/** Rows that name one of these, or hang on the orders that they paid for; and do not name the other. */
function rowsOf(
  dump: readonly DumpedRow[],
  words: string[],
  orderIds: number[],
  others: string[],
): DumpedRow[] {
  const has = (text: string, list: string[]) => list.some((word) => text.includes(word));
  return dump.filter(
    ({ row, text }) => (has(text, words) || orderIds.includes(Number(row['order_id']))) && !has(text, others),
  );
}

type Entangled = {
  annasNumber: number;
  bosNumber: number;
  annasOrders: number[];
  bosOrders: number[];
};

/** Both buy, for themselves and each other, under each number; live together, and have moved. */
async function bothLive(): Promise<Entangled> {
  const ofAnna = await entangle(anna, bo);
  const ofBo = await entangle(bo, anna);
  await assign(ofAnna.own, anna);
  await assign(ofBo.own, bo);
  await place.runJobs();
  const annasNumber = await becomeCustomer(anna, bo);
  const bosNumber = await becomeCustomer(bo, anna);
  assert.deepEqual([annasNumber, bosNumber], [ofAnna.number, ofBo.number]);
  const annasOrders = [
    ...[ofAnna.own, ofAnna.mistyped],
    ...(await live(anna, bo, { number: annasNumber, othersNumber: bosNumber })),
  ];
  const bosOrders = [
    ...[ofBo.own, ofBo.mistyped],
    ...(await live(bo, anna, { number: bosNumber, othersNumber: annasNumber })),
  ];
  for (const [number, street] of [
    [annasNumber, anna.street],
    [bosNumber, bo.street],
    // Anna has moved to where Bo lives.
    [annasNumber, bo.street],
  ] as const)
    await ok(`${customersPath}/${number}/address`, {
      changeType: 'createPermanent',
      streetAddress: street,
      countryCode: 'NO',
    });
  await place.logIn(anna.email);
  await place.logIn(bo.email);
  await place.runJobs();
  return { annasNumber, bosNumber, annasOrders, bosOrders };
}

/** An id as it stands in the text of a row, which another one does not begin with. */
const idAs = (name: string, id: number) => [`"${name}":${id},`, `"${name}":${id}}`];

/** How Anna is found in a dump, and all that is not hers. */
async function readOthers({ annasNumber, bosNumber, annasOrders, bosOrders }: Entangled) {
  const [hisOwn, herOwn, tied, none, given] = await Promise.all(
    [bo, anna, assigned, named, receiver].map(known),
  );
  assert.ok(hisOwn && herOwn && tied && none && given);
  const ofOthers = [
    ...idAs('customer_number', bosNumber),
    ...[bo.name, bo.email, hisOwn.key, hisOwn.uniqueUserId, ...idAs('account_id', hisOwn.accountId)],
    ...[assigned.email, tied.key, tied.uniqueUserId, ...idAs('account_id', tied.accountId)],
    ...[named.email, none.key, receiver.name, receiver.email, given.key],
  ];
  const ofHer = [anna.name, herOwn.key, herOwn.uniqueUserId, ...idAs('account_id', herOwn.accountId)];
  const isHers = ({ table, row }: DumpedRow) =>
    // What Anna paid for is hers as well as whoever has it, and so is whom she named in her own info.
    (['orders', 'events'].includes(table) && annasOrders.includes(Number(row['order_id']))) ||
    row['destination'] === anna.email ||
    (table.startsWith('customer') && Number(row['customer_number']) === annasNumber);
  const kept = rowsOf(await dumpOf(place), ofOthers, bosOrders, ofHer).filter((row) => !isHers(row));
  return { kept, herKey: herOwn.key };
}

test('of two who are entangled, one is erased, and the other’s dump is the same in every byte', async () => {
  const both = await bothLive();
  const { annasNumber, bosNumber, annasOrders, bosOrders } = both;
  const { kept, herKey } = await readOthers(both);
  for (const table of ['accounts', 'credentials', 'customers', 'customer_addresses', 'grants', 'login_links'])
    assert.ok(
      kept.some((one) => one.table === table),
      `${table} knows nothing of Bo`,
    );

  const exported = await ok(`${customersPath}/${annasNumber}/export`, {});
  assert.doesNotMatch(JSON.stringify(exported), new RegExp(`${bo.name}|${receiver.name}|tied@|named@`));
  assert.deepEqual(
    (exported['orders'] as Body[]).map((order) => order['order_id']),
    annasOrders.toSorted((one, other) => one - other),
  );

  const erased = await ok(`${customersPath}/${annasNumber}/erase`, {});
  const after = await dumpOf(place);
  const texts = new Set(after.map(({ table, text }) => `${table} ${text}`));
  const lost = kept.filter(({ table, text }) => !texts.has(`${table} ${text}`));
  assert.deepEqual(lost, []);
  assert.deepEqual(hitsOf(after, [anna.name, anna.street, herKey]), [
    `customer_contacts: ${herKey}`,
    `kept_buyers: ${anna.name}`,
    `order_parties: ${herKey}`,
  ]);
  // What Bo typed of her, by mistake and in his own info, is his.
  assert.deepEqual(hitsOf(after, [anna.email]), [`customers: ${anna.email}`, `order_parties: ${anna.email}`]);
  const left = erased['ordersLeft'] as { orderId: number; why: string }[];
  const [annas, bos] = [annasOrders.slice(2), bosOrders.slice(2)];
  assert.deepEqual(
    left.map(({ orderId, why }) => `${orderId} ${why}`).sort(),
    [
      ...[bos[0], bos[1]].map((orderId) => `${orderId} paid_by_another`),
      ...[annas[0], annas[2], annas[3], annas[4]].map((orderId) => `${orderId} is_anothers`),
    ].sort(),
  );
  assert.deepEqual(codeOf(await place.post(`${customersPath}/${annasNumber}/erase`)), [
    409,
    'customer_is_several',
  ]);

  const bosExport = await ok(`${customersPath}/${bosNumber}/export`, {});
  assert.equal((bosExport['orders'] as Body[]).length, bosOrders.length);
  assert.equal((bosExport['accounts'] as Body[]).length, 1);
});
