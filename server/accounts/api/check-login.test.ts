import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import type { Client } from '../../publishers/publisher.ts';
import type { TestFixture } from '../../testing/accounts.ts';
import { type LoginPages, openLoginPages, type Reader } from '../../testing/login-pages.ts';

let pages: LoginPages;
let fixture: TestFixture;
let client: Client;
let elsewhere: Client;
const returnAddresses = [{ url: 'https://avis.example/les', match: 'exact' as const }];
before(async () => {
  pages = await openLoginPages();
  fixture = pages.fixture;
  client = await fixture.addClient({ country: 'NO' }, { returnAddresses });
  elsewhere = await fixture.addClient({ country: 'NO' }, { returnAddresses });
});
after(() => pages.close());

const loggedIn = (at: Client) => pages.followLink(at, 'ola@example.no');

async function visitor(): Promise<Reader> {
  const reader = pages.browser();
  const { token } = await fixture.addLink(client, fixture.credential(client, 'kari@example.no'));
  await reader.open(`/l/${token}`);
  return reader;
}

const back = 'https://avis.example/les';
const error = 'https://avis.example/nei';

test('a redirect leads to one address or the other', async () => {
  const query = new URLSearchParams({ clientId: client.clientId, returnUrl: back, errorUrl: error });
  const ask = async (reader: Reader) => (await reader.open(`/user/loginCheck?${query.toString()}`)).location;
  assert.equal(await ask(await loggedIn(client)), back);
  assert.equal(await ask(await visitor()), error);
  assert.equal(await ask(pages.browser()), error);
  assert.equal(await ask(await loggedIn(elsewhere)), error, 'a session at another publisher is none here');
});

test('an address that is not on the list is never led to, and one that lacks is told', async () => {
  const reader = await loggedIn(client);
  const wrong: Record<string, string>[] = [
    { returnUrl: 'https://evil.example/', errorUrl: error },
    { returnUrl: back, errorUrl: 'https://evil.example/' },
    { returnUrl: back },
    { errorUrl: error },
    { returnUrl: back, errorUrl: error, clientId: 'nobody' },
  ];
  for (const query of wrong) {
    const given = new URLSearchParams({ clientId: client.clientId, ...query }).toString();
    const answer = await reader.open(`/user/loginCheck?${given}`);
    assert.deepEqual([answer.status, answer.location], [400, undefined], given);
  }
});

const unknown = (reason: string) => ({ status: 'unknown', reason });
const cases: [who: 'reader' | 'visitor' | 'nobody' | 'reader elsewhere', referer: string, told: object][] = [
  ['reader', 'https://avis.example/', { status: 'loggedIn' }],
  ['reader', 'https://avis.example/artikkel?x=1', { status: 'loggedIn' }],
  ['visitor', 'https://avis.example/', { status: 'loggedOut' }],
  ['reader elsewhere', 'https://avis.example/', { status: 'loggedOut' }],
  ['nobody', 'https://avis.example/', unknown('no_cookie')],
  ['reader', '', unknown('origin_not_listed')],
  ['reader', 'https://evil.example/', unknown('origin_not_listed')],
  ['reader', 'http://avis.example/', unknown('origin_not_listed')],
  ['reader', 'https://avis.example.evil.example/', unknown('origin_not_listed')],
  ['reader', 'https://avis.example@evil.example/', unknown('origin_not_listed')],
  ['reader', 'data:text/html,x', unknown('origin_not_listed')],
];

test('a script tells pages of listed origins, and nobody else, whether somebody is logged in', async () => {
  const readers = {
    reader: await loggedIn(client),
    visitor: await visitor(),
    nobody: pages.browser(),
    'reader elsewhere': await loggedIn(elsewhere),
  };
  for (const [who, referer, told] of cases) {
    const answer = await readers[who].open(`/user/loginCheck?clientId=${client.clientId}`, {
      ...(referer !== '' && { referer }),
      'sec-fetch-dest': 'script',
    });
    assert.equal(answer.status, 200);
    assert.match(String(answer.headers['content-type']), /^text\/javascript/);
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.deepEqual(run(answer.html), told, `${who} ${referer}`);
    assert.doesNotMatch(answer.html, /ola|[0-9a-f]{32}/);
  }
  const strangers = await pages.browser().open(`/user/loginCheck?clientId=${client.clientId}`, {
    referer: 'https://avis.example/',
    cookie: 'consent=yes; leveretish=1',
  });
  assert.deepEqual(run(strangers.html), unknown('no_cookie'), 'of a domain that we share');
  const nobodys = await readers.reader.open('/user/loginCheck?clientId=nobody', {
    referer: 'https://avis.example/',
  });
  assert.deepEqual(run(nobodys.html), unknown('client_unknown'));
});

/** What a page finds after the script has run, and what its listener is told. */
function run(script: string): unknown {
  const window = new EventTarget() as EventTarget & { leveretLogin?: unknown };
  let told: unknown;
  window.addEventListener('leveretlogin', (event) => {
    told = (event as CustomEvent).detail;
  });
  runInNewContext(script, { window, CustomEvent });
  assert.deepEqual(told, window.leveretLogin);
  return JSON.parse(JSON.stringify(told));
}
