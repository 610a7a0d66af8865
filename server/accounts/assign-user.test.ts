import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { OrderId } from '../kit/ids.ts';
import { Problem } from '../kit/problem.ts';
import type { Client } from '../publishers/publisher.ts';
import { openTestFixture, type TestCredential, type TestFixture } from '../testing/accounts.ts';
import { type AssignOutcome, type AssignRequest, assignUser } from './assign-user.ts';
import { spendLink } from './spend-link.ts';

let fixture: TestFixture;
let client: Client;
let number = 0;
before(async () => {
  fixture = await openTestFixture();
});
after(() => fixture.close());
beforeEach(async () => {
  client = await fixture.addClient({ country: 'NO' });
  number += 1;
});

const mail = (name: string) => fixture.credential(client, `${name}${number}@example.no`);

function assign(
  orderId: OrderId,
  credential: TestCredential,
  more: Partial<AssignRequest> = {},
): Promise<AssignOutcome> {
  const request = { client, orderId, linkClientId: client.clientId, credential, message: undefined, ...more };
  return fixture.database.transaction('assign', (transaction) => assignUser(fixture, transaction, request));
}

const refusedWith = (code: string) => (error: unknown) => error instanceof Problem && error.code === code;
const message = { returnUrl: undefined, errorUrl: undefined, lifetimeSeconds: 3600 };

async function countAccounts(): Promise<number> {
  const [row] = await fixture.rows<{ count: number }>(
    'SELECT count(*) FROM accounts WHERE publisher_id = $1',
    [client.publisher.publisherId],
  );
  return row?.count ?? -1;
}

test('64 parallel assigns of one order make one account, and one of them says so', async () => {
  const order = await fixture.addOrder(client);
  const outcomes = await Promise.all(Array.from({ length: 64 }, () => assign(order, mail('ola'))));
  assert.equal(outcomes.filter((outcome) => outcome.isNewUser).length, 1);
  assert.equal(new Set(outcomes.map((outcome) => outcome.uniqueUserId)).size, 1);
  assert.match(outcomes[0]?.uniqueUserId ?? '', /^[0-9a-f]{32}$/);
  assert.ok(outcomes.every((outcome) => !outcome.isPasswordSet));
  assert.equal(await countAccounts(), 1);
});

test('64 parallel assigns of different orders to one credential make one account', async () => {
  const orders = await Promise.all(Array.from({ length: 64 }, () => fixture.addOrder(client)));
  const outcomes = await Promise.all(orders.map((order) => assign(order, mail('ola'))));
  assert.equal(outcomes.filter((outcome) => outcome.isNewUser).length, 1);
  assert.equal(await countAccounts(), 1);
});

test('a pending account has no password and no session, and is proven under the same id', async () => {
  const [first, second] = [
    await fixture.addOrder(client),
    await fixture.addOrder(client, { state: 'completed' }),
  ];
  const made = await assign(first, mail('ola'));
  const again = await assign(second, mail('ola'), { message });
  const { uniqueUserId } = made;
  assert.deepEqual(again, { uniqueUserId, isNewUser: false, isPasswordSet: false, isSentLately: false });
  const accounts = await fixture.rows(
    `SELECT state, password_hash,
       (SELECT count(*) FROM sessions WHERE sessions.account_id = accounts.account_id) AS sessions
     FROM accounts WHERE unique_user_id = $1`,
    [made.uniqueUserId],
  );
  assert.deepEqual(accounts, [{ state: 'pending', password_hash: null, sessions: 0 }]);
  const { token } = await fixture.newestLink(client, mail('ola'));
  const spent = await spendLink(fixture, token, { nonce: 'n', formerSessionId: undefined });
  assert.equal(spent?.kind, 'logged in');
  const [proven] = await fixture.rows(
    'SELECT unique_user_id, state FROM accounts JOIN sessions USING (account_id) WHERE accounts.publisher_id = $1',
    [client.publisher.publisherId],
  );
  assert.deepEqual(proven, { unique_user_id: made.uniqueUserId, state: 'active' });
});

