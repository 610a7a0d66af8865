import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { findOtherAddresses } from '../messages/find-other-address.ts';
import type { Client } from '../publishers/publisher.ts';
import { openTestFixture, type TestCredential, type TestFixture } from '../testing/accounts.ts';
import { confirmNumber } from './confirm-number.ts';
import { findSession } from './find-session.ts';
import { sendOrderLink } from './send-order-link.ts';
import { spendLink } from './spend-link.ts';
import { numberTrustedDays } from './trusted-number.ts';

let fixture: TestFixture;
let client: Client;
let number: TestCredential;
let mail: TestCredential;
let written: TestCredential;
before(async () => {
  fixture = await openTestFixture();
});
after(() => fixture.close());
beforeEach(async () => {
  client = await fixture.addClient({ country: 'NO' });
  number = fixture.credential(client, '+4790000001');
  mail = fixture.credential(client, 'kari@example.no');
  written = fixture.credential(client, 'payer@example.no');
});

type Reader = { accountId: number; uniqueUserId: string };

async function logIn(to: TestCredential): Promise<Reader> {
  const { token } = await fixture.addLink(client, to);
  const outcome = await spendLink(fixture, token, { nonce: 'nonce', formerSessionId: undefined });
  assert.equal(outcome?.kind, 'logged in');
  const session = await findSession(fixture.database, outcome.sessionId);
  assert.ok(session);
  return session;
}

/** The account proves its other address too. */
async function addProven({ accountId }: Reader, { kind, shown, key }: TestCredential): Promise<void> {
  await fixture.rows(
    `INSERT INTO credentials (publisher_id, credential_key, kind, credential, account_id, created_at,
       proven_at, last_proven_at)
     SELECT $1, $2, $3, $4, $5, at, at, at FROM (SELECT leveret_now() AS at) AS now`,
    [client.publisher.publisherId, key, kind, shown, accountId],
  );
}

/** A completed order of a payer with the number and another e-mail address, of an account if one is named. */
async function buy(accountId?: number) {
  const orderId = await fixture.addOrder(client, { state: 'completed' });
  await fixture.rows(
    `INSERT INTO order_parties (order_id, line_number, publisher_id, party, mobile, mobile_key, email, email_key)
     VALUES ($1, 0, $2, '{}', $3, $4, $5, $6)`,
    [orderId, client.publisher.publisherId, number.shown, number.key, written.shown, written.key],
  );
  await fixture.rows('UPDATE orders SET account_id = $2 WHERE order_id = $1', [orderId, accountId ?? null]);
  return orderId;
}

const untilOld = () => fixture.advance((numberTrustedDays + 1) * 86_400);
const renew = ({ key }: TestCredential) =>
  fixture.rows('UPDATE credentials SET last_proven_at = leveret_now() WHERE credential_key = $1', [key]);

type Order = 'none' | 'of before' | 'a guest’s' | 'tied since';
type To = 'number' | 'mail';
type Case = [to: To, order: Order, ofTrusted: string | undefined, ofOld: string | undefined];

/** A link to an address that it did not reach, what it is about, and where it goes by a number in time and later. */
const cases: Case[] = [
  ['number', 'none', 'kari@example.no', undefined],
  ['number', 'of before', 'kari@example.no', 'kari@example.no'],
  ['number', 'a guest’s', 'kari@example.no', 'payer@example.no'],
  ['number', 'tied since', 'kari@example.no', undefined],
  ['mail', 'none', '+4790000001', undefined],
  ['mail', 'of before', '+4790000001', undefined],
  ['mail', 'tied since', '+4790000001', undefined],
];

for (const [to, order, ofTrusted, ofOld] of cases) {
  for (const isOld of [false, true]) {
    const about = order === 'none' ? 'no order' : `an order ${order}`;
    test(`a link to the ${to} about ${about}, by a number ${isOld ? 'of long ago' : 'in time'}`, async () => {
      const kari = await logIn(number);
      await addProven(kari, mail);
      const earlier = order === 'of before' ? await buy(kari.accountId) : undefined;
      await renew(number);
      if (isOld) await untilOld();
      const later = order === 'a guest’s' ? await buy() : undefined;
      const tied = order === 'tied since' ? await buy(kari.accountId) : undefined;
      const orderId = earlier ?? later ?? tied;
      const link = await fixture.addLink(client, to === 'number' ? number : mail, { orderId });
      const [other] = await findOtherAddresses(fixture.database, [link.linkId]);
      assert.equal(other?.credential, isOld ? ofOld : ofTrusted);
    });
  }
}

async function askForLink(orderId: Awaited<ReturnType<typeof buy>>) {
  const options = { returnUrl: undefined, errorUrl: undefined, linkLifetimeSeconds: undefined };
  const outcome = await fixture.database.transaction('send link', (transaction) =>
    sendOrderLink(fixture, transaction, { client, orderId, options }),
  );
  return [outcome.isSent, outcome.channel, outcome.reason];
}

test('support sends no link to an old number alone, and sends one again once a person confirmed it', async () => {
  const kari = await logIn(number);
  const orderId = await buy(kari.accountId);
  await renew(number);
  assert.deepEqual(await askForLink(orderId), [true, 'sms', null]);
  await untilOld();
  assert.deepEqual(await askForLink(orderId), [false, null, 'number_is_old']);
  await confirmNumber(fixture.database, client.publisher.publisherId, kari.uniqueUserId);
  assert.deepEqual(await askForLink(orderId), [true, 'sms', null]);
});

test('an order that was bought since then gets its link: whoever has the number now may have bought it', async () => {
  const kari = await logIn(number);
  await untilOld();
  assert.deepEqual(await askForLink(await buy(kari.accountId)), [true, 'sms', null]);
});

test('a link about it stays with the number, also where that is not reached', async () => {
  const kari = await logIn(number);
  await addProven(kari, mail);
  await untilOld();
  const orderId = await buy(kari.accountId);
  const { linkId } = await fixture.addLink(client, number, { orderId });
  assert.deepEqual(await askForLink(orderId), [true, 'sms', null]);
  await fixture.rows(`UPDATE messages SET state = 'failed' WHERE link_id >= $1`, [linkId]);
  assert.deepEqual(await askForLink(orderId), [true, 'sms', null]);
});

test('where the account has an e-mail address too, the link goes there', async () => {
  const kari = await logIn(number);
  await addProven(kari, mail);
  const orderId = await buy(kari.accountId);
  await renew(number);
  await untilOld();
  await fixture.addLink(client, number, { orderId });
  assert.deepEqual(await askForLink(orderId), [true, 'email', null]);
});

test('the database takes no first proof without a last one, nor the other way', async () => {
  await logIn(number);
  for (const column of ['last_proven_at', 'proven_at']) {
    const forget = fixture.rows(`UPDATE credentials SET ${column} = NULL WHERE credential_key = $1`, [
      number.key,
    ]);
    await assert.rejects(forget, /credentials_proofs_have_both_times/);
  }
});
