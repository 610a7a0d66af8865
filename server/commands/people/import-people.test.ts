import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Body, customersPath, olasOrder, openDesk } from '../../testing/customers.ts';
import { bring, recordsOf } from '../../testing/moving.ts';
import { register } from '../../testing/node.ts';
import { openTestReader, type TestReader } from '../../testing/readers.ts';
import type { PeopleRecord } from './read-records.ts';

let node: TestReader;
let desk: ReturnType<typeof openDesk>;
before(async () => {
  node = await openTestReader();
  desk = openDesk(node);
});
after(() => node.close());

const send = (...values: unknown[]) => bring(node, node.client.publisher, recordsOf(...values));
const check = async (asked: object) => {
  const { status, body } = await node.post('/capi/v1/client/access', { reason: true, ...asked });
  assert.equal(status, 200, JSON.stringify(body));
  return body['reason'];
};
const id = (letter: string) => letter.repeat(32);
const only = (what: string, count = 1) => {
  return { new: 0, changed: 0, 'there already': 0, refused: 0, [what]: count };
};

const person = (number: number, name: string, more: Body = {}) => ({
  customerNumber: number,
  name: { lastName: name },
  ...more,
});

const text = { consentText: { consentCode: 'MOVED', version: 3, text: 'Yes?', madeAt: '2020-01-01' } };
const kari = person(5001, 'Nordmann', {
  phoneNumbers: ['900 00 001'],
  emails: ['moved-kari@example.com'],
  registeredAt: '2015-05-01',
  categories: [{ addressCategory: 'VIP' }],
  addresses: [{ streetAddress: 'Storgata', streetNumber: '12B', period: { startDate: '2015-05-01' } }],
  externalReferences: [{ referenceCode: 'OLD', externalId: 'K1' }],
  consents: [
    { consentCode: 'MOVED', version: 3, state: 'given', statedAt: '2021-01-01', source: 'form' },
    { consentCode: 'MOVED', state: 'withdrawn', statedAt: '2022-01-01', source: 'letter' },
  ],
  accounts: [
    {
      uniqueUserId: id('A'),
      createdAt: '2015-05-01',
      credentials: [
        { credential: 'moved-kari@example.com', provenAt: '2016-01-01', lastProvenAt: '2026-01-01' },
        { credential: '+4790000101' },
      ],
      access: [{ product: 'DEMO', startsAt: '2026-01-01', endsAt: '2090-01-01' }],
    },
  ],
});

test('a customer with all that is theirs, once and no more', async () => {
  assert.deepEqual((await send(text, kari)).counts, only('new', 2));
  const shown = await desk.shown(5001);
  assert.deepEqual(shown['attachedUsers'], [id('a')]);
  assert.deepEqual(
    await desk.found({ externalReference: { referenceCode: 'OLD', externalId: 'K1' } }),
    [5001],
  );
  const { body } = await node.get(`${customersPath}/5001/address`);
  const home = body['inForce'] as Body;
  assert.deepEqual([home['streetNumber'], home['entrance'], home['countryCode']], [12, 'B', 'NO']);
  const consents = (await node.get(`${customersPath}/5001/consent`)).body;
  const holding = (consents['consents'] as Body[])[0];
  assert.deepEqual(
    [holding?.['state'], holding?.['version'], holding?.['by']],
    ['withdrawn', 3, { kind: 'command', id: 'import people' }],
  );
  assert.equal((consents['history'] as Body[]).length, 2);
  assert.equal(await check({ product: 'DEMO', credential: 'moved-kari@example.com' }), 'bought');
  assert.equal(await check({ product: 'DEMO', uniqueId: id('a') }), 'bought');
  assert.equal(await check({ product: 'DEMO', uniqueId: id('a'), customerNumber: 5001 }), 'bought');
  assert.equal(await check({ product: 'DEMO', uniqueId: id('a'), customerNumber: 5002 }), 'no_grant');
  assert.deepEqual(await send(text, kari), { counts: only('there already', 2), refused: [] });
});

