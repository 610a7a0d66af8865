import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../../publishers/publisher.ts';
import { openTestFixture, type TestFixture } from '../../testing/accounts.ts';
import { createTestBrowser, serveRows, type TestServer } from '../../testing/browser.ts';
import { askForCode } from './ask-for-code.ts';
import { logInByCode } from './log-in-by-code.ts';
import { openCodePage } from './open-code-page.ts';

let fixture: TestFixture;
let app: TestServer;
let client: Client;
let page: string;
before(async () => {
  fixture = await openTestFixture();
  app = await serveRows(fixture, [
    { method: 'GET', path: '/user/code', who: 'browser', endpoint: openCodePage },
    { method: 'POST', path: '/user/code', who: 'browser', endpoint: logInByCode },
    { method: 'POST', path: '/user/code/new', who: 'browser', endpoint: askForCode },
  ]);
});
after(async () => {
  await app.close();
  await fixture.close();
});
beforeEach(async () => {
  const returnAddresses = [{ url: 'https://avis.example/les', match: 'exact' as const }];
  client = await fixture.addClient({ country: 'NO', locale: 'en' }, { returnAddresses });
  page = `?clientId=${client.clientId}`;
});

const returnUrl = 'https://avis.example/les';

test('a code logs in, however the credential is spelled, and leads where its link would have', async () => {
  const spelled = { '+4790000001': '900 00 001', 'Ola@example.no': ' ola@EXAMPLE.no ' };
  for (const [sentTo, credential] of Object.entries(spelled)) {
    const { code } = await fixture.addLink(client, fixture.credential(client, sentTo), { returnUrl });
    const reader = createTestBrowser(app);
    const shown = await reader.open(`/user/code${page}`);
    assert.match(String(shown.headers['content-security-policy']), /form-action 'self' https:(;|$)/);
    const back = await reader.post(`/user/code${page}`, { fields: { credential, code } });
    assert.deepEqual([back.status, back.location], [303, returnUrl]);
    assert.ok(reader.cookies.has('__Host-leveret'));
  }
});

test('what is no credential has one counter, however it is spelled', async () => {
  const reader = createTestBrowser(app);
  await reader.open(`/user/code${page}`);
  const type = (credential: string) =>
    reader.post(`/user/code${page}`, { fields: { credential, code: '000000' } });
  for (const spelled of ['nobody 1', 'ＮＯＢＯＤＹ 1', 'nobody\u00a01', 'no\u200bbody 1', 'nobody ١']) {
    await type(spelled);
  }
  assert.doesNotMatch((await type('nobody 1')).html, /name="code"/);
});

test('known and unknown credentials get the same pages', async () => {
  const { code } = await fixture.addLink(client, fixture.credential(client, 'ola@example.no'));
  const wrong = code === '000000' ? '000001' : '000000';
  const seen = [];
  for (const name of ['ola', 'nobody']) {
    const reader = createTestBrowser(app);
    const fields = { credential: `${name}@example.no`, code: wrong };
    await reader.open(`/user/code${page}`);
    const pages = [];
    for (let tried = 0; tried < 6; tried += 1) pages.push(await reader.post(`/user/code${page}`, { fields }));
    pages.push(await reader.post(`/user/code/new${page}`, { fields }));
    pages.push(await reader.post(`/user/code${page}`, { fields }));
    seen.push(
      pages.map(({ status, html }) => [
        status,
        html.replaceAll(`${name}@`, 'someone@').replaceAll(/name="nonce" value="[^"]+"/g, ''),
      ]),
    );
  }
  assert.deepEqual(seen[0], seen[1]);
  assert.match(String(seen[0]?.[3]?.[1]), /one try left/);
  assert.match(String(seen[0]?.[4]?.[1]), /Too many/);
});

test('what is no credential is answered like one that nobody has', async () => {
  const reader = createTestBrowser(app);
  await reader.open(`/user/code${page}`);
  for (const credential of ['', 'x', '123', '<script>']) {
    const answer = await reader.post(`/user/code${page}`, { fields: { credential, code: '123456' } });
    assert.equal(answer.status, 200);
    assert.match(answer.html, /not the right code/);
    const asked = await reader.post(`/user/code/new${page}`, { fields: { credential } });
    assert.match(asked.html, /on its way/);
  }
});

test('a disabled client has no page', async () => {
  const { code } = await fixture.addLink(client, fixture.credential(client, 'ola@example.no'));
  const reader = createTestBrowser(app);
  await reader.open(`/user/code${page}`);
  await fixture.disableClient(client);
  assert.equal((await reader.open(`/user/code${page}`)).status, 400);
  for (const path of ['/user/code', '/user/code/new']) {
    const fields = { credential: 'ola@example.no', code };
    assert.equal((await reader.post(`${path}${page}`, { fields })).status, 400);
  }
});

test('the page needs a client, and its forms need the page', async () => {
  const reader = createTestBrowser(app);
  for (const path of ['/user/code', '/user/code?clientId=nobody']) {
    assert.equal((await reader.open(path)).status, 400);
    assert.equal((await reader.post(path)).status, 400);
  }
  for (const path of ['/user/code', '/user/code/new']) {
    await reader.open(`/user/code${page}`);
    const foreign = { headers: { 'sec-fetch-site': 'cross-site' } };
    assert.equal((await reader.post(`${path}${page}`, foreign)).status, 403);
    const stale = await createTestBrowser(app).post(`${path}${page}`);
    assert.equal(stale.status, 403);
    assert.match(stale.html, /name="code"/);
  }
});
