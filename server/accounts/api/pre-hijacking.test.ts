import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../../publishers/publisher.ts';
import { openTestFixture, type TestCredential, type TestFixture } from '../../testing/accounts.ts';
import { createTestBrowser, serveRows, type TestServer } from '../../testing/browser.ts';
import { findPurchases } from '../find-purchases.ts';
import { findSession, isSessionOf } from '../find-session.ts';
import { assignUser } from './assign-user.ts';
import { logInByLink } from './log-in-by-link.ts';
import { createUser, logInForSite, openCreateUser, openLogin } from './log-in-for-site.ts';
import { openLink } from './open-link.ts';

/**
 * What somebody prepares for a credential that is not theirs, by the classes of Sudhodanan and Paverd,
 * "Pre-hijacked accounts", USENIX Security 2022; then its owner comes, and it must have been for nothing.
 * Passwords, changes of credentials and logins at others are parts to come; what they would leave behind is
 * written into the database here.
 */
let fixture: TestFixture;
let app: TestServer;
let client: Client;
before(async () => {
  fixture = await openTestFixture();
  app = await serveRows(fixture, [
    { method: 'GET', path: '/user/login', who: 'browser', endpoint: openLogin },
    { method: 'POST', path: '/user/login', who: 'browser', endpoint: logInForSite },
    { method: 'GET', path: '/user/createUser', who: 'browser', endpoint: openCreateUser },
    { method: 'POST', path: '/user/createUser', who: 'browser', endpoint: createUser },
    { method: 'GET', path: '/l/:token', who: 'browser', endpoint: openLink },
    { method: 'POST', path: '/l/:token', who: 'browser', endpoint: logInByLink },
    {
      method: 'POST',
      who: 'client',
      scope: 'users:assign',
      act: { none: 'a test' },
      path: '/capi/v1/client/order/:orderId/user',
      endpoint: assignUser,
    },
  ]);
});
after(async () => {
  await app.close();
  await fixture.close();
});
beforeEach(async () => {
  await fixture.advance(3600);
  client = await fixture.addClient({ country: 'NO', locale: 'en' });
});

type Reader = ReturnType<typeof createTestBrowser>;
const thief = 'thief@example.no';

const sessionOf = (reader: Reader) => findSession(fixture.database, reader.cookies.get('__Host-leveret'));
const pageOf = (name: string) => `/user/${name}?clientId=${client.clientId}`;

async function ask(reader: Reader, credential: string, name = 'login'): Promise<void> {
  await reader.open(pageOf(name));
  await reader.post(pageOf(name), { fields: { credential, step: 'switch' } });
}

async function enter(reader: Reader, credential: string, name = 'login') {
  const { code } = await fixture.newestLink(client, fixture.credential(client, credential));
  return reader.post(pageOf(name), { fields: { credential, code, step: 'enter' } });
}

async function logIn(reader: Reader, credential: string, name = 'login') {
  await ask(reader, credential, name);
  await enter(reader, credential, name);
  const session = await sessionOf(reader);
  assert.ok(session, `${credential} is logged in`);
  return session;
}

async function openNewestLink(reader: Reader, to: TestCredential): Promise<void> {
  const { token } = await fixture.newestLink(client, to);
  await reader.open(`/l/${token}`);
  await reader.post(`/l/${token}`);
}

async function assignTo(credential: string, orderId: number): Promise<void> {
  const reply = await app.inject({
    method: 'POST',
    url: `/capi/v1/client/order/${orderId}/user`,
    headers: { authorization: `Bearer ${client.clientId}` },
    payload: { credential },
  });
  assert.equal(reply.statusCode, 200, reply.body);
}

/** As a change of credentials would leave it that nobody has answered. */
async function claim(thiefs: number, { kind, shown, key }: TestCredential): Promise<void> {
  await fixture.rows(
    `INSERT INTO credentials (publisher_id, credential_key, kind, credential, account_id, created_at)
     VALUES ($1, $2, $3, $4, $5, leveret_now())`,
    [client.publisher.publisherId, key, kind, shown, thiefs],
  );
}

