import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../publishers/publisher.ts';
import { openTestFixture, type TestCredential, type TestFixture } from '../testing/accounts.ts';
import { type CodeOutcome, enterCode } from './enter-code.ts';
import { findSession } from './find-session.ts';
import { sendNewCode } from './send-new-code.ts';
import { spendLink } from './spend-link.ts';

let fixture: TestFixture;
let client: Client;
let ola: TestCredential;
let nobody: TestCredential;
before(async () => {
  fixture = await openTestFixture();
});
after(() => fixture.close());
beforeEach(async () => {
  client = await fixture.addClient();
  ola = fixture.credential(client, 'ola@example.no');
  nobody = fixture.credential(client, 'nobody@example.no');
});

let hosts = 0;
/** Each in a /24 of its own. */
const newAddress = () => {
  hosts += 1;
  return `10.${hosts >> 8}.${hosts & 255}.1`;
};

type From = { nonce?: string; address?: string; hasMark?: boolean; session?: string };

function caller(credential: TestCredential, from: From) {
  return {
    publisherId: client.publisher.publisherId,
    credentialKey: credential.key,
    address: from.address ?? newAddress(),
    visitor: { nonce: from.nonce ?? 'nonce', formerSessionId: from.session },
    hasMark: from.hasMark ?? false,
  };
}

const enter = (credential: TestCredential, code: string, from: From = {}): Promise<CodeOutcome> =>
  enterCode(fixture, { ...caller(credential, from), code });

const askForCode = (credential: TestCredential, from: From = {}) =>
  sendNewCode(fixture, { ...caller(credential, from), clientId: client.clientId });

const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');

test('the code of the newest link logs in with full strength, once', async () => {
  const old = await fixture.addLink(client, ola);
  const { code } = await fixture.addLink(client, ola);
  if (old.code !== code) assert.equal((await enter(ola, old.code)).kind, 'wrong');
  const outcome = await enter(ola, `${code.slice(0, 3)} ${code.slice(3)}`);
  assert.equal(outcome.kind, 'logged in');
  assert.equal((await findSession(fixture.database, outcome.sessionId))?.strength, 'code');
  assert.equal((await enter(ola, code, { nonce: 'another browser' })).kind, 'expired');
  assert.equal((await enter(ola, code)).kind, 'logged in', 'the same browser may press twice');
});

test('a link that was used has used its code', async () => {
  const { token, code } = await fixture.addLink(client, ola);
  await spendLink(fixture, token, { nonce: 'first', formerSessionId: undefined });
  assert.equal((await enter(ola, code)).kind, 'expired');
});

test('a code ends after ten minutes, though its link lasts', async () => {
  const { token, code } = await fixture.addLink(client, ola);
  await fixture.advance(601);
  assert.equal((await enter(ola, code)).kind, 'expired');
  assert.equal(
    (await spendLink(fixture, token, { nonce: 'n', formerSessionId: undefined }))?.kind,
    'logged in',
  );
});

test('five wrong tries are all there are, for who is known and for who is not', async () => {
  const { code } = await fixture.addLink(client, ola);
  const answers = [];
  for (const credential of [ola, nobody]) {
    const tries = [];
    for (let tried = 0; tried < 6; tried += 1) tries.push(await enter(credential, otherThan(code)));
    answers.push(tries);
  }
  assert.deepEqual(answers[0], answers[1]);
  assert.deepEqual(
    answers[0]?.map((answer) => (answer.kind === 'wrong' ? answer.triesLeft : answer.kind)),
    [4, 3, 2, 1, 'too many', 'too many'],
  );
  assert.equal((await enter(ola, code)).kind, 'too many', 'the right code comes too late');
});

test('what is not six digits costs none of the five tries, and is no way around them', async () => {
  const { code } = await fixture.addLink(client, ola);
  for (const typed of ['', '12345', '1234567', 'abcdef', '１２３４５', `${code} 7`]) {
    for (const credential of [ola, nobody]) {
      assert.deepEqual(await enter(credential, typed), { kind: 'wrong', triesLeft: 5 }, typed);
    }
  }
  for (let tried = 0; tried < 5; tried += 1) await enter(nobody, otherThan(code));
  assert.equal((await enter(nobody, 'abcdef')).kind, 'too many');
  assert.equal((await enter(ola, code)).kind, 'logged in');
});

test('one address does not ask without end by what is no code', async () => {
  const ask = () => enter(ola, 'x', { address: '198.51.100.8' });
  for (let tried = 0; tried < 60; tried += 1) assert.equal((await ask()).kind, 'wrong');
  assert.equal((await ask()).kind, 'too many');
});

test('twenty wrong tries at once are five tries', async () => {
  const { code } = await fixture.addLink(client, ola);
  const wrong = otherThan(code);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => enter(ola, wrong)));
  assert.equal(outcomes.filter((outcome) => outcome.kind === 'wrong').length, 4);
});

test('a code that was asked for has five tries, whatever becomes of the counters', async () => {
  await fixture.addLink(client, ola);
  await askForCode(ola);
  const { code } = await fixture.newestLink(client, ola);
  for (let tried = 0; tried < 5; tried += 1) await enter(ola, otherThan(code));
  await fixture.rows("DELETE FROM attempt_counters WHERE counter LIKE 'code try %'");
  assert.equal((await enter(ola, code)).kind, 'expired');
});

