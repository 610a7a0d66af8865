import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accountId } from '../kit/ids.ts';
import {
  complete,
  newKey,
  type OrderCompleted,
  openTestFixture,
  type TestFixture,
  type TestLine,
} from '../testing/orders.ts';
import { attachGrants } from './attach-grants.ts';
import { attachProvenGrants } from './attach-proven-grants.ts';
import { revokeAccess } from './revoke-access.ts';

let fixture: TestFixture;
before(async () => {
  fixture = await openTestFixture();
});
after(() => fixture.close());

const coupon: TestLine = {
  spec_type: 'coupon',
  offer_code: 'DEMO',
  offer_number: 1,
  product_code: 'DEMO',
  period_length: 1,
  period_type: 'months',
};

test('assigning moves the grants of lines without an own receiver, and again to another', async () => {
  const publisherId = await fixture.addPublisher();
  const lines = [coupon, { ...coupon, receiver_mobile_key: newKey() }];
  const event = await fixture.addOrder({ publisherId, lines, payer: { mobile: newKey(), email: newKey() } });
  await complete(fixture, event);
  const first = await fixture.addAccount({ publisherId });
  await assign(event, first.accountId);
  await assign(event, first.accountId);
  assert.deepEqual(await holdersOf(event), [
    { line_number: 1, account_id: first.accountId, mobile: false },
    { line_number: 2, account_id: null, mobile: true },
  ]);
  const second = await fixture.addAccount({ publisherId });
  await assign(event, second.accountId);
  const foreign = await fixture.addPublisher();
  await assign({ ...event, publisherId: foreign }, first.accountId);
  assert.deepEqual(await holdersOf(event), [
    { line_number: 1, account_id: second.accountId, mobile: false },
    { line_number: 2, account_id: null, mobile: true },
  ]);
});

function assign({ publisherId, orderId }: OrderCompleted, account: number): Promise<void> {
  const assigned = { name: 'user assigned' as const, publisherId, orderId, accountId: accountId(account) };
  return fixture.database.transaction('test', (transaction) =>
    attachGrants.run({}, transaction, [{ ...assigned, assignedBy: 'client' }]),
  );
}

function holdersOf(event: OrderCompleted) {
  return fixture.rows<{ line_number: number; account_id: number | null; mobile: boolean }>(
    `SELECT line_number, account_id, mobile_key IS NOT NULL AS mobile FROM grants WHERE order_id = $1
     ORDER BY line_number`,
    [event.orderId],
  );
}

test('a proven credential brings its unattached grants to its account, also as a receiver', async () => {
  const publisherId = await fixture.addPublisher();
  const key = newKey();
  const taken = await fixture.addAccount({ publisherId });
  const event = await fixture.addOrder({
    publisherId,
    lines: [coupon, { ...coupon, receiver_email_key: key }, { ...coupon, receiver_mobile_key: newKey() }],
    payer: { mobile: newKey(), email: key },
  });
  await complete(fixture, event);
  await fixture.rows(
    "UPDATE grants SET account_id = $1 WHERE order_id = $2 AND line_number = 1 AND kind = 'bought'",
    [taken.accountId, event.orderId],
  );
  const account = await fixture.addAccount({
    publisherId,
    credentials: [{ key, kind: 'email', isProven: false }],
  });
  const [link] = await fixture.rows<{ link_id: number }>(
    `INSERT INTO login_links (publisher_id, client_id, credential_kind, credential, credential_key, purpose,
       key_id, token_sha256, expires_at, code_expires_at, created_at)
     VALUES ($1, 'c', 'email', 'someone', $2, 'login', 'k', $2, leveret_now(), leveret_now(), leveret_now())
     RETURNING link_id`,
    [publisherId, key],
  );
  const spend = () =>
    fixture.database.transaction('test', (transaction) =>
      attachProvenGrants.run({}, transaction, [
        { name: 'login link spent', publisherId, linkId: link?.link_id ?? 0 },
      ]),
    );
  const accountsOf = async () =>
    (
      await fixture.rows<{ account_id: number | null }>(
        'SELECT account_id FROM grants WHERE order_id = $1 ORDER BY line_number',
        [event.orderId],
      )
    ).map((row) => row.account_id);
  await spend();
  assert.deepEqual(await accountsOf(), [taken.accountId, null, null], 'not before it is proven');
  await fixture.rows(
    'UPDATE credentials SET proven_at = leveret_now(), last_proven_at = leveret_now() WHERE account_id = $1',
    [account.accountId],
  );
  await spend();
  await spend();
  assert.deepEqual(await accountsOf(), [taken.accountId, account.accountId, null]);
});

test('a stopped order is revoked and reported once; other orders keep their grants', async () => {
  const publisherId = await fixture.addPublisher();
  const [event, other] = await Promise.all(
    [1, 2].map(() => fixture.addOrder({ publisherId, lines: [coupon, coupon] })),
  );
  assert.ok(event && other);
  await complete(fixture, event, other);
  fixture.events.length = 0;
  const stopped = { ...event, name: 'order stopped' as const, reason: 'cancelled' as const };
  const stop = () =>
    fixture.database.transaction('test', (transaction) => revokeAccess.run({}, transaction, [stopped]));
  await stop();
  await stop();
  assert.deepEqual(fixture.events, [{ name: 'access revoked', publisherId, orderId: event.orderId }]);
  const revoked = async (order: OrderCompleted) =>
    (
      await fixture.rows<{ is_revoked: boolean }>(
        'SELECT revoked_at IS NOT NULL AS is_revoked FROM grants WHERE order_id = $1',
        [order.orderId],
      )
    ).map((row) => row.is_revoked);
  assert.deepEqual(await revoked(event), [true, true]);
  assert.deepEqual(await revoked(other), [false, false]);
});
