import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '@leveret/server/database/statement.js';
import { connectDemoClient, type DemoClient, type JsonValue } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { callbacksAt, linkIn, messagesTo, type SeenMessage } from '../builders/ledgers.ts';
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

type Payer = { emails?: string[]; phoneNumbers?: string[] };

async function buy(credential: string, contacts: Payer = { emails: [credential] }): Promise<number> {
  const payer = { lastName: 'Nordmann', ...contacts };
  const orderId = await register(client, prepaidOrder({ payer }));
  const reply = await complete(client, orderId, { credential });
  assert.equal(reply.body['fulfillmentStatus'], 'OK', JSON.stringify(reply.body));
  return orderId;
}

type Entry = { what: string } & Record<string, JsonValue>;

async function timelineOf(orderId: number): Promise<Entry[]> {
  const { body } = await client.get(`/capi/v1/client/order/${orderId}`);
  return body['timeline'] as unknown as Entry[];
}

/** What the timeline says of links that did not arrive, once there is one. */
function undelivered(orderId: number): Promise<Entry[]> {
  return until('the undelivered link', async () => {
    const found = (await timelineOf(orderId)).filter((entry) => entry.what === 'link undelivered');
    return found.length > 0 && found;
  });
}

const untilSent = (orderId: number) =>
  until('the message', async () =>
    (await timelineOf(orderId)).some((entry) => entry.what === 'message accepted'),
  );

type Case = { kind: string; state: string; resolvedBy: string | null };

async function casesOf(orderId: number): Promise<Case[]> {
  const { body } = await client.get(`/capi/v1/client/cases?orderId=${orderId}`);
  return body['cases'] as unknown as Case[];
}

const firstTo = (recipient: string) =>
  until('the other message', async () => (await messagesTo(fixture, recipient))[0]);

async function logIn(message: SeenMessage): Promise<void> {
  const browser = openReaderBrowser(fixture.url);
  await browser.open(linkIn(message));
  assert.equal((await browser.post(linkIn(message))).status, 303);
}

const open = [{ kind: 'link undelivered', state: 'open', resolvedBy: null }];
const kept = (cases: Case[]) => cases.map(({ kind, state, resolvedBy }) => ({ kind, state, resolvedBy }));

const endings: [what: string, email: string, mobile: string, reason: string, afterSeconds: number][] = [
  ['refused at once', 'bounce+1@example.com', '+4790070001', '550 5.1.1 at RCPT TO', 0],
  ['bounced later', 'bounce-later+2@example.com', '+4790070002', 'failed 5.1.1', 6],
  ['bounced from a full mailbox', 'bounce-full+3@example.com', '+4790070003', 'failed 5.2.2', 6],
];

for (const [what, email, mobile, reason, afterSeconds] of endings) {
  test(`an e-mail that is ${what} opens a case, and the link goes by SMS`, async () => {
    const orderId = await buy(email, { emails: [email], phoneNumbers: [mobile] });
    if (afterSeconds > 0) {
      await untilSent(orderId);
      await fixture.advance(afterSeconds);
    }
    const [facts] = await undelivered(orderId);
    assert.deepEqual([facts?.['channel'], facts?.['reason'], facts?.['movedTo']], ['email', reason, 'sms']);
    assert.deepEqual(kept(await casesOf(orderId)), open);
    await logIn(await firstTo(mobile));
    const { body } = await client.get(`/capi/v1/client/order/${orderId}`);
    const access = await client.post('/capi/v1/client/access', {
      uniqueId: body['uniqueUserId'],
      product: 'DEMO',
    });
    assert.equal(access.body['access'], true, JSON.stringify(access.body));
    const proven = await client.post('/capi/v1/client/credential/check', { credential: email });
    assert.equal(proven.body['credentialExists'], false, 'an SMS does not prove the e-mail address');
    assert.deepEqual(kept(await casesOf(orderId)), [
      { kind: 'link undelivered', state: 'resolved', resolvedBy: 'reader' },
    ]);
  });
}

