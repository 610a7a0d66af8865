import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../../publishers/publisher.ts';
import type { TestFixture } from '../../testing/accounts.ts';
import { type Reader as Browser, type LoginPages, openLoginPages } from '../../testing/login-pages.ts';

let pages: LoginPages;
let fixture: TestFixture;
let first: Client;
let second: Client;
before(async () => {
  pages = await openLoginPages();
  fixture = pages.fixture;
});
after(() => pages.close());
beforeEach(async () => {
  first = await pages.addSite({ name: 'First' });
  second = await pages.addSite({ name: 'Second' });
});

const follow = (reader: Browser, at: Client) => pages.followLink(at, 'ola@example.no', reader);

async function ofBoth(): Promise<Browser> {
  const reader = pages.browser();
  await follow(reader, first);
  await follow(reader, second);
  return reader;
}

const back = 'https://avis.example/inn';

async function isIn(reader: Browser, { clientId }: Client): Promise<boolean> {
  const errorUrl = 'https://avis.example/ute';
  const query = new URLSearchParams({ clientId, returnUrl: back, errorUrl }).toString();
  return (await reader.open(`/user/loginCheck?${query}`)).location === back;
}

const both = async (reader: Browser) => [await isIn(reader, first), await isIn(reader, second)];

test('a reader of two publishers stays logged in at both, and each goes straight back', async () => {
  const reader = await ofBoth();
  assert.deepEqual(await both(reader), [true, true]);
  for (const { clientId } of [first, second]) {
    const query = new URLSearchParams({ clientId, returnUrl: back }).toString();
    assert.equal((await reader.open(`/user/login?${query}`)).location, back);
  }
  assert.match((await reader.open('/user/welcome')).html, /Second/, 'the last login');
  const shown = await reader.open(`/user/login?clientId=${first.clientId}`);
  assert.match((await reader.open(shown.location ?? '')).html, /First/);
});

test('logging out at one, in whichever order, leaves the other', async () => {
  for (const one of [first, second]) {
    const reader = await ofBoth();
    await reader.open(`/user/logout?clientId=${one.clientId}`);
    assert.match((await reader.post(`/user/logout?clientId=${one.clientId}`)).html, /You are logged out/);
    assert.deepEqual(await both(reader), [one !== first, one !== second]);
    await reader.post(`/user/logout?clientId=${one.clientId}`);
    assert.deepEqual(await both(reader), [one !== first, one !== second], 'pressed again');
    assert.equal((await reader.open('/user/welcome')).status, 200, 'of the other');
    await reader.open('/user/logout');
    await reader.post('/user/logout');
    assert.deepEqual(await both(reader), [false, false]);
  }
});

test('logging out everywhere is at the publisher of the page', async () => {
  const reader = await ofBoth();
  const page = await reader.open(`/user/welcome?clientId=${first.clientId}`);
  const action = /action="([^"]+everywhere[^"]*)"/.exec(page.html)?.[1] ?? '';
  await reader.post(action);
  assert.deepEqual(await both(reader), [false, true]);
});

test('another login at one publisher keeps its session there', async () => {
  const reader = await ofBoth();
  const sessions = () =>
    fixture.rows('SELECT session_uid FROM sessions WHERE publisher_id = $1', [first.publisher.publisherId]);
  const before = await sessions();
  await follow(reader, first);
  assert.deepEqual(await sessions(), before);
  assert.deepEqual(await both(reader), [true, true]);
});
