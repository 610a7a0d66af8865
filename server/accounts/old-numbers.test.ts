import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { OrderId } from '../kit/ids.ts';
import type { Client } from '../publishers/publisher.ts';
import { openTestFixture, type TestCredential, type TestFixture } from '../testing/accounts.ts';
import { assignUser } from './assign-user.ts';
import { confirmNumber } from './confirm-number.ts';
import { enterCode } from './enter-code.ts';
import { isReadersOrder } from './find-own-order.ts';
import { findPurchases } from './find-purchases.ts';
import { findSession } from './find-session.ts';
import { spendLink } from './spend-link.ts';
import { numberTrustedDays } from './trusted-number.ts';
import { noClaim, type ReaderClaim } from './weigh-proof.ts';

let fixture: TestFixture;
let client: Client;
let number: TestCredential;
let mail: TestCredential;
before(async () => {
  fixture = await openTestFixture();
});
after(() => fixture.close());
beforeEach(async () => {
  client = await fixture.addClient();
  number = fixture.credential(client, '+4790000001');
  mail = fixture.credential(client, 'kari@example.no');
});

const day = 86_400;
const anew: ReaderClaim = { isShownBeside: false, wantsNewAccount: true };

type From = { orderId?: OrderId | undefined; nonce?: string; session?: string; claim?: ReaderClaim };

/** Opens a fresh link to a credential. */
async function open(to: TestCredential, { orderId, nonce = 'nonce', session, claim = noClaim }: From = {}) {
  const { token } = await fixture.addLink(client, to, { orderId });
  return spendLink(fixture, token, { nonce, formerSessionId: session }, claim);
}

async function logIn(to: TestCredential, from: From = {}) {
  const outcome = await open(to, from);
  assert.equal(outcome?.kind, 'logged in');
  const session = await findSession(fixture.database, outcome.sessionId);
  assert.ok(session);
  return { ...session, sessionId: outcome.sessionId };
}

/** A completed order of a payer, with access that the payer's number holds. */
async function buy(payer: { number?: TestCredential; mail?: TestCredential }): Promise<OrderId> {
  const { publisherId } = client.publisher;
  const orderId = await fixture.addOrder(client, { state: 'completed' });
  await fixture.rows(
    `INSERT INTO order_parties (order_id, line_number, publisher_id, party, mobile, mobile_key, email, email_key)
     VALUES ($1, 0, $2, '{}', $3, $4, $5, $6)`,
    [orderId, publisherId, payer.number?.shown, payer.number?.key, payer.mail?.shown, payer.mail?.key],
  );
  await fixture.rows(
    `INSERT INTO grants (publisher_id, order_id, line_number, kind, product_code, mobile_key, starts_at)
     VALUES ($1, $2, 1, 'bought', 'GUIDE', $3, leveret_now())`,
    [publisherId, orderId, payer.number?.key],
  );
  return orderId;
}

const purchasesOf = async ({ publisherId, accountId }: { publisherId: number; accountId: number }) =>
  (await findPurchases(fixture.database, publisherId, accountId)).length;

test('a number that nobody has proven for half a year opens nothing, and its link stays good', async () => {
  const kari = await logIn(number);
  await fixture.advance((numberTrustedDays + 1) * day);
  const { token } = await fixture.addLink(client, number);
  const visitor = { nonce: 'another', formerSessionId: undefined };
  for (let tried = 0; tried < 2; tried += 1) {
    assert.equal((await spendLink(fixture, token, visitor))?.kind, 'number is old');
  }
  const outcome = await spendLink(fixture, token, visitor, anew);
  assert.equal(outcome?.kind, 'logged in');
  const fresh = await findSession(fixture.database, outcome.sessionId);
  assert.notEqual(fresh?.accountId, kari.accountId);
  assert.equal((await logIn(number)).accountId, fresh?.accountId, 'the number is the new owner’s now');
});

test('a code is asked about like a link, and costs no try', async () => {
  await logIn(number);
  await fixture.advance((numberTrustedDays + 1) * day);
  const { code } = await fixture.addLink(client, number);
  const caller = {
    publisherId: client.publisher.publisherId,
    credentialKey: number.key,
    address: '192.0.2.1',
    visitor: { nonce: 'another', formerSessionId: undefined },
    code,
  };
  for (let tried = 0; tried < 7; tried += 1) {
    assert.equal((await enterCode(fixture, { ...caller, hasMark: false })).kind, 'number is old');
  }
  assert.equal((await enterCode(fixture, { ...caller, hasMark: true })).kind, 'logged in');
});

