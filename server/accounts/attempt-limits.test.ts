import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../publishers/publisher.ts';
import { addressKey } from './attempt-limits.ts';
import { pruneAccounts } from './prune-accounts.ts';
import { sendNewLink } from './send-new-link.ts';
import { spendLink } from './spend-link.ts';
import { openTestHouse, type TestCredential, type TestHouse } from './test-house.ts';

let house: TestHouse;
let client: Client;
let ola: TestCredential;
before(async () => {
  house = await openTestHouse();
});
after(() => house.close());
beforeEach(async () => {
  client = await house.addClient();
  ola = house.credential(client, 'ola@example.no');
});

let hosts = 0;
const newAddress = () => `192.0.2.${(hosts += 1)}`;

/** How many of so many wishes for a new link were followed. */
async function followed(token: string, wishes: number, address?: string): Promise<number> {
  const before = house.countEvents('login link issued');
  for (let asked = 0; asked < wishes; asked += 1) await sendNewLink(house, token, address ?? newAddress());
  return house.countEvents('login link issued') - before;
}

test('three new links in any ten minutes and six in any day go to one credential', async () => {
  const { token } = await house.addLink(client, ola);
  assert.equal(await followed(token, 2), 2);
  await house.advance(300);
  assert.equal(await followed(token, 4), 1);
  await house.advance(301);
  assert.equal(await followed(token, 4), 2, 'the first two are ten minutes old');
  await house.advance(600);
  assert.equal(await followed(token, 4), 1, 'the sixth of the day');
  await house.advance(86_400 - 1300);
  assert.equal(await followed(token, 1), 0);
  await house.advance(200);
  assert.equal(await followed(token, 1), 1, 'the first two are a day old');
});

test('wishes that come at once do not slip past the limit', async () => {
  const { token } = await house.addLink(client, ola);
  const before = house.countEvents('login link issued');
  await Promise.all(Array.from({ length: 30 }, () => sendNewLink(house, token, newAddress())));
  assert.equal(house.countEvents('login link issued') - before, 3);
});

test('one address asks ten times an hour, for whomever', async () => {
  const tokens = [];
  for (let index = 0; index < 12; index += 1) {
    const to = house.credential(client, `reader${index}@example.no`);
    tokens.push((await house.addLink(client, to)).token);
  }
  let sent = 0;
  for (const token of tokens) sent += await followed(token, 1, '198.51.100.9');
  assert.equal(sent, 10);
  assert.equal(await followed(tokens[11] ?? '', 1, '198.51.100.10'), 1, 'another address may');
  await house.advance(3601);
  assert.equal(await followed(tokens[10] ?? '', 1, '198.51.100.9'), 1);
});

test('limits of one publisher do not touch another', async () => {
  const { token } = await house.addLink(client, ola);
  assert.equal(await followed(token, 4), 3);
  client = await house.addClient();
  const elsewhere = house.credential(client, 'ola@example.no');
  assert.equal(await followed((await house.addLink(client, elsewhere)).token, 1), 1);
});

test('a closed account and a stopped order are sent nothing', async () => {
  const orderId = await house.addOrder(client, { state: 'stopped' });
  assert.equal(await followed((await house.addLink(client, ola, { orderId })).token, 1), 0);
});

test('an address counts by its network and is not stored', () => {
  const secret = house.secrets.credentialHash;
  assert.equal(addressKey(secret, '::ffff:192.0.2.1'), addressKey(secret, '192.0.2.1'));
  assert.equal(addressKey(secret, '2001:db8:0:1::5'), addressKey(secret, '2001:db8:0:1:ffff::9'));
  assert.notEqual(addressKey(secret, '2001:db8:0:1::5'), addressKey(secret, '2001:db8:0:2::5'));
  assert.notEqual(addressKey(secret, '192.0.2.1'), addressKey(secret, '192.0.2.2'));
  assert.match(addressKey(secret, 'no address'), /^[0-9a-f]{32}$/);
});

test('what no limit looks back on is deleted, and sessions that are over', async () => {
  await pruneAccounts(house);
  const { token } = await house.addLink(client, ola);
  await spendLink(house, token, { nonce: 'n', formerSessionId: undefined });
  await followed(token, 1);
  assert.deepEqual(await pruneAccounts(house), { attempts: 0, sessions: 0 });
  await house.advance(86_401);
  const { attempts, sessions } = await pruneAccounts(house);
  assert.ok(attempts >= 2);
  assert.equal(sessions, 0);
  await house.advance(30 * 86_400);
  assert.equal((await pruneAccounts(house)).sessions, 1);
});
