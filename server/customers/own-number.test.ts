import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findSession } from '../accounts/find-session.ts';
import { spendLink } from '../accounts/spend-link.ts';
import type { Client } from '../publishers/publisher.ts';
import { openTestFixture, type TestFixture } from '../testing/accounts.ts';
import { holdOwnCustomer } from './hold-own-customer.ts';

let fixture: TestFixture;
before(async () => {
  fixture = await openTestFixture();
});
after(() => fixture.close());

const day = 86_400;
const mobile = '+4790000001';
/** The customer number of every order of the fixture. */
const typed = 1;

async function logIn(client: Client, nonce: string) {
  const { token } = await fixture.addLink(client, fixture.credential(client, mobile));
  const visitor = { nonce, formerSessionId: undefined };
  const outcome = await spendLink(fixture, token, visitor, { isShownBeside: false, wantsNewAccount: true });
  assert.equal(outcome?.kind, 'logged in');
  const session = await findSession(fixture.database, outcome.sessionId);
  assert.ok(session);
  return session;
}

/** An order of a payer with the number, tied to an account where one is named. */
async function buy(client: Client, accountId?: number): Promise<void> {
  const { key, shown } = fixture.credential(client, mobile);
  const orderId = await fixture.addOrder(client, { state: 'completed' });
  await fixture.rows(
    `INSERT INTO order_parties (order_id, line_number, publisher_id, party, mobile, mobile_key)
     VALUES ($1, 0, $2, '{}', $3, $4)`,
    [orderId, client.publisher.publisherId, shown, key],
  );
  await fixture.rows('UPDATE orders SET account_id = $2 WHERE order_id = $1', [orderId, accountId ?? null]);
}

const numberOf = ({ publisherId, accountId }: Awaited<ReturnType<typeof logIn>>) =>
  fixture.database.transaction('hold customer', (transaction) =>
    holdOwnCustomer(transaction, publisherId, accountId),
  );

test('a customer number is the reader’s own where they have bought all that is under it', async () => {
  const client = await fixture.addClient();
  const kari = await logIn(client, 'kari');
  await buy(client);
  await buy(client, kari.accountId);
  assert.equal(await numberOf(kari), typed);
});

test('what a mobile number bought before it changed hands makes no customer number the new owner’s', async () => {
  const client = await fixture.addClient();
  await buy(client);
  await logIn(client, 'kari');
  await fixture.advance(181 * day);
  const fresh = await logIn(client, 'another');
  await buy(client, fresh.accountId);
  assert.notEqual(await numberOf(fresh), typed);
});