test('each proof renews the number', async () => {
  const kari = await logIn(number);
  for (let times = 0; times < 3; times += 1) {
    await fixture.advance((numberTrustedDays - 1) * day);
    assert.equal((await logIn(number)).accountId, kari.accountId);
  }
});

test('an e-mail address opens its account after years', async () => {
  const kari = await logIn(mail);
  await fixture.advance(1000 * day);
  assert.equal((await logIn(mail)).accountId, kari.accountId);
});

test('the old account keeps what it bought, and the new one sees nothing of it', async () => {
  const bought = await buy({ number });
  const kari = await logIn(number, { orderId: bought });
  const guest = await buy({ number });
  await logIn(number);
  assert.equal(await purchasesOf(kari), 2);
  await fixture.advance((numberTrustedDays + 1) * day);
  const since = await buy({ number });
  const fresh = await logIn(number, { claim: anew, nonce: 'another' });
  assert.equal(await purchasesOf(kari), 2);
  assert.equal(await purchasesOf(fresh), 1);
  const own = [];
  for (const orderId of [bought, guest, since]) {
    own.push(await isReadersOrder(fixture.database, { ...fresh, orderId }, fresh.sessionId));
  }
  assert.deepEqual(own, [false, false, true]);
});

test('what a client tied to the old account since then goes with the number', async () => {
  const kari = await logIn(number);
  await fixture.advance((numberTrustedDays + 1) * day);
  const orders = [await buy({ number }), await buy({ number })];
  for (const orderId of orders) {
    await fixture.database.transaction('assign', (transaction) =>
      assignUser(fixture, transaction, {
        client,
        orderId,
        linkClientId: client.clientId,
        credential: number,
        message: { returnUrl: undefined, errorUrl: undefined, lifetimeSeconds: 3600 },
      }),
    );
  }
  assert.equal(await purchasesOf(kari), 2, 'it was taken for the number’s reader');
  const fresh = await logIn(number, { claim: anew, nonce: 'another', orderId: orders[0] });
  assert.equal(await purchasesOf(kari), 0);
  assert.equal(await purchasesOf(fresh), 2);
});

test('a session of the reader opens the account, also one by an e-mail address that it bought with', async () => {
  const orderId = await buy({ number, mail });
  const kari = await logIn(number, { orderId });
  await fixture.advance((numberTrustedDays + 1) * day);
  const { sessionId } = await logIn(mail, { nonce: 'another' });
  const back = await logIn(number, { session: sessionId, nonce: 'another' });
  assert.equal(back.accountId, kari.accountId);
  await fixture.advance(20 * day);
  assert.equal((await logIn(number)).accountId, kari.accountId, 'the date is renewed');
});

test('an e-mail address that stands on a later order of the number shows nothing', async () => {
  await logIn(number);
  await fixture.advance((numberTrustedDays + 1) * day);
  const orderId = await buy({ number, mail });
  await fixture.database.transaction('assign', (transaction) =>
    assignUser(fixture, transaction, {
      client,
      orderId,
      linkClientId: client.clientId,
      credential: number,
      message: undefined,
    }),
  );
  const { sessionId } = await logIn(mail, { nonce: 'another' });
  assert.equal((await open(number, { session: sessionId, nonce: 'another' }))?.kind, 'number is old');
});

test('pressing twice begins one account', async () => {
  await logIn(number);
  await fixture.advance((numberTrustedDays + 1) * day);
  const { token } = await fixture.addLink(client, number);
  const visitor = { nonce: 'another', formerSessionId: undefined };
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => spendLink(fixture, token, visitor, anew)));
  assert.deepEqual(new Set(outcomes.map((outcome) => outcome?.kind)), new Set(['logged in']));
  const accounts = await fixture.rows('SELECT 1 AS one FROM accounts WHERE publisher_id = $1', [
    client.publisher.publisherId,
  ]);
  assert.equal(accounts.length, 2);
});

test('a person who knows the reader confirms the number, of an account that has one', async () => {
  const kari = await logIn(number);
  const ola = await logIn(mail, { nonce: 'another' });
  await fixture.advance((numberTrustedDays + 1) * day);
  const confirm = (uniqueUserId: string, { publisher } = client) =>
    confirmNumber(fixture.database, publisher.publisherId, uniqueUserId);
  assert.equal(await confirm(kari.uniqueUserId, await fixture.addClient()), false, 'another publisher');
  assert.equal(await confirm(ola.uniqueUserId), false, 'it has none');
  assert.equal((await open(number))?.kind, 'number is old');
  assert.equal(await confirm(kari.uniqueUserId), true);
  assert.equal((await logIn(number)).accountId, kari.accountId);
});