test('who logs in by an address of before is known by the same id, and an unproven one opens nothing', async () => {
  const whoIs = async (credential: string) => {
    const cookie = await node.logIn(credential);
    const { access_token: token } = await node.tokens(node.sites.original, cookie);
    return (await node.call(token, '/capi/v1/customer/profile')).json<Body>()['uniqueId'];
  };
  assert.equal(await whoIs('moved-kari@example.com'), id('a'));
  // It stands at Kari's account, and nobody has shown that it is hers: whoever has it is somebody else.
  assert.notEqual(await whoIs('+4790000101'), id('a'));
  const pending = {
    accounts: [{ uniqueUserId: id('b'), credentials: [{ credential: 'unproven@example.com' }] }],
  };
  await send(pending);
  const [account] = await node.rows<Body>('SELECT state FROM accounts WHERE unique_user_id = $1', [id('b')]);
  assert.equal(account?.['state'], 'pending');
  assert.equal(await whoIs('unproven@example.com'), id('b'));
});

test('nobody’s account is taken over: what somebody has proven here stays theirs', async () => {
  const cookie = await node.logIn('held@example.com');
  const { access_token: token } = await node.tokens(node.sites.original, cookie);
  const held = (await node.call(token, '/capi/v1/customer/profile')).json<Body>()['uniqueId'];
  const given = (more: Body) => ({
    accounts: [{ credentials: [{ credential: 'held@example.com', provenAt: '2026-01-01' }], ...more }],
  });
  const taken = await send(
    given({ uniqueUserId: id('c') }),
    person(5003, 'Tyv', given({ uniqueUserId: id('d') })),
  );
  assert.deepEqual(taken.refused, [
    '2 accounts[0].credentials[0].credential said_twice',
    '1 accounts[0].credentials[0].credential credential_is_taken',
  ]);
  const byPassword = '$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC';
  const claimed = { credentials: [{ credential: 'claimed@example.com' }], passwordHash: byPassword };
  assert.deepEqual((await send({ accounts: [claimed] })).refused, [
    '1 accounts[0].passwordHash input_is_invalid',
  ]);
  assert.deepEqual((await send(given({ uniqueUserId: held }))).counts, only('there already'));
  assert.deepEqual((await send(given({}))).counts, only('there already'));
});

test('what was changed here is not overwritten, and what is newer there is taken over', async () => {
  await send(person(5010, 'Før'), person(5011, 'Før'));
  assert.deepEqual((await send(person(5010, 'Etter'))).counts, only('changed'));
  assert.deepEqual((await desk.shown(5010))['name'], {
    ...((await desk.shown(5010))['name'] as Body),
    lastName: 'Etter',
  });
  const changed = await node.post(`${customersPath}/info/5011`, { name: { lastName: 'Her' } });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  assert.deepEqual((await send(person(5011, 'Etter'))).refused, ['1 customerNumber customer_exists']);
  assert.deepEqual((await send(person(5011, 'Her'))).counts, only('there already'));
  assert.deepEqual(await send(person(await desk.registered(), 'Annen')).then(({ refused }) => refused), [
    '1 customerNumber customer_exists',
  ]);
});

test('a number that is on orders here is the same customer’s or nobody’s', async () => {
  await register(node, { ...olasOrder, payer: { ...olasOrder.payer, customerNumber: 5020 } });
  assert.deepEqual((await send(person(5020, 'Annen', { emails: ['annen@example.com'] }))).refused, [
    '1 customerNumber customer_is_another',
  ]);
  assert.deepEqual((await send(person(5020, 'Ordre', { emails: ['OLA@example.com'] }))).counts, only('new'));
});

test('numbers that came along are given to nobody else', async () => {
  const next = (await desk.registered()) + 1;
  await send(person(next, 'Nummer'), person(next + 1, 'Nummer'));
  assert.ok((await desk.registered()) > next + 1);
});

