import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient, type JsonValue, type Reply } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { linkIn, messagesTo, type SeenMessage } from '../builders/ledgers.ts';
import { complete, prepaidOrder, register } from '../builders/orders.ts';
import { openReaderBrowser } from '../builders/reader-browser.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

const payer = { lastName: 'Nordmann', phoneNumbers: ['+4722000000'] };

async function buy(credential?: string, changes: object = {}): Promise<number> {
  const orderId = await register(client, prepaidOrder({ payer: { ...payer, ...changes } }));
  const reply = await complete(client, orderId, credential === undefined ? {} : { credential });
  assert.equal(reply.body['fulfillmentStatus'], 'OK', JSON.stringify(reply.body));
  return orderId;
}

const orderPath = (orderId: number) => `/capi/v1/client/order/${orderId}`;
const again = (orderId: number, body: object = {}, key?: string) =>
  client.post(`${orderPath(orderId)}/link`, body, key === undefined ? {} : { 'idempotency-key': key });
const correct = (orderId: number, credential: string, key?: string) =>
  client.post(
    `${orderPath(orderId)}/credential`,
    { credential },
    key === undefined ? {} : { 'idempotency-key': key },
  );
const assign = (orderId: number, credential: string) =>
  client.post(`${orderPath(orderId)}/user`, { credential, isSendMessage: true });

function told({ status, body }: Reply) {
  const { isSent, channel, destination, reason } = body;
  return [status, isSent, channel, destination, reason];
}

const sentTo = (recipient: string, count: number): Promise<SeenMessage[]> =>
  until(`${count} messages to ${recipient}`, async () => {
    const messages = await messagesTo(fixture, recipient);
    return messages.length >= count && messages;
  });

async function logIn(link: string): Promise<string | null> {
  const browser = openReaderBrowser(fixture.url);
  await browser.open(link);
  const reply = await browser.post(link);
  return reply.status === 303 ? 'in' : null;
}

async function has(credential: string): Promise<JsonValue | undefined> {
  const { body } = await client.post('/capi/v1/client/access', { credential, product: 'DEMO' });
  return body['access'];
}

/** The facts of the corrections of an order, once there is one. */
function correctionsOf(orderId: number): Promise<Record<string, JsonValue>[]> {
  const path = `/capi/v1/client/events?name=order.credential_corrected&orderId=${orderId}`;
  return until('the correction', async () => {
    const { body } = await client.get(path);
    const events = body['events'] as { facts: Record<string, JsonValue> }[];
    return events.length > 0 && events.map((event) => event.facts);
  });
}

test('a link is sent again to where the order’s went, and the reply says where', async () => {
  const email = 'again@example.com';
  const orderId = await buy(email);
  const [first] = await sentTo(email, 1);
  assert.deepEqual(told(await again(orderId)), [200, true, 'email', 'a***@example.com', null]);
  const [, second] = await sentTo(email, 2);
  assert.ok(first && second);
  assert.notEqual(linkIn(first), linkIn(second));
  assert.equal(await logIn(linkIn(second)), 'in');
  assert.deepEqual(told(await again(orderId)), [200, true, 'email', 'a***@example.com', null]);
});

test('it goes to the user that the order was tied to, also before it is completed', async () => {
  const orderId = await register(client, prepaidOrder({ payer }));
  assert.equal((await again(orderId)).body['code'], 'order_is_not_completed');
  await client.post(`${orderPath(orderId)}/user`, { credential: '+4790073001' });
  assert.deepEqual(told(await again(orderId)), [200, true, 'sms', '+47*****001', null]);
  await sentTo('+4790073001', 1);
});

test('without a named address it goes to the payer, and without any the reply says so', async () => {
  const orderId = await buy(undefined, { emails: ['payer-again@example.com'] });
  assert.deepEqual(told(await again(orderId)), [200, true, 'email', 'p***@example.com', null]);
  const nobody = await buy();
  assert.deepEqual(told(await again(nobody)), [200, false, null, null, 'no_address_is_known']);
});

test('an address whose last message failed comes last', async () => {
  const orderId = await buy('bounce+10@example.com', { phoneNumbers: ['+4790073002'] });
  await sentTo('+4790073002', 1);
  assert.deepEqual(told(await again(orderId)), [200, true, 'sms', '+47*****002', null]);
});

