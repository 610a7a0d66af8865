import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectDemoClient, type JsonValue } from '../builders/demo-client.ts';
import { buildFixture } from '../builders/fixture.ts';
import { freePort } from '../builders/free-port.ts';
import { callbacksAt, linkIn, linksTo } from '../builders/ledgers.ts';
import { complete, prepaidOrder, register } from '../builders/orders.ts';
import { until } from '../builders/until.ts';
import { findProgram, requireFound } from '../stock/find-programs.ts';
import { postfixFolder } from '../stock/start-postfix.ts';
import { readRecipe } from './read-recipe.ts';
import { mailTo, startOther, startOwn } from './start-servers.ts';

// A node that sends through a real Postfix, set up by the lines of the guide and by nothing else, to a second
// one, which is the readers'. What bounces must come back to the node as the guide says.

const program = requireFound(findProgram('postfix'), 'postfix curl');
requireFound(findProgram('curl'), 'postfix curl');
if (process.getuid?.() !== 0) {
  console.error('Only root can start a Postfix.');
  process.exit(1);
}

const hook = '/publisher/callback/undelivered';
const ports = { own: await freePort(), other: await freePort() };
const fixture = await buildFixture({
  variables: () => ({
    SMTP_URL: `smtp://127.0.0.1:${ports.own}`,
    SMTP_FROM: 'Leveret <no-reply@example.com>',
    SMTP_BOUNCE_ADDRESS: 'bounces@mail.example.com',
  }),
});
const folder = postfixFolder();
const recipe = await readRecipe(folder, fixture.url);
const own = await startOwn(program, folder, recipe, { port: ports.own, otherPort: ports.other });
const other = await startOther(program, { port: ports.other, ownPort: ports.own });
const client = await connectDemoClient(fixture.url);
await client.post('/capi/v1/client/webhooks', {
  url: fixture.sandboxUrl + hook,
  events: ['message.undelivered'],
});

let mobiles = 90_090_000;

/** Somebody whose mobile is known too buys, and the link goes to the address. */
async function buy(email: string): Promise<{ orderId: number; mobile: string }> {
  const mobile = `+47${(mobiles += 1)}`;
  const payer = { lastName: 'Nordmann', emails: [email], phoneNumbers: [mobile] };
  const orderId = await register(client, prepaidOrder({ payer }));
  const { body } = await complete(client, orderId, { credential: email });
  assert.equal(body['fulfillmentStatus'], 'OK', JSON.stringify(body));
  return { orderId, mobile };
}

type Found = Record<string, JsonValue>;

async function read(path: string, name: string): Promise<Found[]> {
  return (await client.get(path)).body[name] as Found[];
}
const undelivered = async (orderId: number) =>
  (await read(`/capi/v1/client/order/${orderId}`, 'timeline')).find(
    ({ what }) => what === 'link undelivered',
  );
const casesOf = (orderId: number) => read(`/capi/v1/client/cases?orderId=${orderId}`, 'cases');

/** Waits for a line of the own server's log, which tells what became of each mail. */
const logged = (what: string, line: RegExp) =>
  until(what, async () => line.exec(await own.log()) ?? undefined, 60_000, 100);

/** The token that the one mail to an address went out with. */
async function tokenTo(email: string): Promise<string> {
  const [, id] = await logged(`a mail to ${email}`, new RegExp(`(\\w+): to=<${email}>`));
  const [, token = ''] = await logged('its sender', new RegExp(`${id}: from=<bounces\\+([\\w-]+)@`));
  return token;
}

const addressOf = (token: string) => `bounces+${token}@mail.example.com`;

async function bounces(email: string, reason: string): Promise<void> {
  const { orderId, mobile } = await buy(email);
  const facts = await until('the undelivered link', () => undelivered(orderId), 60_000);
  assert.deepEqual([facts['channel'], facts['reason'], facts['movedTo']], ['email', reason, 'sms']);
  const cases = await casesOf(orderId);
  assert.deepEqual(
    cases.map(({ kind, state }) => [kind, state]),
    [['link undelivered', 'open']],
  );
  const [sms] = await until('the SMS', async () => {
    const links = await linksTo(fixture, mobile);
    return links.length > 0 && links;
  });
  assert.ok(sms && linkIn(sms));
  const told = await until('the webhook', async () =>
    (await callbacksAt(fixture, hook)).find(({ body }) => JSON.parse(body).data.orderId === orderId),
  );
  const { by: _, ...data } = JSON.parse(told.body).data;
  assert.deepEqual(data, { orderId, reason, channel: 'email', movedTo: 'sms' });
}