test('a new code brings five new tries, to known and unknown alike, and replaces the old one', async () => {
  const { code } = await fixture.addLink(client, ola);
  for (const credential of [ola, nobody]) {
    for (let tried = 0; tried < 5; tried += 1) await enter(credential, otherThan(code));
    await askForCode(credential);
    assert.deepEqual(await enter(credential, otherThan(code)), { kind: 'wrong', triesLeft: 4 });
  }
  const fresh = await fixture.newestLink(client, ola);
  assert.notEqual(fresh.linkId, undefined);
  assert.equal((await enter(ola, fresh.code)).kind, 'logged in');
});

test('a code that was asked for lasts ten minutes and goes to a known credential only', async () => {
  const before = await fixture.countEvents('login link issued');
  await askForCode(nobody);
  assert.equal(await fixture.countEvents('login link issued'), before);
  await fixture.addLink(client, ola);
  await askForCode(ola);
  const [row] = await fixture.rows(
    `SELECT purpose, extract(epoch FROM expires_at - created_at)::integer AS seconds FROM login_links
     WHERE publisher_id = $1 ORDER BY link_id DESC LIMIT 1`,
    [client.publisher.publisherId],
  );
  assert.deepEqual(row, { purpose: 'code', seconds: 600 });
  assert.equal(await fixture.countEvents('login link issued'), before + 2);
});

test('a code of another publisher is no code here', async () => {
  const { code } = await fixture.addLink(client, ola);
  client = await fixture.addClient();
  const elsewhere = fixture.credential(client, 'ola@example.no');
  assert.equal((await enter(elsewhere, code)).kind, 'wrong');
});

test('one address tries sixty codes an hour, whomever it tries them for', async () => {
  const enterFrom = (name: string) =>
    enter(fixture.credential(client, `${name}@example.no`), '000000', { address: '198.51.100.7' });
  for (let tried = 0; tried < 60; tried += 1) assert.equal((await enterFrom(`r${tried}`)).kind, 'wrong');
  assert.equal((await enterFrom('next')).kind, 'too many');
  await fixture.advance(3601);
  assert.equal((await enterFrom('next')).kind, 'wrong');
});

test('a code opens in the browser that asked for it, and in no other', async () => {
  await fixture.addLink(client, ola);
  await askForCode(ola, { nonce: 'asking' });
  const { code } = await fixture.newestLink(client, ola);
  for (const from of [{ nonce: 'other' }, { nonce: 'other', hasMark: true }]) {
    assert.equal((await enter(ola, code, from)).kind, 'wrong');
  }
  assert.equal((await enter(ola, code, { nonce: 'asking' })).kind, 'logged in');
});

test("a stranger's codes replace neither the one that the system sent nor the reader's own", async () => {
  const sent = await fixture.addLink(client, ola);
  await askForCode(ola, { nonce: 'asking' });
  const asked = await fixture.newestLink(client, ola);
  await askForCode(ola, { nonce: 'stranger' });
  assert.equal((await enter(ola, asked.code, { nonce: 'asking' })).kind, 'logged in');
  assert.equal((await enter(ola, sent.code, { nonce: 'fresh' })).kind, 'logged in');
});

test('forty wrong tries of strangers a day are all, and the reader comes in by the own browser', async () => {
  const { code } = await fixture.addLink(client, ola);
  const tries = await fromManyBrowsers((from) => enter(ola, otherThan(code), from), 60);
  assert.equal(tries.filter(({ kind }) => kind === 'wrong').length, 40);
  assert.equal((await enter(ola, code, { nonce: 'fresh' })).kind, 'too many');
  assert.equal((await enter(ola, code, { nonce: 'own', hasMark: true })).kind, 'logged in');
});

test('a session of the reader makes a known browser, that of somebody else does not', async () => {
  const kari = fixture.credential(client, 'kari@example.no');
  const sessions = [];
  for (const credential of [ola, kari]) {
    const { code } = await fixture.addLink(client, credential);
    const outcome = await enter(credential, code, { nonce: 'first' });
    assert.equal(outcome.kind, 'logged in');
    sessions.push(outcome.sessionId);
  }
  const { code } = await fixture.addLink(client, ola);
  await fromManyBrowsers((from) => enter(ola, otherThan(code), from), 40);
  const [own, karis] = sessions;
  assert.equal((await enter(ola, code, { nonce: 'b', session: karis ?? '' })).kind, 'too many');
  assert.equal((await enter(ola, code, { nonce: 'c', session: own ?? '' })).kind, 'logged in');
});

test('strangers are granted eight codes a day for one reader, one network five, the reader others', async () => {
  await fixture.addLink(client, ola);
  const granted = async (requests: number, from: (number: number) => From) => {
    const before = await fixture.countEvents('login link issued');
    for (let asked = 0; asked < requests; asked += 1) await askForCode(ola, from(asked));
    return (await fixture.countEvents('login link issued')) - before;
  };
  const address = '203.0.113.5';
  assert.equal(await granted(9, (number) => ({ nonce: `near ${number}`, address })), 5);
  assert.equal(await granted(9, (number) => ({ nonce: `far ${number}` })), 3);
  assert.equal(await granted(9, (number) => ({ nonce: `own ${number}`, hasMark: true, address })), 9);
  await fixture.advance(86_400);
  assert.equal(await granted(1, () => ({ nonce: 'fresh', address })), 1);
});

/** As many browsers as tries, each at an address of its own. */
async function fromManyBrowsers<Answer>(use: (from: From) => Promise<Answer>, many: number) {
  const answers: Answer[] = [];
  for (let number = 0; number < many; number += 1) answers.push(await use({ nonce: `browser ${number}` }));
  return answers;
}
