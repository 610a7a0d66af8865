import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { connectDemoClient, type DemoClient, type Reply } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { linkIn, messagesTo } from '../builders/ledgers.ts';
import { complete, prepaidOrder, register, smsOrder } from '../builders/orders.ts';
import { openReaderBrowser } from '../builders/reader-browser.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

const publisher = '/capi/v1/client/publisher';
beforeEach(() => setPublisher({ ownerEmail: 'owner@example.com' }));

/** Everything that a test does not name has its default again. */
async function setPublisher(settings: Record<string, unknown>): Promise<void> {
  const defaults = {
    smsCountries: null,
    smsPerDay: null,
    messagesPerRecipientPerDay: null,
    messagesPerOrder: null,
  };
  const { status } = await client.patch(publisher, { ...defaults, ...settings });
  assert.equal(status, 200);
  await fixture.app.context.publishers.refresh();
}

const bare = { lastName: 'Nordmann', phoneNumbers: ['+4790099999'] };
const withEmail = (email: string) => ({ ...bare, emails: [email] });

async function buy(credential: string, payer: object = bare): Promise<{ orderId: number; reply: Reply }> {
  const orderId = await register(client, prepaidOrder({ payer }));
  const reply = await complete(client, orderId, { credential });
  assert.equal(reply.body['fulfillmentStatus'], 'OK', JSON.stringify(reply.body));
  return { orderId, reply };
}

const send = async (credential: string): Promise<{ orderId: number; reply: Reply }> => {
  const orderId = await register(client, prepaidOrder({ payer: bare }));
  await complete(client, orderId);
  const body = { credential, isSendMessage: true };
  return { orderId, reply: await client.post(`/capi/v1/client/order/${orderId}/user`, body) };
};

const rulesOf = ({ body }: Reply) => (body['warnings'] as { rule: string }[]).map((warning) => warning.rule);

async function sentTo(credential: string, most: number) {
  return until('the message', async () => {
    const messages = await messagesTo(fixture, credential);
    return messages.length >= most && messages;
  });
}

async function openCases(orderId: number): Promise<unknown[]> {
  const { body } = await client.get(`/capi/v1/client/cases?state=open&orderId=${orderId}`);
  return (body['cases'] as { kind: string }[]).map((found) => found.kind);
}

async function timelineOf(orderId: number): Promise<string> {
  const { body } = await client.get(`/capi/v1/client/order/${orderId}`);
  return JSON.stringify(body['timeline']);
}

const british = '+447400123456';

test('no SMS goes to another country: the link goes to the payer’s e-mail, and opens what was bought', async () => {
  const { orderId, reply } = await buy(british, withEmail('abroad@example.com'));
  assert.deepEqual(rulesOf(reply), ['sms_country_not_allowed']);
  const [message] = await sentTo('abroad@example.com', 1);
  assert.ok(message);
  const browser = openReaderBrowser(fixture.url);
  await browser.open(linkIn(message));
  const back = await browser.post(linkIn(message));
  assert.equal(back.status, 303);
  const order = await client.get(`/capi/v1/client/order/${orderId}`);
  const { uniqueUserId } = order.body;
  assert.ok(typeof uniqueUserId === 'string');
  const credential = await client.post('/capi/v1/client/credential/check', { credential: british });
  assert.equal(credential.body['credentialExists'], false, 'the number is not proven by an e-mail');
  const access = await client.post('/capi/v1/client/access', { uniqueId: uniqueUserId, product: 'DEMO' });
  assert.equal(access.body['access'], true, JSON.stringify(access.body));
  assert.deepEqual(await messagesTo(fixture, british), []);
  assert.match(await timelineOf(orderId), /message moved to email/);
});

test('without an e-mail a case waits for a person, and the timeline tells', async () => {
  for (const ask of [buy, send]) {
    const { orderId, reply } = await ask(british);
    assert.deepEqual(rulesOf(reply), ['sms_country_not_allowed']);
    assert.deepEqual(await openCases(orderId), ['message withheld']);
    assert.match(await timelineOf(orderId), /message withheld/);
  }
  assert.deepEqual(await messagesTo(fixture, british), []);
});

