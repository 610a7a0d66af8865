import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../../publishers/publisher.ts';
import type { TestFixture } from '../../testing/accounts.ts';
import { type LoginPages, openLoginPages, type Reader } from '../../testing/login-pages.ts';

let pages: LoginPages;
let fixture: TestFixture;
let client: Client;
before(async () => {
  pages = await openLoginPages();
  fixture = pages.fixture;
});
after(() => pages.close());
beforeEach(async () => {
  // All tests call from one address, which has a budget for an hour.
  await fixture.advance(3600);
  client = await pages.addSite();
});

const returnUrl = 'https://avis.example/les?a=b%20c';
const errorUrl = 'https://avis.example/nei';
const authorize = '/user/oauth/authorize?client_id=x&state=1';

const pageOf = (more: Record<string, string> = {}, name = 'login') =>
  `/user/${name}?${new URLSearchParams({ clientId: client.clientId, returnUrl, errorUrl, ...more }).toString()}`;

const codeTo = async (text: string) =>
  (await fixture.newestLink(client, fixture.credential(client, text))).code;

const countLinks = async () =>
  (await fixture.rows('SELECT FROM login_links WHERE publisher_id = $1', [client.publisher.publisherId]))
    .length;

/** Types a credential and then the code that was sent to it. */
async function logIn(reader: Reader, credential: string, page = pageOf()) {
  await reader.open(page);
  const asked = await reader.post(page, { fields: { credential, step: 'send' } });
  assert.match(asked.html, /name="code"/);
  return reader.post(page, { fields: { credential, step: 'enter', code: await codeTo(credential) } });
}

test('a code logs in whoever has the credential, with an account or without, on every page', async () => {
  await fixture.addLink(client, fixture.credential(client, 'kari@example.no'));
  for (const name of ['login', 'createUser', 'register']) {
    for (const credential of ['kari@example.no', `new.${name}@example.no`, '900 00 001']) {
      const reader = pages.browser();
      const back = await logIn(reader, credential, pageOf({}, name));
      assert.deepEqual([back.status, back.location], [303, returnUrl], `${name} ${credential}`);
      assert.ok(reader.cookies.has('__Host-leveret'));
    }
  }
});

test('nothing tells whether there is an account, a closed one included', async () => {
  for (const state of ['active', 'closed']) {
    await fixture.addLink(client, fixture.credential(client, `${state}@example.no`));
    await logIn(pages.browser(), `${state}@example.no`);
  }
  await fixture.rows(
    `UPDATE accounts SET state = 'closed' WHERE account_id IN (
       SELECT account_id FROM credentials WHERE publisher_id = $1 AND credential = 'closed@example.no')`,
    [client.publisher.publisherId],
  );
  const seen = [];
  for (const name of ['active', 'closed', 'nobody']) {
    const reader = pages.browser();
    const fields = { credential: `${name}@example.no` };
    const opened = [await reader.open(pageOf()), await reader.post(pageOf(), { fields })];
    const code = (await codeTo(`${name}@example.no`)) === '000000' ? '000001' : '000000';
    for (let tried = 0; tried < 6; tried += 1)
      opened.push(await reader.post(pageOf(), { fields: { ...fields, code, step: 'enter' } }));
    opened.push(await reader.post(pageOf(), { fields: { ...fields, step: 'again' } }));
    seen.push(
      opened.map(({ status, html }) => [
        status,
        html.replaceAll(`${name}@`, 'x@').replaceAll(/name="nonce" value="[^"]+"/g, ''),
      ]),
    );
  }
  assert.deepEqual(seen[0], seen[2]);
  assert.deepEqual(seen[1], seen[2]);
});

test('a closed account is told to who has its code, in the language of the reader', async () => {
  await logIn(pages.browser(), 'ola@example.no');
  await fixture.rows("UPDATE accounts SET state = 'closed' WHERE publisher_id = $1", [
    client.publisher.publisherId,
  ]);
  const reader = pages.browser();
  const headers = { 'accept-language': 'fi' };
  await reader.open(pageOf());
  await reader.post(pageOf(), { fields: { credential: 'ola@example.no' } });
  const code = await codeTo('ola@example.no');
  const told = await reader.post(pageOf(), {
    fields: { credential: 'ola@example.no', code, step: 'enter' },
    headers,
  });
  assert.equal(told.status, 403);
  assert.match(told.html, /Tämä tili on suljettu/);
  assert.ok(!reader.cookies.has('__Host-leveret'));
});

