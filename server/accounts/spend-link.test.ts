import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../publishers/publisher.ts';
import { openTestFixture, type TestCredential, type TestFixture } from '../testing/accounts.ts';
import { findPurchases } from './find-purchases.ts';
import { findSession, isSessionOf } from './find-session.ts';
import { logOutEverywhere } from './log-out-everywhere.ts';
import { sendNewLink } from './send-new-link.ts';
import { secretHash } from './session.ts';
import { logInBrowser } from './sessions-store.ts';
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

const spend = (token: string, nonce: string, formerSessionId?: string) =>
  spendLink(fixture, token, { nonce, formerSessionId });

async function countSessions(): Promise<number> {
  const [row] = await fixture.rows<{ count: number }>(
    'SELECT count(*) FROM sessions WHERE publisher_id = $1',
    [client.publisher.publisherId],
  );
  return row?.count ?? -1;
}

async function loggedIn(token: string, nonce = 'nonce'): Promise<string> {
  const outcome = await spend(token, nonce);
  assert.equal(outcome?.kind, 'logged in');
  return outcome.sessionId;
}

test('of 100 browsers at once one is logged in, by one session', async () => {
  const { token } = await fixture.addLink(client, ola);
  const before = await fixture.countEvents('login link spent');
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, (_, index) => spend(token, `nonce ${index}`)),
  );
  const kinds = outcomes.map((outcome) => outcome?.kind);
  assert.equal(kinds.filter((kind) => kind === 'logged in').length, 1);
  assert.equal(kinds.filter((kind) => kind === 'used').length, 99);
  assert.equal(await countSessions(), 1);
  assert.equal(await fixture.countEvents('login link spent'), before + 1);
});

test('one browser that posts 100 times is let in each time, by one session', async () => {
  const { token } = await fixture.addLink(client, ola);
  const sessions = await Promise.all(Array.from({ length: 100 }, () => loggedIn(token)));
  assert.equal(new Set(sessions).size, 1);
  assert.equal(await countSessions(), 1);
  // The clock runs on while they post.
  await fixture.advance(45);
  assert.equal(await loggedIn(token), sessions[0]);
  await fixture.advance(16);
  assert.equal((await spend(token, 'nonce'))?.kind, 'used');
});

test('a repeat does not bring back a session that was ended', async () => {
  const { token } = await fixture.addLink(client, ola);
  await loggedIn(token);
  await fixture.rows('UPDATE sessions SET ended_at = leveret_now() WHERE publisher_id = $1', [
    client.publisher.publisherId,
  ]);
  assert.equal((await spend(token, 'nonce'))?.kind, 'used');
});

test('an expired link logs nobody in, and leads to a new one to the same credential', async () => {
  const { token } = await fixture.addLink(client, ola, { lifetimeSeconds: 3600 });
  await fixture.advance(3600);
  assert.equal((await spend(token, 'nonce'))?.kind, 'expired');
  assert.equal(await countSessions(), 0);
  await sendNewLink({ ...fixture, settings: { publicUrl: '' } }, token, secretHash('nonce'));
  const fresh = await fixture.newestLink(client, ola);
  assert.notEqual(fresh.token, token);
  await loggedIn(fresh.token);
});

test('a token that was not made here is nothing', async () => {
  assert.equal(await spend('AAAAAAAAAAAAAAAAAAAAAA', 'nonce'), undefined);
});

test('a session has the strength of a code within ten minutes of the link and of link strength later', async () => {
  const [young, old] = [await fixture.addLink(client, ola), fixture.credential(client, 'kari@example.no')];
  const { token } = await fixture.addLink(client, old);
  await fixture.advance(599);
  const full = await findSession(fixture.database, await loggedIn(young.token));
  await fixture.advance(2);
  const weak = await findSession(fixture.database, await loggedIn(token));
  assert.equal(full?.strength, 'code');
  assert.equal(weak?.strength, 'link');
});