test('an SMS that is reported undelivered opens a case, and the link goes by e-mail', async () => {
  const email = 'reached@example.com';
  const orderId = await buy('+4790000110', { emails: [email], phoneNumbers: ['+4790000110'] });
  await untilSent(orderId);
  await fixture.advance(3);
  const [facts] = await undelivered(orderId);
  assert.deepEqual([facts?.['channel'], facts?.['reason'], facts?.['movedTo']], ['sms', '1006', 'email']);
  assert.deepEqual(kept(await casesOf(orderId)), open);
  await logIn(await firstTo(email));
});

test('where both addresses are dead the link is moved once, and one case waits', async () => {
  const orderId = await buy('bounce+4@example.com', {
    emails: ['bounce+4@example.com'],
    phoneNumbers: ['+4790000120'],
  });
  await untilSent(orderId);
  await fixture.advance(3);
  const told = await until('both', async () => {
    const facts = await undelivered(orderId);
    return facts.length > 1 && facts;
  });
  assert.deepEqual(
    told.map((facts) => [facts['channel'], facts['movedTo'] ?? null]),
    [
      ['email', 'sms'],
      ['sms', null],
    ],
  );
  assert.deepEqual(kept(await casesOf(orderId)), open);
});

test('a number of a country that gets no SMS gets none either when an e-mail bounces', async () => {
  const [email, mobile] = ['bounce+5@example.com', '+447400123460'];
  const orderId = await buy(email, { emails: [email], phoneNumbers: [mobile] });
  await undelivered(orderId);
  const kinds = (await casesOf(orderId)).map((found) => found.kind);
  assert.deepEqual(kinds.sort(), ['link undelivered', 'message withheld']);
  assert.deepEqual(await messagesTo(fixture, mobile), []);
});

test('an e-mail that is late is not lost: nobody is told', async () => {
  const orderId = await buy('delayed+1@example.com');
  await untilSent(orderId);
  await fixture.advance(6);
  const reports = await until('the report', async () => {
    const reply = await fetch(`${fixture.sandboxUrl}/control/ledger`);
    const { reports: sent }: { reports: { resultCode: string; answered: number }[] } = JSON.parse(
      await reply.text(),
    );
    return sent.find((report) => report.resultCode === 'delayed 4.4.1');
  });
  assert.equal(reports.answered, 200);
  assert.deepEqual(await casesOf(orderId), []);
});

const failed = [
  'Reporting-MTA: dns; mail.example\n',
  'Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n',
].join('\n');

async function report(
  token: string,
  body: string | Uint8Array<ArrayBuffer>,
  type = 'message/delivery-status',
) {
  const init = { method: 'POST', headers: { 'content-type': type }, body };
  const reply = await fetch(`${fixture.url}/capi/notices/email/${token}`, init);
  return { status: reply.status, text: await reply.text() };
}

async function tokenOf(recipient: string): Promise<string> {
  const reply = await fetch(`${fixture.sandboxUrl}/control/messages?to=${encodeURIComponent(recipient)}`);
  const { messages }: { messages: { sender: string }[] } = JSON.parse(await reply.text());
  const token = /\+([^@]+)@/.exec(messages[0]?.sender ?? '')?.[1];
  assert.ok(token, 'the envelope names a token');
  return token;
}

test('who has logged in is not missed when a link bounces after all', async () => {
  const email = 'reads@example.com';
  const orderId = await buy(email);
  await logIn(await firstTo(email));
  assert.equal((await report(await tokenOf(email), failed)).status, 200);
  assert.ok((await timelineOf(orderId)).some((entry) => entry.what === 'message failed'));
  assert.deepEqual(await casesOf(orderId), []);
});

test('a report counts once, whatever its bytes and however often it comes', async () => {
  const email = 'reported@example.com';
  const orderId = await buy(email);
  await firstTo(email);
  const token = await tokenOf(email);
  const latin = Uint8Array.from([...Buffer.from(failed), 0x0a, 0x6b, 0xf8, 0xe5]);
  for (let times = 0; times < 3; times += 1) assert.equal((await report(token, latin)).status, 200);
  assert.equal((await report(token.toUpperCase(), failed)).status, 200);
  assert.equal((await undelivered(orderId)).length, 1);
  assert.equal((await casesOf(orderId)).length, 1);
});