test('a code for a number abroad that is of no order waits for a person at the reader’s newest order', async () => {
  const mobile = '+447400123459';
  const orders: number[] = [];
  for (let bought = 0; bought < 2; bought += 1) {
    const orderId = await register(client, prepaidOrder({ payer: bare }));
    await complete(client, orderId);
    const assigned = await client.post(`/capi/v1/client/order/${orderId}/user`, { credential: mobile });
    assert.equal(assigned.status, 200, JSON.stringify(assigned.body));
    orders.push(orderId);
  }
  for (let asked = 0; asked < 2; asked += 1) await askForCode(mobile);
  assert.deepEqual(await Promise.all(orders.map(openCases)), [[], ['message withheld']]);
  assert.match(await timelineOf(orders.at(-1) ?? 0), /message withheld/);
  assert.deepEqual(await messagesTo(fixture, mobile), []);
});

test('a country that the publisher adds is sent to', async () => {
  await setPublisher({ smsCountries: ['NO', 'GB'] });
  const { reply } = await buy(british);
  assert.deepEqual(rulesOf(reply), []);
  await sentTo(british, 1);
});

test('of orders at once no more SMS are sent than a day has, and the owner is warned once', async () => {
  await setPublisher({ smsPerDay: 10 });
  const before = (await smsSent()).length;
  const mobiles = Array.from({ length: 20 }, (_, index) => `+479001${String(1000 + index)}`);
  const bought = await Promise.all(mobiles.map((mobile) => buy(mobile)));
  const cases = await Promise.all(bought.map(({ orderId }) => openCases(orderId)));
  const waiting = cases.filter((kinds) => kinds.includes('message withheld')).length;
  assert.equal(waiting, 20 - (10 - before));
  const { reply } = await buy('+4790011999', withEmail('paid@example.com'));
  assert.equal(reply.status, 200);
  await sentTo('paid@example.com', 1);
  await until('all SMS', async () => (await smsSent()).length >= 10);
  assert.equal((await smsSent()).length, 10);
  const warnings = await sentTo('owner@example.com', 1);
  assert.equal(warnings.length, 1);
});

async function smsSent(): Promise<unknown[]> {
  const reply = await fetch(`${fixture.sandboxUrl}/control/messages`);
  const body: { messages: { channel: string }[] } = JSON.parse(await reply.text());
  return body.messages.filter((message) => message.channel === 'sms');
}

test('what a client sends one recipient has an end, and the reply says so; a paid order’s link has none', async () => {
  await setPublisher({ messagesPerRecipientPerDay: 2 });
  const credential = 'often@example.com';
  for (let sent = 0; sent < 2; sent += 1) assert.deepEqual(rulesOf((await send(credential)).reply), []);
  const { orderId, reply } = await send(credential);
  assert.deepEqual(rulesOf(reply), ['message_ceiling_reached']);
  assert.deepEqual(await openCases(orderId), ['message withheld']);
  for (let bought = 0; bought < 4; bought += 1) await buy(credential);
  assert.equal((await sentTo(credential, 6)).length, 6);
  await fixture.advance(86_400);
  client = await connectDemoClient(fixture.url);
  assert.deepEqual(rulesOf((await send(credential)).reply), []);
});

test('strangers who ask for codes use up nothing of a paid order', async () => {
  const mobile = '+4790055555';
  await buy(mobile);
  await setPublisher({ messagesPerRecipientPerDay: 2, messagesPerOrder: 2 });
  for (let asked = 0; asked < 5; asked += 1) {
    const stranger = openReaderBrowser(fixture.url);
    await stranger.open('/user/code?clientId=no.leveret.demo');
    await stranger.post('/user/code/new?clientId=no.leveret.demo', { credential: mobile });
  }
  await buy(mobile);
  const messages = await sentTo(mobile, 4);
  assert.equal(messages.length, 1 + 2 + 1);
});

