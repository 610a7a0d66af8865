import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { linkIn, messagesTo } from '../builders/ledgers.ts';
import { complete, prepaidOrder, register } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

async function buyFor(credential: string) {
  const payer = { lastName: 'Nordmann', emails: ['payer@example.com'] };
  const orderId = await register(client, prepaidOrder({ payer }));
  await complete(client, orderId, { credential });
  const [message] = await until('the message', async () => {
    const messages = await messagesTo(fixture, credential);
    return messages.length > 0 && messages;
  });
  assert.ok(message);
  return { link: linkIn(message), code: /\b\d{6}\b/.exec(message.text)?.[0] ?? '' };
}

type Shown = { status: number; html: string; cookies: string; location: string | null };

async function send(address: string, init: RequestInit = {}): Promise<Shown> {
  const reply = await fetch(address, { redirect: 'manual', ...init });
  const cookies = reply.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  const location = reply.headers.get('location');
  return { status: reply.status, html: await reply.text(), cookies: cookies.join('; '), location };
}

const nonceIn = (html: string) => /name="nonce" value="([^"]+)"/.exec(html)?.[1] ?? '';

function press(address: string, page: Shown, fields: Record<string, string> = {}, cookie = page.cookies) {
  const body = new URLSearchParams({ nonce: nonceIn(page.html), ...fields });
  return send(address, { method: 'POST', body, headers: cookie === '' ? {} : { cookie } });
}

/** One of each kind; what else may stand behind an address is a table of its own, without a server. */
const tails = [
  '.',
  '/',
  ').',
  '%20',
  '&gt;',
  '%20og%20mer',
  '&fbclid=1',
  '?utm_source=mail&utm_medium=x',
  '%',
];

test('a login link opens whatever was copied with it, and changes nothing', async () => {
  const { link } = await buyFor('copied@example.com');
  for (const tail of tails) {
    for (const method of ['HEAD', 'GET']) {
      const page = await send(link + tail, { method });
      assert.equal(page.status, 200, `${method} ${tail}`);
      if (method === 'GET') assert.match(page.html, new RegExp(`action="${new URL(link).pathname}"`), tail);
    }
  }
  const page = await send(`${link}.`);
  const back = await press(`${link})`, page);
  assert.deepEqual([back.status, back.location], [303, '/user/welcome']);
  // A link that was used leads to a new one, with the same behind it.
  for (const tail of tails) {
    const used = await send(link + tail);
    assert.match(used.html, /\/resend"/, tail);
  }
});

test('an address of payment opens whatever was copied with it', async () => {
  const order = { payer: { lastName: 'N', emails: ['p@example.com'] } };
  const line = { productSpecType: 'product', product: 'GUIDE' };
  const { body } = await client.post('/capi/v1/client/order', { ...order, orderLines: [line] });
  const address = body['fulfillmentUrl'];
  assert.ok(typeof address === 'string');
  const clean = await send(address);
  for (const tail of tails) {
    const page = await send(address + tail);
    assert.equal(page.status, clean.status, tail);
    assert.equal(/<h1[^>]*>[^<]*/.exec(page.html)?.[0], /<h1[^>]*>[^<]*/.exec(clean.html)?.[0], tail);
  }
});

const codePage = '/user/code?clientId=no.leveret.demo';

test('a code is its digits, and the credential any spelling', async () => {
  const ways: ((code: string) => string)[] = [
    (code) => code,
    (code) => `${code.slice(0, 3)} ${code.slice(3)}`,
    (code) => `${code.slice(0, 3)}\u00a0${code.slice(3)}`,
    (code) => `${code.slice(0, 3)}-${code.slice(3)}`,
    (code) => `${code.slice(0, 3)}\u2011${code.slice(3)}`,
    (code) => ` ${[...code].join(' ')}\t`,
    (code) => code.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    (code) => code.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
    (code) => `Code: ${code}.`,
    (code) => `\u200b${code}\ufeff`,
  ];
  for (const [index, write] of ways.entries()) {
    const { code } = await buyFor(`code${index}@example.com`);
    assert.match(code, /^\d{6}$/);
    const page = await send(fixture.url + codePage);
    const credential = `Kari <CODE${index}@example.com>;`;
    const back = await press(fixture.url + codePage, page, { credential, code: write(code) });
    assert.equal(back.status, 303, JSON.stringify(write(code)));
  }
});

test('a browser that keeps no cookie is told so, and where the code is typed, in its language', async () => {
  const { link } = await buyFor('cookieless@example.com');
  const languages = { nb: /informasjonskapsler/, nn: /informasjonskapslar/, sv: /kakor/, da: /cookies/ };
  const more = { fi: /evästeitä/, en: /cookies/ };
  for (const [language, words] of Object.entries({ ...languages, ...more })) {
    const page = await send(link, { headers: { 'accept-language': language } });
    const body = new URLSearchParams({ nonce: nonceIn(page.html) });
    const headers = { 'accept-language': language };
    const blocked = await send(link, { method: 'POST', body, headers });
    assert.equal(blocked.status, 403);
    assert.match(blocked.html, words, language);
    assert.match(blocked.html, /href="\/user\/code\?clientId=no\.leveret\.demo"/);
    const typed = await send(fixture.url + codePage, { method: 'POST', body, headers });
    assert.match(typed.html, words, language);
  }
  const page = await send(link);
  assert.doesNotMatch(page.html, /role="alert"/, 'whoever only opens the link is told nothing');
  const again = await press(link, await press(link, page, {}, ''));
  assert.equal(again.status, 303, 'with cookies on, the button of that page logs in');
});

test('a reader at a domain of another script is written to in punycode, and logs in by either', async () => {
  const { code } = await buyFor('kari@bokmål.no');
  const messages = await messagesTo(fixture, 'kari@xn--bokml-pra.no');
  assert.equal(messages.length, 1);
  const page = await send(fixture.url + codePage);
  const fields = { credential: 'kari@xn--bokml-pra.no', code };
  assert.equal((await press(fixture.url + codePage, page, fields)).status, 303);
});