test('a key sends once, whatever happens in between; another body is refused', async () => {
  const email = 'once@example.com';
  const orderId = await buy(email);
  const replies = [await again(orderId, {}, 'k1'), await again(orderId, {}, 'k1')];
  assert.deepEqual(replies[0]?.body, replies[1]?.body);
  assert.equal(replies[1]?.headers.get('idempotency-replayed'), 'true');
  assert.equal((await again(orderId, { linkLifetime: 2 }, 'k1')).status, 422);
  assert.equal((await sentTo(email, 2)).length, 2);
});

test('what others have used up leaves support a few, and then the reply says why not', async () => {
  const settings = { smsPerDay: 1, messagesPerRecipientPerDay: 1, messagesPerOrder: 1 };
  const path = '/capi/v1/client/publisher';
  const orderId = await buy('+4790073003');
  await client.patch(path, settings);
  await fixture.app.context.publishers.refresh();
  try {
    for (let asked = 0; asked < 5; asked += 1)
      assert.deepEqual(told(await again(orderId)), [200, true, 'sms', '+47*****003', null]);
    const refused = [200, false, null, '+47*****003', 'messages_per_recipient_reached'];
    assert.deepEqual(told(await again(orderId)), refused);
  } finally {
    await client.patch(path, { smsPerDay: null, messagesPerRecipientPerDay: null, messagesPerOrder: null });
    await fixture.app.context.publishers.refresh();
  }
});

test('no SMS goes to another country, not even by support: an e-mail does, or nothing', async () => {
  const british = '+447400123470';
  const orderId = await buy(british, { emails: ['abroad-again@example.com'] });
  const byEmail = [200, true, 'email', 'a***@example.com', null];
  assert.deepEqual(told(await again(orderId)), byEmail);
  const alone = await buy('+447400123471');
  const held = [200, false, null, '+44*******471', 'sms_country_not_allowed'];
  assert.deepEqual(told(await again(alone)), held);
  assert.deepEqual(await messagesTo(fixture, british), []);
});

test('assigning again sends, or says that a link went out lately', async () => {
  const email = 'assigned-again@example.com';
  const orderId = await buy();
  const rules = async () =>
    ((await assign(orderId, email)).body['warnings'] as { rule: string }[]).map((warning) => warning.rule);
  assert.deepEqual(await rules(), []);
  assert.deepEqual(await rules(), ['link_sent_lately']);
  await sentTo(email, 1);
  await fixture.advance(601);
  assert.deepEqual(await rules(), []);
  assert.equal((await sentTo(email, 2)).length, 2);
});

test('a wrong address is corrected: its link ends, access moves, and the right one gets a link', async () => {
  const [wrong, right] = ['wrong@example.com', 'right@example.com'];
  const orderId = await buy(wrong);
  const [lost] = await sentTo(wrong, 1);
  assert.ok(lost);
  assert.equal(await has(wrong), true);
  const reply = await correct(orderId, right);
  assert.deepEqual(told(reply), [200, true, 'email', 'r***@example.com', null]);
  assert.equal(reply.body['endedLinks'], 1);
  assert.deepEqual([await has(wrong), await has(right)], [false, true]);
  const [corrected] = await correctionsOf(orderId);
  assert.deepEqual(
    [corrected?.['correctedBy'], corrected?.['credential']],
    ['no.leveret.demo', 'r***@example.com'],
  );
  assert.equal(await logIn(linkIn(lost)), null, 'the old link opens nothing');
  const browser = openReaderBrowser(fixture.url);
  await browser.open(linkIn(lost));
  await browser.post(`${linkIn(lost)}/resend`);
  await browser.open('/user/code?clientId=no.leveret.demo');
  await browser.post('/user/code/new?clientId=no.leveret.demo', { credential: wrong });
  const [found] = await sentTo(right, 1);
  assert.ok(found);
  assert.equal(await logIn(linkIn(found)), 'in');
  for (const message of await messagesTo(fixture, wrong)) await logIn(linkIn(message));
  assert.deepEqual([await has(wrong), await has(right)], [false, true]);
  const { body } = await client.get(orderPath(orderId));
  const access = { uniqueId: body['uniqueUserId'], product: 'DEMO' };
  assert.equal((await client.post('/capi/v1/client/access', access)).body['access'], true);
});

test('the code of an ended link opens nothing either', async () => {
  const wrong = 'wrong-code@example.com';
  const orderId = await buy(wrong);
  const [lost] = await sentTo(wrong, 1);
  const code = /(?<![\d/_-])\d{6}(?![\w-])/.exec(lost?.text ?? '')?.[0] ?? '';
  await correct(orderId, 'right-code@example.com');
  const browser = openReaderBrowser(fixture.url);
  const page = '/user/code?clientId=no.leveret.demo';
  await browser.open(page);
  assert.notEqual((await browser.post(page, { credential: wrong, code })).status, 303);
});