/** Each answers the browser that the thief goes on with. */
const preparations: Record<string, (owner: TestCredential) => Promise<Reader>> = {
  'an account that the owner is to be merged into': async (owner) => {
    const reader = createTestBrowser(app);
    await claim((await logIn(reader, thief)).accountId, owner);
    await fixture.rows("UPDATE accounts SET password_hash = 'of the thief' WHERE publisher_id = $1", [
      client.publisher.publisherId,
    ]);
    return reader;
  },
  'a session, and a code that is asked for, which go on': async (owner) => {
    const reader = createTestBrowser(app);
    await claim((await logIn(reader, thief)).accountId, owner);
    await ask(reader, owner.shown);
    return reader;
  },
  'a second way in beside the credential of the owner': async (owner) => {
    const reader = createTestBrowser(app);
    await logIn(reader, thief);
    const { accountId } = await logIn(createTestBrowser(app), '+4790000009');
    await claim(accountId, owner);
    return reader;
  },
  'a link that still leads to an order, which is given to the owner': async (owner) => {
    const reader = createTestBrowser(app);
    const orderId = await fixture.addOrder(client, { state: 'completed' });
    await fixture.addLink(client, fixture.credential(client, thief), { orderId });
    await assignTo(owner.shown, orderId);
    await openNewestLink(reader, fixture.credential(client, thief));
    return reader;
  },
  'a site that vouches for what nobody has proven': async (owner) => {
    const reader = createTestBrowser(app);
    const orderId = await fixture.addOrder(client, { state: 'completed' });
    await assignTo(owner.shown, orderId);
    await logIn(reader, thief);
    return reader;
  },
};

/** How the owner comes, in a browser of their own. */
const arrivals: Record<string, (owner: TestCredential) => Promise<Reader>> = {
  'is assigned an order and opens its link': async (owner) => {
    const reader = createTestBrowser(app);
    const orderId = await fixture.addOrder(client, { state: 'completed' });
    await assignTo(owner.shown, orderId);
    await fixture.addLink(client, owner, { orderId });
    await openNewestLink(reader, owner);
    return reader;
  },
  'logs in': async (owner) => {
    const reader = createTestBrowser(app);
    await logIn(reader, owner.shown);
    return reader;
  },
  'signs up': async (owner) => {
    const reader = createTestBrowser(app);
    await logIn(reader, owner.shown, 'createUser');
    return reader;
  },
};

async function buy({ kind, key }: TestCredential): Promise<void> {
  const orderId = await fixture.addOrder(client, { state: 'completed' });
  await fixture.rows(
    `INSERT INTO grants (publisher_id, order_id, line_number, kind, product_code, ${kind}_key, starts_at)
     VALUES ($1, $2, 1, 'bought', 'GUIDE', $3, leveret_now())`,
    [client.publisher.publisherId, orderId, key],
  );
}

for (const text of ['eier@example.no', '+4790000001']) {
  for (const [prepared, prepare] of Object.entries(preparations)) {
    for (const [arrived, arrive] of Object.entries(arrivals)) {
      test(`${prepared}; then the owner of ${text.includes('@') ? 'an address' : 'a number'} ${arrived}`, async () => {
        const owner = fixture.credential(client, text);
        await buy(owner);
        const thiefs = await prepare(owner);
        const owners = await arrive(owner);
        await assertNothingGained(owner, thiefs, owners);
      });
    }
  }
}

async function assertNothingGained(owner: TestCredential, thiefs: Reader, owners: Reader): Promise<void> {
  const { publisherId } = client.publisher;
  const session = await sessionOf(owners);
  assert.ok(session, 'the owner is logged in');
  const purchases = await findPurchases(fixture.database, publisherId, session.accountId);
  assert.deepEqual(purchases, [{ name: 'The guide', accessUntil: undefined }], 'and has what they bought');
  const [account] = await fixture.rows<{ password_hash: string | null }>(
    'SELECT password_hash FROM accounts WHERE account_id = $1',
    [session.accountId],
  );
  assert.equal(account?.password_hash, null, 'nobody has set a password of the account');
  // The code that the owner used, and a new try by what is the thief's own.
  await enter(thiefs, owner.shown);
  await assertNotOwners(thiefs, session.accountId, owner);
  await logIn(thiefs, thief);
  await assertNotOwners(thiefs, session.accountId, owner);
  const sessions = await fixture.rows(
    'SELECT 1 AS one FROM sessions WHERE account_id = $1 AND ended_at IS NULL',
    [session.accountId],
  );
  assert.equal(sessions.length, 1, 'only the owner has a session of the account');
}

async function assertNotOwners(thiefs: Reader, ownersAccount: number, owner: TestCredential): Promise<void> {
  const session = await sessionOf(thiefs);
  if (!session) return;
  const { publisherId } = client.publisher;
  assert.notEqual(session.accountId, ownersAccount);
  assert.deepEqual(await findPurchases(fixture.database, publisherId, session.accountId), []);
  const reader = { publisherId, credentialKey: owner.key };
  assert.equal(await isSessionOf(fixture.database, thiefs.cookies.get('__Host-leveret'), reader), false);
}
