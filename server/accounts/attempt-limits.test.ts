import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../publishers/publisher.ts';
import { pruneAccounts } from './prune-accounts.ts';
import { sendNewCode } from './send-new-code.ts';
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

/** How many of so many wishes for a new link were followed. */
async function followed(token: string, wishes: number): Promise<number> {
  const before = house.countEvents('login link issued');
  for (let asked = 0; asked < wishes; asked += 1) await sendNewLink(house, token);
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
  await Promise.all(Array.from({ length: 30 }, () => sendNewLink(house, token)));
  assert.equal(house.countEvents('login link issued') - before, 3);
});

test('all links of one reader are twenty a day, so that they do not multiply', async () => {
  const before = house.countEvents('login link issued');
  for (let made = 0; made < 5; made += 1) await followed((await house.addLink(client, ola)).token, 6);
  await house.advance(601);
  for (let made = 0; made < 5; made += 1) await followed((await house.addLink(client, ola)).token, 3);
  assert.equal(house.countEvents('login link issued') - before - 10, 20);
});

test('what strangers ask for leaves the links of the reader, and those of one link the other', async () => {
  const [first, second] = [await house.addLink(client, ola), await house.addLink(client, ola)];
  for (let asked = 0; asked < 12; asked += 1) await askAsStranger(asked);
  assert.equal(await followed(first.token, 6), 3);
  assert.equal(await followed(second.token, 6), 3);
});

function askAsStranger(number: number): Promise<void> {
  return sendNewCode(house, {
    publisherId: client.publisher.publisherId,
    clientId: client.clientId,
    credentialKey: ola.key,
    address: `192.0.${number}.1`,
    visitor: { nonce: `stranger ${number}`, formerSessionId: undefined },
    hasMark: false,
  });
}

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