test('an order that was tied to a wrong address goes with it', async () => {
  const [wrong, right] = ['tied-wrong@example.com', 'tied-right@example.com'];
  const orderId = await buy();
  const first = await assign(orderId, wrong);
  assert.equal((await correct(orderId, right)).status, 200);
  const { body } = await client.get(orderPath(orderId));
  assert.notEqual(body['uniqueUserId'], first.body['uniqueUserId']);
  assert.equal((await assign(orderId, wrong)).body['code'], 'already_assigned');
  const [message] = await sentTo(right, 1);
  assert.ok(message);
  assert.equal(await logIn(linkIn(message)), 'in');
});

test('what a reader has proven is not given to another', async () => {
  const email = 'proven@example.com';
  const orderId = await buy(email);
  const [message] = await sentTo(email, 1);
  assert.ok(message);
  await logIn(linkIn(message));
  const next = await buy(email);
  for (const id of [orderId, next]) {
    const { status, body } = await correct(id, 'thief@example.com');
    assert.deepEqual([status, body['code']], [409, 'credential_is_proven']);
  }
  assert.equal(await has('thief@example.com'), false);
});

test('the same address again changes nothing, and back again is possible', async () => {
  const [one, other] = ['one@example.com', 'other@example.com'];
  const orderId = await buy(one);
  await sentTo(one, 1);
  const same = await correct(orderId, 'One@Example.com');
  assert.deepEqual(
    [...told(same), same.body['endedLinks']],
    [200, false, null, 'O***@Example.com', 'link_sent_lately', 0],
  );
  assert.equal((await correct(orderId, other)).body['isSent'], true);
  assert.equal((await correct(orderId, one)).body['isSent'], true);
  assert.deepEqual([await has(one), await has(other)], [true, false]);
  const [, message] = await sentTo(one, 2);
  assert.ok(message);
  assert.equal(await logIn(linkIn(message)), 'in');
});

test('a correction closes the case that told of the address', async () => {
  const orderId = await buy('bounce+11@example.com');
  const cases = async () => {
    const { body } = await client.get(`/capi/v1/client/cases?orderId=${orderId}`);
    return (body['cases'] as { state: string; resolvedBy: string | null }[]).map((one) => [
      one.state,
      one.resolvedBy,
    ]);
  };
  await until('the case', async () => (await cases()).length > 0);
  await correct(orderId, 'reaches@example.com', 'c1');
  const replay = await correct(orderId, 'reaches@example.com', 'c1');
  assert.equal(replay.headers.get('idempotency-replayed'), 'true');
  assert.deepEqual(await cases(), [['resolved', 'no.leveret.demo']]);
  assert.equal((await correctionsOf(orderId)).length, 1);
});

const refusals: [what: string, body: object, code: string, field: string][] = [
  ['no address', { credential: 'kari' }, 'credential_is_invalid', 'credential'],
  [
    'a page that is not listed',
    { credential: 'a@example.com', returnUrl: 'https://evil.example/' },
    'return_url_is_not_allowed',
    'returnUrl',
  ],
  [
    'a lifetime of nothing',
    { credential: 'a@example.com', linkLifetime: 0 },
    'link_lifetime_is_out_of_range',
    'linkLifetime',
  ],
];

for (const [what, body, code, field] of refusals) {
  test(`${what} is refused by name`, async () => {
    const orderId = await buy('refused@example.com');
    const reply = await client.post(`${orderPath(orderId)}/credential`, body);
    const [first] = (reply.body['fields'] ?? []) as { field: string }[];
    assert.deepEqual([reply.status, reply.body['code'], first?.field], [400, code, field]);
  });
}

test('an order that is stopped, not completed or nobody’s is refused by name', async () => {
  const registered = await register(client, prepaidOrder({ payer }));
  const stopped = await register(client, prepaidOrder({ payer }));
  await client.post(`${orderPath(stopped)}/cancel`, {});
  const expected: [orderId: number, code: string][] = [
    [registered, 'order_is_not_completed'],
    [stopped, 'order_is_stopped'],
    [999_999_999, 'not_found'],
  ];
  for (const [orderId, code] of expected) {
    assert.equal((await correct(orderId, 'a@example.com')).body['code'], code);
    assert.equal((await again(orderId)).body['code'], code);
  }
});