test('a session ends 30 days after it was last seen, and 180 days after it began', async () => {
  const day = 86_400;
  const { token } = await fixture.addLink(client, ola);
  const session = await loggedIn(token);
  const isIn = async () => (await findSession(fixture.database, session)) !== undefined;
  for (let days = 29; days < 180; days += 29) {
    await fixture.advance(29 * day);
    assert.equal(await isIn(), true, `after ${days} days`);
  }
  await fixture.advance(7 * day);
  assert.equal(await isIn(), false);
  const other = await loggedIn((await fixture.addLink(client, ola)).token);
  await fixture.advance(30 * day + 1);
  assert.equal(await findSession(fixture.database, other), undefined);
});

test('a closed account is logged out everywhere', async () => {
  const session = await loggedIn((await fixture.addLink(client, ola)).token);
  await fixture.rows("UPDATE accounts SET state = 'closed' WHERE publisher_id = $1", [
    client.publisher.publisherId,
  ]);
  assert.equal(await findSession(fixture.database, session), undefined);
});

test('the same account keeps its session under a new secret, with the strength of the stronger login', async () => {
  const { token: old } = await fixture.addLink(client, ola);
  const { token: older } = await fixture.addLink(client, ola);
  await fixture.advance(601);
  const byLink = await loggedIn(old);
  const first = await findSession(fixture.database, byLink);
  await fixture.advance(60);
  const { token } = await fixture.addLink(client, ola);
  const raised = await spend(token, 'nonce', byLink);
  assert.ok(raised?.kind === 'logged in');
  const second = await findSession(fixture.database, raised.sessionId);
  assert.deepEqual([first?.strength, second?.strength], ['link', 'code']);
  assert.equal(second?.sessionUid, first?.sessionUid);
  assert.ok(Number(second?.authenticatedAt) - Number(first?.authenticatedAt) >= 60_000);
  await fixture.advance(60);
  const weaker = await spend(older, 'nonce', raised.sessionId);
  assert.ok(weaker?.kind === 'logged in');
  assert.equal(await findSession(fixture.database, raised.sessionId), undefined);
  assert.deepEqual(await findSession(fixture.database, weaker.sessionId), second);
  assert.equal(await countSessions(), 1);
});

test('another account ends the session that the browser had', async () => {
  const kari = fixture.credential(client, 'kari@example.no');
  const hers = await loggedIn((await fixture.addLink(client, kari)).token);
  const uid = (await findSession(fixture.database, hers))?.sessionUid;
  const his = await spend((await fixture.addLink(client, ola)).token, 'nonce', hers);
  assert.ok(his?.kind === 'logged in');
  assert.equal(await findSession(fixture.database, hers), undefined);
  assert.notEqual((await findSession(fixture.database, his.sessionId))?.sessionUid, uid);
  const ended = await fixture.rows(
    'SELECT 1 AS one FROM sessions WHERE ended_at IS NOT NULL AND session_uid = $1',
    [uid],
  );
  assert.equal(ended.length, 1);
});

test('a login at another publisher lets the session that the browser had be', async () => {
  const hers = await loggedIn((await fixture.addLink(client, ola)).token);
  const session = await findSession(fixture.database, hers);
  assert.ok(session);
  const ended = await fixture.countEvents('session ended');
  const other = await fixture.addClient();
  const there = await fixture.addLink(other, fixture.credential(other, 'ola@example.no'));
  const both = await spend(there.token, 'nonce', hers);
  assert.ok(both?.kind === 'logged in');
  const his = await findSession(fixture.database, both.sessionId);
  assert.equal(his?.publisherId, other.publisher.publisherId);
  assert.deepEqual(await findSession(fixture.database, hers), session);
  assert.equal(await fixture.countEvents('session ended'), ended);
});

test('a login that the end of all logins did not see has ended, and is not gone on with', async () => {
  const { token } = await fixture.addLink(client, ola);
  const id = await loggedIn(token);
  const reader = await findSession(fixture.database, id);
  assert.ok(reader);
  const login = { publisherId: reader.publisherId, credentialKey: ola.key };
  const late = randomBytes(32).toString('base64url');
  await fixture.database.transaction('log in', async (transaction) => {
    await logInBrowser(transaction, { ...login, id: late, formerId: undefined, strength: 'code' });
    await fixture.database.transaction('log out', (other) => logOutEverywhere(other, reader));
  });
  for (const session of [id, late]) {
    assert.equal(await findSession(fixture.database, session), undefined);
    assert.equal(await isSessionOf(fixture.database, session, login), false);
  }
  const fresh = randomBytes(32).toString('base64url');
  await fixture.database.transaction('log in', (transaction) =>
    logInBrowser(transaction, { ...login, id: fresh, formerId: late, strength: 'link' }),
  );
  const again = await findSession(fixture.database, fresh);
  assert.equal(again?.strength, 'link');
  assert.equal(await isSessionOf(fixture.database, fresh, login), true);
});