const broken: [string, Body, string][] = [
  ['no name', { customerNumber: 6001 }, 'name required'],
  ['a name of nothing', { customerNumber: 6001, name: { firstName: 'K' } }, 'name.lastName input_is_invalid'],
  ['no number', { name: { lastName: 'K' } }, 'customerNumber required'],
  ['a number of no room', person(1_000_000_000_000, 'K'), 'customerNumber maximum'],
  ['an address', person(6001, 'K', { emails: ['k@'] }), 'emails[0] email_is_invalid'],
  ['a number', person(6001, 'K', { phoneNumbers: ['12'] }), 'phoneNumbers[0] phone_number_is_invalid'],
  ['a member', person(6001, 'K', { mail: 'k@example.com' }), 'mail unknown_field'],
  ['a day to come', person(6001, 'K', { registeredAt: '2099-01-01' }), 'registeredAt date_is_invalid'],
  [
    'no street',
    person(6001, 'K', { addresses: [{ countryCode: 'NO' }] }),
    'addresses[0].streetAddress input_is_invalid',
  ],
  [
    'a home that ends',
    person(6001, 'K', { addresses: [{ streetAddress: 'A', period: { endDate: '2099-01-01' } }] }),
    'addresses[0].period.endDate input_is_invalid',
  ],
  [
    'a product',
    person(6001, 'K', { addresses: [{ streetAddress: 'A', product: 'NONE' }] }),
    'addresses[0].product product_is_unknown',
  ],
  [
    'a system twice',
    person(6001, 'K', {
      externalReferences: [
        { referenceCode: 'A', externalId: '1' },
        { referenceCode: 'A', externalId: '2' },
      ],
    }),
    'externalReferences[1].referenceCode external_reference_exists',
  ],
  [
    'words of no consent',
    person(6001, 'K', {
      consents: [{ consentCode: 'NONE', state: 'withdrawn', statedAt: '2021-01-01', source: 's' }],
    }),
    'consents[0].consentCode consent_is_unknown',
  ],
  ['an account of nobody', { accounts: [{ isClosed: true }] }, 'accounts[0].credentials input_is_invalid'],
  [
    'a credential',
    { accounts: [{ credentials: [{ credential: 'kari' }] }] },
    'accounts[0].credentials[0].credential credential_is_invalid',
  ],
  [
    'proven anew and never',
    { accounts: [{ credentials: [{ credential: 'x@example.com', lastProvenAt: '2021-01-01' }] }] },
    'accounts[0].credentials[0].lastProvenAt input_is_invalid',
  ],
  [
    'access to nothing',
    { accounts: [{ uniqueUserId: id('e'), access: [{ startsAt: '2021-01-01' }] }] },
    'accounts[0].access[0].product input_is_invalid',
  ],
  [
    'access to what is not sold',
    { accounts: [{ uniqueUserId: id('e'), access: [{ product: 'NONE', startsAt: '2021-01-01' }] }] },
    'accounts[0].access[0].product product_is_unknown',
  ],
  [
    'access that ends before it begins',
    {
      accounts: [
        {
          uniqueUserId: id('e'),
          access: [{ product: 'DEMO', startsAt: '2021-01-01', endsAt: '2020-01-01' }],
        },
      ],
    },
    'accounts[0].access[0].endsAt input_is_invalid',
  ],
  [
    'other words',
    { consentText: { consentCode: 'MOVED', version: 3, text: 'No?' } },
    'consentText.text consent_is_another',
  ],
];

for (const [what, line, rule] of broken) {
  test(`a line is named by number, field and rule, and not taken over: ${what}`, async () => {
    const told = await send(line);
    assert.deepEqual(told, { counts: only('refused'), refused: [`1 ${rule}`] });
    const tried = await bring(node, node.client.publisher, recordsOf(line), true);
    assert.deepEqual(tried, told);
  });
}

test('a dry run tells the same and changes nothing', async () => {
  const lines = [
    { consentText: { consentCode: 'DRY', version: 1, text: 'Yes?' } },
    person(7001, 'Tørr', {
      consents: [{ consentCode: 'DRY', version: 1, state: 'given', statedAt: '2021-01-01', source: 's' }],
    }),
    person(7001, 'Igjen'),
    person(5011, 'Etter'),
  ];
  const counts = () =>
    node.rows<Body>(`SELECT (SELECT count(*) FROM customers) AS customers,
      (SELECT count(*) FROM consent_texts) AS texts, (SELECT count(*) FROM acts) AS acts,
      (SELECT last_value FROM customer_numbers) AS number`);
  const here = await counts();
  const tried = await bring(node, node.client.publisher, recordsOf(...lines), true);
  assert.deepEqual(await counts(), here);
  assert.deepEqual(await send(...lines), tried);
  assert.deepEqual(tried.counts, { new: 2, changed: 0, 'there already': 0, refused: 2 });
});

test('one that was interrupted goes on where it stopped', async () => {
  const people = Array.from({ length: 1200 }, (_none, index) => person(8000 + index, `Mange ${index}`));
  async function* untilThePowerFails(): AsyncGenerator<PeopleRecord> {
    for await (const record of recordsOf(...people)) {
      if (record.line > 900) throw new Error('the power failed');
      yield record;
    }
  }
  await assert.rejects(bring(node, node.client.publisher, untilThePowerFails()), /the power failed/);
  const { counts } = await send(...people);
  assert.deepEqual(counts, { new: 700, changed: 0, 'there already': 500, refused: 0 });
});