test('a report is refused without its token, and what is no report in words', async () => {
  const email = 'unharmed@example.com';
  const orderId = await buy(email);
  await firstTo(email);
  const token = await tokenOf(email);
  const forged = [`${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`, 'x', '%00', token.slice(0, -1)];
  for (const wrong of forged) assert.equal((await report(wrong, failed)).status, 404, wrong);
  for (const text of ['', '{}', 'Subject: away\n\nI am on holiday']) {
    const { status, text: said } = await report(token, text);
    assert.equal(status, 400);
    assert.match(said, /Action and Status/);
  }
  assert.equal((await report(token, 'x'.repeat(300_000))).status, 413);
  assert.deepEqual(await casesOf(orderId), []);
});

test('an endpoint hears of it, without any address', async () => {
  const url = `${fixture.sandboxUrl}/publisher/callback/undelivered`;
  const created = await client.post('/capi/v1/client/webhooks', { url, events: ['message.undelivered'] });
  assert.ok(created.status < 300, JSON.stringify(created.body));
  const orderId = await buy('bounce+6@example.com');
  await undelivered(orderId);
  const [told] = await until('the webhook', async () => {
    const seen = await callbacksAt(fixture, '/publisher/callback/undelivered');
    return seen.length > 0 && seen;
  });
  const { type, data } = JSON.parse(told?.body ?? '');
  assert.equal(type, 'message.undelivered');
  assert.deepEqual(data, { orderId, reason: '550 5.1.1 at RCPT TO', channel: 'email' });
});

/** What pruning does with links of years ago. */
async function forgetEndedLinks(orderId: number): Promise<void> {
  const { database } = fixture.app.context;
  const ended = 'SELECT link_id FROM login_links WHERE order_id = $1 AND ended_at IS NOT NULL';
  await database.query(sql('test.forgetMessages', `DELETE FROM messages WHERE link_id IN (${ended})`), [
    orderId,
  ]);
  const forgotten = sql(
    'test.forgetLinks',
    `DELETE FROM login_links WHERE link_id IN (${ended}) RETURNING link_id`,
  );
  assert.equal((await database.query(forgotten, [orderId])).length, 1);
}

const corrected: [what: string, wrong: string, right: string, isNamed: boolean][] = [
  ['that had a link, which is forgotten', '+4790070020', 'bounce-later+20@example.com', true],
  ['that nobody was written to at yet', '+4790070021', 'bounce-later+21@example.com', false],
];

for (const [what, wrong, right, isNamed] of corrected) {
  test(`an undelivered link never moves to a corrected address ${what}`, async () => {
    const payer = { lastName: 'Nordmann', phoneNumbers: [wrong] };
    const orderId = await register(client, prepaidOrder({ payer }));
    await complete(client, orderId, isNamed ? { credential: wrong } : {});
    if (isNamed) await firstTo(wrong);
    const before = (await messagesTo(fixture, wrong)).length;
    const reply = await client.post(`/capi/v1/client/order/${orderId}/credential`, { credential: right });
    assert.equal(reply.body['isSent'], true, JSON.stringify(reply.body));
    if (isNamed) await forgetEndedLinks(orderId);
    await until('the e-mail', async () =>
      (await timelineOf(orderId)).some(
        ({ what, channel }) => what === 'message accepted' && channel === 'email',
      ),
    );
    await fixture.advance(6);
    const [facts] = await undelivered(orderId);
    assert.equal(facts?.['movedTo'], undefined);
    const again = await client.post(`/capi/v1/client/order/${orderId}/link`, {});
    assert.notEqual(again.body['channel'], 'sms');
    assert.equal((await messagesTo(fixture, wrong)).length, before);
  });
}