test('the cookie is worth nothing in the database, and the former secret ends at login', async () => {
  const first = await loggedIn((await fixture.addLink(client, ola)).token);
  const stored = await fixture.rows<{ session_sha256: Buffer }>('SELECT session_sha256 FROM sessions');
  assert.ok(stored.every((row) => row.session_sha256.toString('base64url') !== first));
  const again = await spend((await fixture.addLink(client, ola)).token, 'nonce', first);
  assert.equal(again?.kind, 'logged in');
  assert.equal(await findSession(fixture.database, first), undefined);
});

test('a stopped order and a closed account let nobody in', async () => {
  const orderId = await fixture.addOrder(client, { state: 'stopped' });
  const stopped = await spend((await fixture.addLink(client, ola, { orderId })).token, 'nonce');
  assert.deepEqual(
    [stopped?.kind, stopped?.kind === 'closed' && stopped.reason],
    ['closed', 'order_stopped'],
  );
  await loggedIn((await fixture.addLink(client, ola)).token);
  await fixture.rows("UPDATE accounts SET state = 'closed' WHERE publisher_id = $1", [
    client.publisher.publisherId,
  ]);
  const closed = await spend((await fixture.addLink(client, ola)).token, 'nonce');
  assert.deepEqual([closed?.kind, closed?.kind === 'closed' && closed.reason], ['closed', 'account_closed']);
});

test('who proves the credential gets the order that nobody has, and sees what it opened', async () => {
  const orderId = await fixture.addOrder(client, { state: 'registered' });
  await fixture.rows(
    `INSERT INTO order_completions (order_id, publisher_id, client_id, credential, credential_kind,
      credential_key,
       asked_at) VALUES ($1, $2, $3, $4, 'email', $5, leveret_now())`,
    [orderId, client.publisher.publisherId, client.clientId, ola.shown, ola.key],
  );
  const secured = {
    name: 'payment secured' as const,
    publisherId: client.publisher.publisherId,
    orderId,
    securedBy: 'nothing owed' as const,
  };
  await fixture.database.transaction('complete', (transaction) => transaction.report([secured]));
  const { token } = await fixture.newestLink(client, ola);
  const session = await findSession(fixture.database, await loggedIn(token));
  assert.ok(session);
  const purchases = await findPurchases(fixture.database, session.publisherId, session.accountId);
  assert.deepEqual(purchases, [{ name: 'The guide', accessUntil: undefined }]);
  const [order] = await fixture.rows<{ account_id: number }>(
    'SELECT account_id FROM orders WHERE order_id = $1',
    [orderId],
  );
  assert.equal(order?.account_id, session.accountId);
});

test('what a credential bought is shown to nobody who has not proven it', async () => {
  const kari = fixture.credential(client, 'kari@example.no');
  const orderId = await fixture.addOrder(client, { state: 'completed' });
  await fixture.rows(
    `INSERT INTO grants (publisher_id, order_id, line_number, kind, product_code, email_key, starts_at)
     VALUES ($1, $2, 1, 'bought', 'GUIDE', $3, leveret_now())`,
    [client.publisher.publisherId, orderId, kari.key],
  );
  const session = await findSession(
    fixture.database,
    await loggedIn((await fixture.addLink(client, ola)).token),
  );
  assert.ok(session);
  await fixture.rows(
    `INSERT INTO credentials (publisher_id, credential_key, kind, credential, account_id, created_at)
     VALUES ($1, $2, 'email', $3, $4, leveret_now())`,
    [client.publisher.publisherId, kari.key, kari.shown, session.accountId],
  );
  assert.deepEqual(await findPurchases(fixture.database, session.publisherId, session.accountId), []);
});
