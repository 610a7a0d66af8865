import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../publishers/publisher.ts';
import { openTestFixture, type TestCredential, type TestFixture } from '../testing/accounts.ts';
import { pruneAccounts } from './prune-accounts.ts';
import { sendNewCode } from './send-new-code.ts';
import { sendNewLink } from './send-new-link.ts';
import { secretHash } from './session.ts';
import { spendLink } from './spend-link.ts';

let fixture: TestFixture;
let client: Client;
let ola: TestCredential;
before(async () => {
  fixture = await openTestFixture();
});
after(() => fixture.close());
beforeEach(async () => {
  client = await fixture.addClient();
  ola = fixture.credential(client, 'ola@example.no');
});

const sendAgain = (token: string) =>
  sendNewLink({ ...fixture, settings: { publicUrl: '' } }, token, secretHash('nonce'));

/** How many of so many requests for a new link were followed. */
async function followed(token: string, requests: number): Promise<number> {
  const before = await fixture.countEvents('login link issued');
  for (let asked = 0; asked < requests; asked += 1) await sendAgain(token);
  return (await fixture.countEvents('login link issued')) - before;
}

test('three new links in any ten minutes and six in any day go to one credential', async () => {
  const { token } = await fixture.addLink(client, ola);
  assert.equal(await followed(token, 2), 2);
  await fixture.advance(300);
  assert.equal(await followed(token, 4), 1);
  await fixture.advance(301);
  assert.equal(await followed(token, 4), 2, 'the first two are ten minutes old');
  await fixture.advance(600);
  assert.equal(await followed(token, 4), 1, 'the sixth of the day');
  await fixture.advance(86_400 - 1300);
  assert.equal(await followed(token, 1), 0);
  await fixture.advance(200);
  assert.equal(await followed(token, 1), 1, 'the first two are a day old');
});

test('requests that come at once do not slip past the limit', async () => {
  const { token } = await fixture.addLink(client, ola);
  const before = await fixture.countEvents('login link issued');
  await Promise.all(Array.from({ length: 30 }, () => sendAgain(token)));
  assert.equal((await fixture.countEvents('login link issued')) - before, 3);
});

test('all links of one reader are twenty a day, so that they do not multiply', async () => {
  const before = await fixture.countEvents('login link issued');
  for (let made = 0; made < 5; made += 1) await followed((await fixture.addLink(client, ola)).token, 6);
  await fixture.advance(601);
  for (let made = 0; made < 5; made += 1) await followed((await fixture.addLink(client, ola)).token, 3);
  assert.equal((await fixture.countEvents('login link issued')) - before - 10, 20);
});

test('what strangers ask for leaves the links of the reader, and those of one link the other', async () => {
  const [first, second] = [await fixture.addLink(client, ola), await fixture.addLink(client, ola)];
  for (let asked = 0; asked < 12; asked += 1) await askAsStranger(asked);
  assert.equal(await followed(first.token, 6), 3);
  assert.equal(await followed(second.token, 6), 3);
});

function askAsStranger(number: number): Promise<void> {
  return sendNewCode(fixture, {
    publisherId: client.publisher.publisherId,
    clientId: client.clientId,
    credentialKey: ola.key,
    address: `192.0.${number}.1`,
    visitor: { nonce: `stranger ${number}`, formerSessionId: undefined },
    hasMark: false,
  });
}

test('limits of one publisher do not touch another', async () => {
  const { token } = await fixture.addLink(client, ola);
  assert.equal(await followed(token, 4), 3);
  client = await fixture.addClient();
  const elsewhere = fixture.credential(client, 'ola@example.no');
  assert.equal(await followed((await fixture.addLink(client, elsewhere)).token, 1), 1);
});

test('a closed account and a stopped order are sent nothing', async () => {
  const orderId = await fixture.addOrder(client, { state: 'stopped' });
  assert.equal(await followed((await fixture.addLink(client, ola, { orderId })).token, 1), 0);
});

test('what no limit looks back on is deleted, and sessions that are over', async () => {
  await pruneAccounts(fixture);
  const { token } = await fixture.addLink(client, ola);
  await spendLink(fixture, token, { nonce: 'n', formerSessionId: undefined });
  await followed(token, 1);
  assert.deepEqual(await pruneAccounts(fixture), { attempts: 0, sessions: 0 });
  await fixture.advance(86_401);
  const { attempts, sessions } = await pruneAccounts(fixture);
  assert.ok(attempts >= 2);
  assert.equal(sessions, 0);
  await fixture.advance(30 * 86_400);
  assert.equal((await pruneAccounts(fixture)).sessions, 1);
});