test('codes that pay count for one mobile over all its orders', async () => {
  await setPublisher({ messagesPerRecipientPerDay: 3 });
  const mobile = '+4790066666';
  for (let ordered = 0; ordered < 5; ordered += 1) {
    const order = { ...smsOrder(mobile), merchantId: 'strex' };
    const { body } = await client.post('/capi/v1/client/order', order);
    assert.ok(typeof body['fulfillmentUrl'] === 'string');
    const { html } = await openReaderBrowser(fixture.url).open(body['fulfillmentUrl']);
    assert.equal(html.includes('name="code"'), ordered < 3, html);
  }
  assert.equal((await messagesTo(fixture, mobile)).length, 3);
});

const codePage = '/user/code?clientId=no.leveret.demo';
const newCodePage = '/user/code/new?clientId=no.leveret.demo';

function codeIn({ text }: { text: string }): string {
  const code = /(?<![\d/_-])\d{6}(?![\w-])/.exec(text)?.[0];
  assert.ok(code, text);
  return code;
}

async function askForCode(credential: string) {
  const browser = openReaderBrowser(fixture.url);
  await browser.open(codePage);
  await browser.post(newCodePage, { credential });
  return browser;
}

test('a code for a number that gets no SMS is mailed, opens where it was asked for, and proves the e-mail', async () => {
  const mobile = '+447400123457';
  const email = 'asks-abroad@example.com';
  await buy(mobile, withEmail(email));
  await sentTo(email, 1);
  const browser = await askForCode(mobile);
  const [, message] = await sentTo(email, 2);
  assert.ok(message);
  assert.doesNotMatch(message.text, /Order \d|\/user\/code/, 'it is a code, and tells of no purchase');
  const code = codeIn(message);
  const other = openReaderBrowser(fixture.url);
  await other.open(codePage);
  for (const credential of [mobile, email]) {
    assert.equal((await other.post(codePage, { credential, code })).status, 200, 'in no other browser');
  }
  assert.equal((await browser.post(codePage, { credential: mobile, code })).status, 303);
  for (const [credential, exists] of [
    [mobile, false],
    [email, true],
  ]) {
    const { body } = await client.post('/capi/v1/client/credential/check', { credential });
    assert.equal(body['credentialExists'], exists, JSON.stringify(body));
  }
});

test('a stranger’s request for the number leaves the code that was mailed for the order', async () => {
  const mobile = '+447400123458';
  const email = 'left-alone@example.com';
  await buy(mobile, withEmail(email));
  const [sent] = await sentTo(email, 1);
  assert.ok(sent);
  await askForCode(mobile);
  await sentTo(email, 2);
  const browser = openReaderBrowser(fixture.url);
  await browser.open(codePage);
  assert.equal((await browser.post(codePage, { credential: email, code: codeIn(sent) })).status, 303);
});

test('a new link for a code that is of no order tells of no order', async () => {
  const credential = 'no-order@example.com';
  const orderId = await register(client, prepaidOrder({ payer: bare }));
  await complete(client, orderId);
  const assigned = await client.post(`/capi/v1/client/order/${orderId}/user`, { credential });
  assert.equal(assigned.status, 200, JSON.stringify(assigned.body));
  const browser = await askForCode(credential);
  const [first] = await sentTo(credential, 1);
  assert.ok(first);
  await browser.open(linkIn(first));
  await browser.post(`${linkIn(first)}/resend`);
  const [, second] = await sentTo(credential, 2);
  assert.ok(second);
  assert.doesNotMatch(second.text, /\b0\b/);
  assert.equal(second.subject, first.subject?.replace(codeIn(first), codeIn(second)));
});

test('a code that is held opens no case, and is found among the events with its reason', async () => {
  const credential = 'asks-often@example.com';
  const { orderId } = await buy(credential);
  await setPublisher({ messagesPerRecipientPerDay: 1 });
  for (let asked = 0; asked < 2; asked += 1) await askForCode(credential);
  const held = await until('the event', async () => {
    const { body } = await client.get(`/capi/v1/client/events?name=message.held&orderId=${orderId}`);
    const events = body['events'] as { facts: Record<string, unknown> }[];
    return events.length > 0 && events;
  });
  assert.deepEqual(
    held.map(({ facts }) => facts['reason']),
    ['messages_per_recipient_reached'],
  );
  assert.deepEqual(await openCases(orderId), []);
});
