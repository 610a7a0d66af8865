import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createCatalogueSnapshots } from '../catalogue/catalogue-snapshots.ts';
import type { PublisherId } from '../kit/ids.ts';
import { complete, newKey, openTestFixture, type TestFixture } from '../testing/orders.ts';
import { type AccessCheck, type CheckAccess, createCheckAccess } from './check-access.ts';

let fixture: TestFixture;
let checkAccess: CheckAccess;
let publisherId: PublisherId;
before(async () => {
  fixture = await openTestFixture();
  const { database } = fixture;
  checkAccess = createCheckAccess({ database, catalogue: createCatalogueSnapshots({ database }) });
});
beforeEach(async () => {
  publisherId = await fixture.addPublisher();
});
after(() => fixture.close());

const guide = { spec_type: 'product' as const, product_code: 'GUIDE' };
const lent = { ...guide, allow_access_product: 'DEMO', allow_access_seconds: 60 };

type Asked = Omit<AccessCheck, 'publisherId' | 'wantsReason'> & { publisherId?: PublisherId };

async function reasonFor(asked: Asked): Promise<string> {
  const answer = await checkAccess({ publisherId, wantsReason: true, ...asked });
  assert.equal(answer.access, answer.reason === 'bought' || answer.reason === 'temporary_access');
  const quiet = await checkAccess({ publisherId, wantsReason: false, ...asked });
  assert.equal(quiet.access, answer.access, 'the answer does not depend on asking why');
  return answer.reason;
}

test('a credential finds its own grants, by mobile or e-mail, at its publisher alone', async () => {
  const [mobile, email] = [newKey(), newKey()];
  await complete(fixture, await fixture.addOrder({ publisherId, lines: [guide], payer: { mobile, email } }));
  assert.equal(await reasonFor({ credentialKey: mobile, product: 'GUIDE' }), 'bought');
  assert.equal(await reasonFor({ credentialKey: email, product: 'GUIDE' }), 'bought');
  assert.equal(await reasonFor({ credentialKey: email, product: 'DEMO' }), 'no_grant');
  assert.equal(await reasonFor({ credentialKey: newKey(), product: 'GUIDE' }), 'unknown_credential');
  const other = await fixture.addPublisher();
  assert.equal(await reasonFor({ publisherId: other, credentialKey: email }), 'unknown_credential');
});

test('an account is found by uniqueId and credential, pending or active, until it is closed', async () => {
  const key = newKey();
  const credentials = [{ key, kind: 'email' as const, isProven: false }];
  const { accountId, uniqueUserId } = await fixture.addAccount({
    publisherId,
    state: 'pending',
    credentials,
  });
  assert.equal(await reasonFor({ uniqueId: uniqueUserId }), 'no_grant');
  await complete(fixture, await fixture.addOrder({ publisherId, lines: [guide], accountId }));
  assert.equal(await reasonFor({ uniqueId: uniqueUserId, product: 'GUIDE' }), 'bought');
  assert.equal(await reasonFor({ credentialKey: key, product: 'GUIDE' }), 'bought');
  assert.equal(await reasonFor({ uniqueId: uniqueUserId, credentialKey: key }), 'bought');
  const other = await fixture.addPublisher();
  assert.equal(await reasonFor({ publisherId: other, uniqueId: uniqueUserId }), 'unknown_user');
  assert.equal(await reasonFor({ publisherId: other, credentialKey: key }), 'unknown_credential');
  await fixture.rows("UPDATE accounts SET state = 'closed' WHERE account_id = $1", [accountId]);
  assert.equal(await reasonFor({ uniqueId: uniqueUserId }), 'unknown_user');
  assert.equal(await reasonFor({ credentialKey: key }), 'unknown_credential');
});

test('an account finds what its proven credentials hold, and nothing by an unproven one', async () => {
  const [proven, unproven] = [newKey(), newKey()];
  const { uniqueUserId } = await fixture.addAccount({
    publisherId,
    credentials: [
      { key: proven, kind: 'mobile', isProven: true },
      { key: unproven, kind: 'email', isProven: false },
    ],
  });
  const issue = { ...guide, product_code: 'LATER' };
  await complete(fixture, await fixture.addOrder({ publisherId, lines: [guide], payer: { mobile: proven } }));
  await complete(
    fixture,
    await fixture.addOrder({ publisherId, lines: [issue], payer: { email: unproven } }),
  );
  assert.equal(await reasonFor({ uniqueId: uniqueUserId, product: 'GUIDE' }), 'bought');
  assert.equal(await reasonFor({ uniqueId: uniqueUserId, product: 'LATER' }), 'no_grant');
  assert.equal(await reasonFor({ credentialKey: unproven, product: 'LATER' }), 'bought');
});

