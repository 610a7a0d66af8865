import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { strangersGuessesPerDay } from '@leveret/server/accounts/attempt-budgets.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { linkIn, messagesTo, type SeenMessage } from '../builders/ledgers.ts';
import { complete, prepaidOrder, register } from '../builders/orders.ts';
import { openReaderBrowser, type ReaderBrowser, type Seen } from '../builders/reader-browser.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture({ variables: () => ({ TRUSTED_PROXIES: '127.0.0.0/8, ::1/128' }) });
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

const codePage = '/user/code?clientId=no.leveret.demo';
const newCodePage = '/user/code/new?clientId=no.leveret.demo';

/** An order that sends a link to a credential; answers the message, the newest of so many. */
async function buyFor(credential: string): Promise<SeenMessage> {
  const known = await messagesTo(fixture, credential);
  const orderId = await register(client, prepaidOrder());
  await complete(client, orderId, { credential });
  return newMessage(credential, known.length);
}

async function newMessage(credential: string, known: number): Promise<SeenMessage> {
  const seen = await until('the message', async () => {
    const messages = await messagesTo(fixture, credential);
    return messages.length > known && messages;
  });
  const newest = seen.at(-1);
  assert.ok(newest);
  return newest;
}

function codeIn(message: SeenMessage): string {
  const code = /(?<![\d/_-])\d{6}(?![\w-])/.exec(message.text)?.[0];
  assert.ok(code);
  return code;
}

async function openCodePage(address?: string): Promise<ReaderBrowser> {
  const browser = openReaderBrowser(fixture.url, address);
  assert.equal((await browser.open(codePage)).status, 200);
  return browser;
}

const typeCode = (browser: ReaderBrowser, credential: string, code: string) =>
  browser.post(codePage, { credential, code });

function isIn(seen: Seen): boolean {
  return seen.status === 303 && 'set-cookie' in seen.headers;
}

/** What somebody is told, without what differs for everybody. */
function told({ status, html, headers }: Seen, credential: string): string {
  const names = Object.keys(headers).sort();
  const text = html.replaceAll(credential, 'somebody').replaceAll(/name="nonce" value="[^"]+"/g, '');
  return `${status} ${names.join()} ${headers['set-cookie'] !== undefined} ${text}`;
}

const wrong = (code: string, number: number) =>
  String((Number(code) + 1 + number) % 1_000_000).padStart(6, '0');

/** A thousand addresses: half of them in IPv4, the others in /48s of IPv6. */
const addresses = Array.from({ length: 1000 }, (_, number) =>
  number % 2 === 0 ? `10.${number >> 8}.${number & 255}.7` : `2001:db8:${number.toString(16)}::7`,
);

/** Each address tries a wrong code, asks for one, and tries again; answers what it is told. */
async function attack(credential: string, code: string): Promise<string[][]> {
  const answers: string[][] = [];
  for (let first = 0; first < addresses.length; first += 50) {
    const batch = addresses.slice(first, first + 50).map(async (address, index) => {
      const browser = await openCodePage(address);
      const guess = () => typeCode(browser, credential, wrong(code, first + index));
      const seen = [await guess(), await browser.post(newCodePage, { credential }), await guess()];
      return seen.map((answer) => told(answer, credential));
    });
    answers.push(...(await Promise.all(batch)));
  }
  return answers;
}

const isGuess = (answer: string) => answer.includes('name="code"');

test('one stranger shuts nobody out: five wrong codes and three requests from the same address', async () => {
  const credential = 'one@example.com';
  const code = codeIn(await buyFor(credential));
  const stranger = await openCodePage('192.0.2.77');
  for (let tried = 0; tried < 6; tried += 1) await typeCode(stranger, credential, wrong(code, tried));
  for (let asked = 0; asked < 3; asked += 1) await stranger.post(newCodePage, { credential });
  await newMessage(credential, 3);

  const sent = await openCodePage('192.0.2.77');
  assert.ok(isIn(await typeCode(sent, credential, code)), 'by the code of the message');
  const fresh = await openCodePage('192.0.2.77');
  await fresh.post(newCodePage, { credential });
  const asked = await newMessage(credential, 4);
  assert.ok(isIn(await typeCode(fresh, credential, codeIn(asked))), 'by a code of the own');
});

const reader = 'behind@example.com';
let answers: string[][] = [];

test('behind a thousand strangers the reader gets in by link, by the own browser, and by a new link', async () => {
  const own = openReaderBrowser(fixture.url, '198.51.100.1');
  const first = linkIn(await buyFor(reader));
  await own.open(first);
  assert.ok(isIn(await own.post(first)));
  await own.open('/user/logout');
  await own.post('/user/logout');
  const message = await buyFor(reader);

  answers = await attack(reader, codeIn(message));
  await until('the messages', async () => (await messagesTo(fixture, reader)).length >= 10);
  assert.equal((await messagesTo(fixture, reader)).length, 2 + 8, 'strangers cost eight messages a day');
  const late = await openCodePage('198.51.100.2');
  assert.ok(!isIn(await typeCode(late, reader, codeIn(message))), 'one guess too many, though it is right');

  await own.open(codePage);
  await own.post(newCodePage, { credential: reader });
  const asked = await newMessage(reader, 10);
  assert.ok(isIn(await typeCode(own, reader, codeIn(asked))), 'by the own browser');

  const another = openReaderBrowser(fixture.url, '198.51.100.3');
  await another.open(first);
  await another.post(`${new URL(first).pathname}/resend`);
  const renewed = linkIn(await newMessage(reader, 11));
  await another.open(renewed);
  assert.ok(isIn(await another.post(renewed)), 'by a new link that a used one asked for');

  const fresh = openReaderBrowser(fixture.url, '198.51.100.4');
  await fresh.open(linkIn(message));
  assert.ok(isIn(await fresh.post(linkIn(message))), 'by the link of the message');
});

test('strangers guess at most so often, and learn of nobody who is known here', async () => {
  const nobody = 'nobody@example.com';
  const seen = [answers, await attack(nobody, '123456')];
  for (const told of seen) {
    const guesses = told.flatMap(([before, , later]) => [before ?? '', later ?? '']).filter(isGuess);
    assert.ok(guesses.length > 40 && guesses.length <= strangersGuessesPerDay, String(guesses.length));
  }
  const [ofReader, ofNobody] = seen.map((told) => new Set(told.flat()));
  assert.deepEqual([...(ofReader ?? [])].sort(), [...(ofNobody ?? [])].sort(), 'the same pages and headers');
  assert.equal((await messagesTo(fixture, nobody)).length, 0);
});

test('a day later the reader asks anew from wherever', async () => {
  await fixture.advance(86_400);
  const known = (await messagesTo(fixture, reader)).length;
  const fresh = await openCodePage('203.0.113.9');
  await fresh.post(newCodePage, { credential: reader });
  assert.ok(isIn(await typeCode(fresh, reader, codeIn(await newMessage(reader, known)))));
});