async function isLate(): Promise<void> {
  const { orderId } = await buy('slow@kari.test');
  const [, notice] = await logged('the notice of a delay', /sender delay notification: (\w+)/);
  await logged('its answer', new RegExp(`${notice}: .*\\(answered 200\\)`));
  assert.deepEqual([await undelivered(orderId), await casesOf(orderId)], [undefined, []]);
}

/** Mail of strangers: to a token that is right, but with no report in it, and to those that are none. */
async function isForged(): Promise<void> {
  const { orderId } = await buy('kari@kari.test');
  const token = await tokenTo('kari@kari.test');
  const away = readFileSync(new URL('../../../server/messages/reports-of-postfix/away.eml', import.meta.url));
  await mailTo(own, [addressOf(token)], away.toString());
  await logged('an answer from holiday', new RegExp(`${token}@.*\\(answered 400\\)`));
  const wrong = [`1-1-${'0'.repeat(24)}`, `1-2-${'0'.repeat(24)}`];
  await mailTo(own, wrong.map(addressOf), report);
  for (const one of wrong) await logged('a wrong token', new RegExp(`${one}@.*\\(answered 404\\)`));
  for (const none of ['[1-9]', '../../v1/client/order', 'a b', '$(id)'])
    await mailTo(own, [`"bounces+${none}"@mail.example.com`], report);
  await until('no token', async () => (await own.log()).match(/\(no token\)/g)?.length === 4);
  assert.deepEqual([await undelivered(orderId), await casesOf(orderId)], [undefined, []]);
}

/** A pipe that is not told otherwise hands one mail for two addresses on once, with both tokens. */
async function isForTwo(): Promise<void> {
  const readers = ['ola@kari.test', 'per@kari.test'];
  const orders = [];
  for (const reader of readers) orders.push(await buy(reader));
  await mailTo(own, (await Promise.all(readers.map(tokenTo))).map(addressOf), report);
  for (const { orderId } of orders) await until('each to be told', () => undelivered(orderId));
}

async function isKept(): Promise<void> {
  const file = join(folder, 'hand-on');
  writeFileSync(file, recipe.handOn.replace(fixture.url, `http://127.0.0.1:${await freePort()}`));
  const { orderId } = await buy('unknown@kari.test');
  await logged(
    'a mail that nobody took',
    /status=deferred \(temporary failure. Command output: answered 000/,
  );
  writeFileSync(file, recipe.handOn);
  await until('the report, later', () => undelivered(orderId), 60_000);
}

const report = [
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; mx.kari.test',
  '',
  'Final-Recipient: rfc822; kari@kari.test',
  'Action: failed',
  'Status: 5.1.1',
  '',
].join('\n');

const trials: [what: string, run: () => Promise<void>][] = [
  ['unknown here, refused at once', () => bounces('nosuch@mail.example.com', '550 5.1.1 at RCPT TO')],
  ['unknown there', () => bounces('unknown@kari.test', 'failed 5.1.1')],
  ['a domain that is refused there', () => bounces('kari@refused.test', 'failed 5.7.1')],
  ['taken there, and then bounced', () => bounces('gone@kari.test', 'failed 5.1.1')],
  ['a full mailbox', () => bounces('full@kari.test', 'failed 5.2.2')],
  ['late', isLate],
  ['answers from holiday, and forged reports', isForged],
  ['one mail for two tokens', isForTwo],
  ['reports that nobody took at first', isKept],
];

try {
  for (const [what, trial] of trials) {
    const fault = await trial().catch((error: unknown) => error);
    console.log(`${fault === undefined ? 'ok   ' : 'WRONG'}  ${what}`);
    if (fault === undefined) continue;
    console.error(fault);
    process.exitCode = 1;
  }
  if (process.exitCode === 1) console.error(await own.log());
} finally {
  await own.stop();
  await other.stop();
  await fixture.close();
}