test('tabs, the page again and a late press send one code and all go on', async () => {
  const reader = pages.browser();
  const fields = { credential: 'ola@example.no' };
  await reader.open(pageOf());
  await reader.open(pageOf());
  await reader.post(pageOf(), { fields });
  await reader.post(pageOf(), { fields });
  assert.equal(await countLinks(), 1);
  const code = await codeTo('ola@example.no');
  // Sent by Enter, without the name of a button.
  assert.equal((await reader.post(pageOf(), { fields: { ...fields, code } })).location, returnUrl);
  await fixture.advance(90);
  const late = await reader.post(pageOf(), { fields: { ...fields, code, step: 'enter' } });
  assert.equal(late.location, returnUrl, 'another tab has used the code');
  const stranger = pages.browser();
  await stranger.open(pageOf());
  const used = await stranger.post(pageOf(), { fields: { ...fields, code, step: 'enter' } });
  assert.equal(used.status, 200);
  assert.ok(!stranger.cookies.has('__Host-leveret'));
});

test('a code is for the browser that asked, and one that is over gives way to a new one', async () => {
  const reader = pages.browser();
  const fields = { credential: 'ola@example.no' };
  await reader.open(pageOf());
  await reader.post(pageOf(), { fields });
  const code = await codeTo('ola@example.no');
  const other = pages.browser();
  await other.open(pageOf());
  const refused = await other.post(pageOf(), { fields: { ...fields, code, step: 'enter' } });
  assert.match(refused.html, /not the right code/);
  await fixture.advance(601);
  await fixture.addLink(client, fixture.credential(client, 'ola@example.no'));
  await reader.post(pageOf(), { fields: { ...fields, step: 'again' } });
  const fresh = await codeTo('ola@example.no');
  const back = await reader.post(pageOf(), { fields: { ...fields, code: fresh, step: 'enter' } });
  assert.equal(back.location, returnUrl);
});

test('who is logged in goes straight back, and another credential is asked about first', async () => {
  const reader = pages.browser();
  await logIn(reader, 'ola@example.no');
  for (const name of ['login', 'createUser', 'register']) {
    for (const more of [{}, { credential: 'OLA@example.no' }]) {
      assert.equal((await reader.open(pageOf(more, name))).location, returnUrl, name);
    }
  }
  const session = reader.cookies.get('__Host-leveret');
  const links = await countLinks();
  const asked = await reader.open(pageOf({ credential: 'kari@example.no' }, 'createUser'));
  assert.match(asked.html, /o\*\*\*@example\.no is logged in here/);
  assert.doesNotMatch(asked.html, /ola@/i);
  const typed = await reader.post(pageOf(), { fields: { credential: 'kari@example.no', step: 'send' } });
  assert.match(typed.html, /value="switch"/);
  assert.equal(await countLinks(), links, 'nothing is sent before the reader has agreed');
  const fields = { credential: 'kari@example.no' };
  await reader.post(pageOf(), { fields: { ...fields, step: 'switch' } });
  assert.equal(reader.cookies.get('__Host-leveret'), session);
  const code = await codeTo('kari@example.no');
  const back = await reader.post(pageOf(), { fields: { ...fields, code, step: 'enter' } });
  assert.equal(back.location, returnUrl);
  const rows = await fixture.rows(
    'SELECT 1 AS one FROM sessions WHERE publisher_id = $1 AND ended_at IS NULL',
    [client.publisher.publisherId],
  );
  assert.equal(rows.length, 1, 'the session of the other has ended');
});

test('our own authorization has the reader log in again, and never sends them round', async () => {
  const reader = pages.browser();
  await logIn(reader, 'ola@example.no');
  const page = pageOf({ returnUrl: authorize });
  const again = await reader.open(page);
  assert.match(again.html, /log in once more/);
  const uid = () =>
    fixture.rows('SELECT session_uid FROM sessions WHERE publisher_id = $1', [client.publisher.publisherId]);
  const before = await uid();
  const back = await logIn(reader, 'ola@example.no', page);
  assert.equal(back.location, `http://localhost:8080${authorize}`);
  assert.deepEqual(await uid(), before, 'the same session, for the sites that know it');
});