test('a credential and a user that do not belong together find nothing', async () => {
  const key = newKey();
  const { accountId, uniqueUserId } = await fixture.addAccount({ publisherId });
  await complete(
    fixture,
    await fixture.addOrder({ publisherId, lines: [guide], accountId }),
    await fixture.addOrder({ publisherId, lines: [guide], payer: { email: key } }),
  );
  assert.equal(await reasonFor({ uniqueId: uniqueUserId, credentialKey: key }), 'unknown_user');
});

test('a grant held by account and by both credentials is listed once', async () => {
  const [mobile, email] = [newKey(), newKey()];
  const { accountId, uniqueUserId } = await fixture.addAccount({
    publisherId,
    credentials: [
      { key: mobile, kind: 'mobile', isProven: true },
      { key: email, kind: 'email', isProven: true },
    ],
  });
  const event = await fixture.addOrder({ publisherId, lines: [guide], payer: { mobile, email } });
  await complete(fixture, event);
  await fixture.rows('UPDATE grants SET account_id = $1 WHERE order_id = $2', [accountId, event.orderId]);
  const answer = await checkAccess({ publisherId, uniqueId: uniqueUserId, wantsReason: false });
  assert.equal(answer.accesses.length, 1);
});

test('a customer number leaves only what that customer ordered', async () => {
  const key = newKey();
  const order = { publisherId, lines: [guide], payer: { email: key }, customerNumber: 7 };
  await complete(fixture, await fixture.addOrder(order));
  assert.equal(await reasonFor({ credentialKey: key, customerNumber: 7 }), 'bought');
  assert.equal(await reasonFor({ credentialKey: key, customerNumber: 8 }), 'unknown_credential');
});

test('a grant opens at its start, is over at its end, and closed when revoked', async () => {
  const key = newKey();
  await complete(fixture, await fixture.addOrder({ publisherId, lines: [lent], payer: { email: key } }));
  // The statement's own time is the clock, so the edges are set to it from within.
  const at = async (starts: string, ends: string) => {
    await fixture.rows(
      `UPDATE grants SET starts_at = leveret_now() + $2::interval, ends_at = leveret_now() + $3::interval
       WHERE email_key = $1 AND kind = 'temporary'`,
      [key, starts, ends],
    );
    return reasonFor({ credentialKey: key, product: 'DEMO' });
  };
  assert.equal(await at('0', '1 hour'), 'temporary_access');
  assert.equal(await at('-1 hour', '0'), 'expired');
  assert.equal(await at('1 hour', '2 hours'), 'not_started');
  await fixture.rows('UPDATE grants SET revoked_at = leveret_now() WHERE email_key = $1', [key]);
  assert.equal(await at('0', '1 hour'), 'revoked');
});

test('what is over is read only where a reason is wanted', async () => {
  const key = newKey();
  await complete(fixture, await fixture.addOrder({ publisherId, lines: [lent], payer: { email: key } }));
  await fixture.rows('UPDATE grants SET ends_at = starts_at WHERE email_key = $1', [key]);
  const asked = { publisherId, credentialKey: key };
  assert.equal((await checkAccess({ ...asked, wantsReason: false })).accesses.length, 0);
  assert.equal((await checkAccess({ ...asked, wantsReason: true })).accesses.length, 2);
});

test('a category of the catalogue opens its products', async () => {
  const key = newKey();
  await fixture.rows(
    `INSERT INTO products (publisher_id, product_code, description, product_type, currency, vat_code)
     VALUES ($1, 'LOCAL', 'Local', 'subscription', 'NOK', 'press')`,
    [publisherId],
  );
  await fixture.rows(`INSERT INTO product_categories VALUES ($1, 'news', 'all', 'LOCAL')`, [publisherId]);
  const line = { ...guide, allow_access_category_type: 'news' };
  await complete(fixture, await fixture.addOrder({ publisherId, lines: [line], payer: { email: key } }));
  assert.equal(await reasonFor({ credentialKey: key, product: 'LOCAL' }), 'temporary_access');
  assert.equal(await reasonFor({ credentialKey: key, product: 'DEMO' }), 'no_grant');
});

test('300 checks at once each get their own answer', async () => {
  const keys = Array.from({ length: 300 }, newKey);
  const events = [];
  for (const [index, email] of keys.entries()) {
    if (index % 3 === 0)
      events.push(await fixture.addOrder({ publisherId, lines: [guide], payer: { email } }));
  }
  await complete(fixture, ...events);
  const answers = await Promise.all(
    keys.map((credentialKey) =>
      checkAccess({ publisherId, credentialKey, product: 'GUIDE', wantsReason: false }),
    ),
  );
  assert.deepEqual(
    answers.map((answer) => answer.access),
    keys.map((_key, index) => index % 3 === 0),
  );
});
