import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../publishers/publisher.ts';
import { type CodeOutcome, enterCode } from './enter-code.ts';
import { findSession } from './find-session.ts';
import { sendNewCode } from './send-new-code.ts';
import { spendLink } from './spend-link.ts';
import { openTestHouse, type TestCredential, type TestHouse } from './test-house.ts';

let house: TestHouse;
let client: Client;
let ola: TestCredential;
let nobody: TestCredential;
before(async () => {
  house = await openTestHouse();
});
after(() => house.close());
beforeEach(async () => {
  client = await house.addClient();
  ola = house.credential(client, 'ola@example.no');
  nobody = house.credential(client, 'nobody@example.no');
});

let hosts = 0;
const newAddress = () => `192.0.2.${(hosts += 1)}`;

function enter(credential: TestCredential, code: string, nonce = 'nonce'): Promise<CodeOutcome> {
  return enterCode(house, {
    publisherId: client.publisher.publisherId,
    credentialKey: credential.key,
    code,
    address: newAddress(),
    visitor: { nonce, formerSessionId: undefined },
  });
}

const askForCode = (credential: TestCredential, address = newAddress()) =>
  sendNewCode(house, {
    publisherId: client.publisher.publisherId,
    clientId: client.clientId,
    credentialKey: credential.key,
    address,
  });

const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');

test('the code of the newest link logs in with full strength, once', async () => {
  const old = await house.addLink(client, ola);
  const { code } = await house.addLink(client, ola);
  if (old.code !== code) assert.equal((await enter(ola, old.code)).kind, 'wrong');
  const outcome = await enter(ola, `${code.slice(0, 3)} ${code.slice(3)}`);
  assert.equal(outcome.kind, 'logged in');
  assert.equal((await findSession(house.database, outcome.sessionId))?.strength, 'full');
  assert.equal((await enter(ola, code, 'another browser')).kind, 'expired');
  assert.equal((await enter(ola, code)).kind, 'logged in', 'the same browser may press twice');
});

test('a link that was used has used its code', async () => {
  const { token, code } = await house.addLink(client, ola);
  await spendLink(house, token, { nonce: 'first', formerSessionId: undefined });
  assert.equal((await enter(ola, code)).kind, 'expired');
});

test('a code ends after ten minutes, though its link lasts', async () => {
  const { token, code } = await house.addLink(client, ola);
  await house.advance(601);
  assert.equal((await enter(ola, code)).kind, 'expired');
  assert.equal(
    (await spendLink(house, token, { nonce: 'n', formerSessionId: undefined }))?.kind,
    'logged in',
  );
});

test('five wrong tries are all there are, for who is known and for who is not', async () => {
  const { code } = await house.addLink(client, ola);
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
  const { code } = await house.addLink(client, ola);
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
  const ask = () =>
    enterCode(house, {
      publisherId: client.publisher.publisherId,
      credentialKey: ola.key,
      code: 'x',
      address: '198.51.100.8',
      visitor: { nonce: 'n', formerSessionId: undefined },
    });
  for (let tried = 0; tried < 60; tried += 1) assert.equal((await ask()).kind, 'wrong');
  assert.equal((await ask()).kind, 'too many');
});

test('twenty wrong tries at once are five tries, and waiting does not bring the code back', async () => {
  const { code } = await house.addLink(client, ola);
  const wrong = otherThan(code);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => enter(ola, wrong)));
  assert.equal(outcomes.filter((outcome) => outcome.kind === 'wrong').length, 4);
  await house.rows("DELETE FROM attempt_counters WHERE counter LIKE 'code try %'");
  assert.equal((await enter(ola, code)).kind, 'expired');
});

test('a new code brings five new tries, to known and unknown alike, and replaces the old one', async () => {
  const { code } = await house.addLink(client, ola);
  for (const credential of [ola, nobody]) {
    for (let tried = 0; tried < 5; tried += 1) await enter(credential, otherThan(code));
    await askForCode(credential);
    assert.deepEqual(await enter(credential, otherThan(code)), { kind: 'wrong', triesLeft: 4 });
  }
  const fresh = await house.newestLink(client, ola);
  assert.notEqual(fresh.linkId, undefined);
  assert.equal((await enter(ola, fresh.code)).kind, 'logged in');
});

test('a code that was asked for lasts ten minutes and goes to a known credential only', async () => {
  const before = house.countEvents('login link issued');
  await askForCode(nobody);
  assert.equal(house.countEvents('login link issued'), before);
  await house.addLink(client, ola);
  await askForCode(ola);
  const [row] = await house.rows(
    `SELECT purpose, extract(epoch FROM expires_at - created_at)::integer AS seconds FROM login_links
     WHERE publisher_id = $1 ORDER BY link_id DESC LIMIT 1`,
    [client.publisher.publisherId],
  );
  assert.deepEqual(row, { purpose: 'code', seconds: 600 });
  assert.equal(house.countEvents('login link issued'), before + 2);
});

test('a code of another publisher is no code here', async () => {
  const { code } = await house.addLink(client, ola);
  client = await house.addClient();
  const elsewhere = house.credential(client, 'ola@example.no');
  assert.equal((await enter(elsewhere, code)).kind, 'wrong');
});

test('one address tries sixty codes an hour, whomever it tries them for', async () => {
  const enterFrom = (name: string) =>
    enterCode(house, {
      publisherId: client.publisher.publisherId,
      credentialKey: house.credential(client, `${name}@example.no`).key,
      code: '000000',
      address: '198.51.100.7',
      visitor: { nonce: 'n', formerSessionId: undefined },
    });
  for (let tried = 0; tried < 60; tried += 1) assert.equal((await enterFrom(`r${tried}`)).kind, 'wrong');
  assert.equal((await enterFrom('next')).kind, 'too many');
  await house.advance(3601);
  assert.equal((await enterFrom('next')).kind, 'wrong');
});