test('the link in the message goes on to the site only in the browser that asked', async () => {
  for (const isElsewhere of [false, true]) {
    const reader = pages.browser();
    const page = pageOf({ returnUrl: authorize });
    await reader.open(page);
    await reader.post(page, { fields: { credential: 'ola@example.no', step: 'again' } });
    const { token } = await fixture.newestLink(client, fixture.credential(client, 'ola@example.no'));
    const opener = isElsewhere ? pages.browser() : reader;
    await opener.open(`/l/${token}`);
    const { location } = await opener.post(`/l/${token}`);
    assert.equal(location, isElsewhere ? '/user/welcome' : `http://localhost:8080${authorize}`);
  }
});

test('an address that leads nowhere says so before anything is sent', async () => {
  const reader = pages.browser();
  const cases: [string, RegExp][] = [
    [pageOf({ clientId: 'nobody' }), /hvilket nettsted du kommer fra/],
    ['/user/login', /hvilket nettsted du kommer fra/],
    [pageOf({ returnUrl: 'https://evil.example/' }), /cannot send you back/],
    [pageOf({ errorUrl: 'https://evil.example/' }), /cannot send you back/],
    [pageOf({ returnUrl: 'http://localhost:8080/user/logout' }), /cannot send you back/],
  ];
  for (const [path, words] of cases) {
    for (const shown of [await reader.open(path), await reader.post(path)]) {
      assert.equal(shown.status, 400, path);
      assert.match(shown.html, words, path);
    }
  }
  for (const path of [pageOf({ assumeNewUser: 'maybe' }), pageOf({ retrunUrl: returnUrl })])
    assert.equal((await reader.open(path)).status, 400, path);
  await reader.open(pageOf());
  const step = await reader.post(pageOf(), { fields: { credential: 'ola@example.no', step: 'x' } });
  assert.equal(step.status, 400);
  const foreign = { fields: { credential: 'a@b.no' }, headers: { 'sec-fetch-site': 'cross-site' } };
  assert.equal((await reader.post(pageOf(), foreign)).status, 403);
  assert.equal(await countLinks(), 0);
});

test('what cannot be written to, and a browser without cookies, are told so', async () => {
  const reader = pages.browser();
  await reader.open(pageOf());
  const told: [string, RegExp][] = [
    ['hello', /neither an <span class="whole">e-mail<\/span> address nor/],
    ['+1 202 555 0123', /neither an <span class="whole">e-mail<\/span> address nor|cannot send an SMS/],
    ['+44 7400 123456', /cannot send an SMS/],
  ];
  for (const [credential, words] of told)
    assert.match((await reader.post(pageOf(), { fields: { credential } })).html, words, credential);
  const blocked = await pages.browser().post(pageOf(), { fields: { credential: 'ola@example.no' } });
  assert.equal(blocked.status, 403);
  assert.match(blocked.html, /does not accept cookies/);
  assert.match(blocked.html, /value="ola@example\.no"/);
  assert.equal(await countLinks(), 0);
});

test('a site may have the code sent at once, and opening alone sends nothing', async () => {
  const reader = pages.browser();
  const page = pageOf({ credential: 'ola@example.no', credentialSubmit: 'true' }, 'createUser');
  const shown = await reader.open(page, { referer: 'https://avis.example/les' });
  assert.match(shown.html, /submit-form\.js/);
  assert.match(String(shown.headers['content-security-policy']), /script-src 'self'/);
  assert.equal(await countLinks(), 0);
  const unasked = pageOf({ credential: 'ola@example.no' });
  for (const [address, headers] of [
    [unasked, { referer: 'https://avis.example/' }],
    [page, { referer: 'https://evil.example/', 'sec-fetch-site': 'cross-site' }],
    [page, { 'sec-fetch-site': 'none' }],
  ] as const)
    assert.doesNotMatch((await reader.open(address, headers)).html, /<script/);
  assert.match((await reader.post(page, { fields: { credential: 'ola@example.no' } })).html, /name="code"/);
});