test('the same credential at another publisher is another account', async () => {
  const made = await assign(await fixture.addOrder(client), mail('ola'));
  const mine = client;
  client = await fixture.addClient({ country: 'NO' });
  const other = await assign(await fixture.addOrder(client), mail('ola'));
  assert.notEqual(other.uniqueUserId, made.uniqueUserId);
  assert.equal(other.isNewUser, true);
  const foreign = await fixture.addOrder(mine);
  await assert.rejects(assign(foreign, mail('ola')), refusedWith('not_found'));
});

test('an order that belongs to somebody else is refused, and makes no account', async () => {
  const order = await fixture.addOrder(client);
  await assign(order, mail('ola'));
  await assert.rejects(assign(order, mail('kari')), refusedWith('already_assigned'));
  assert.equal(await countAccounts(), 1);
  assert.equal((await assign(order, mail('ola'))).isNewUser, false);
});

test('every state but stopped may be assigned', async () => {
  for (const state of ['registered', 'paying', 'completed'] as const) {
    await assign(await fixture.addOrder(client, { state }), mail('ola'));
  }
  const stopped = await fixture.addOrder(client, { state: 'stopped' });
  await assert.rejects(assign(stopped, mail('kari')), refusedWith('order_is_stopped'));
  assert.equal(await countAccounts(), 1);
});

test('an address that an active account has not proven finds a clean account, which keeps it', async () => {
  const [squatter] = await fixture.rows<{ account_id: number }>(
    `INSERT INTO accounts (publisher_id, unique_user_id, state, password_hash, created_at)
     VALUES ($1, md5(random()::text), 'active', 'a hash', leveret_now()) RETURNING account_id`,
    [client.publisher.publisherId],
  );
  const victim = mail('victim');
  await fixture.rows(
    `INSERT INTO credentials (publisher_id, credential_key, kind, credential, account_id, created_at)
     VALUES ($1, $2, 'email', $3, $4, leveret_now())`,
    [client.publisher.publisherId, victim.key, victim.shown, squatter?.account_id],
  );
  const outcome = await assign(await fixture.addOrder(client), victim, { message });
  assert.equal(outcome.isNewUser, true);
  assert.equal(outcome.isPasswordSet, false);
  const { token } = await fixture.newestLink(client, victim);
  await spendLink(fixture, token, { nonce: 'n', formerSessionId: undefined });
  const [holder] = await fixture.rows<{ account_id: number; unique_user_id: string }>(
    'SELECT account_id, unique_user_id FROM credentials JOIN accounts USING (account_id) WHERE credential_key = $1',
    [victim.key],
  );
  assert.equal(holder?.unique_user_id, outcome.uniqueUserId);
  assert.notEqual(holder?.account_id, squatter?.account_id);
});

test('nothing is assigned to a closed account', async () => {
  await assign(await fixture.addOrder(client), mail('ola'));
  await fixture.rows("UPDATE accounts SET state = 'closed' WHERE publisher_id = $1", [
    client.publisher.publisherId,
  ]);
  await assert.rejects(assign(await fixture.addOrder(client), mail('ola')), refusedWith('account_is_closed'));
});

test('a message follows when it is asked for, once in ten minutes for an order', async () => {
  const order = await fixture.addOrder(client);
  const before = await fixture.countEvents('login link issued');
  await assign(order, mail('ola'));
  assert.equal(await fixture.countEvents('login link issued'), before);
  await Promise.all(Array.from({ length: 8 }, () => assign(order, mail('ola'), { message })));
  assert.equal(await fixture.countEvents('login link issued'), before + 1);
  await fixture.advance(601);
  await assign(order, mail('ola'), { message });
  assert.equal(await fixture.countEvents('login link issued'), before + 2);
});
