import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../database/statement.ts';
import { codeOf, customersPath } from '../testing/customers.ts';
import { complete, prepaidOrder, register, smsOrder } from '../testing/node.ts';
import { openTestReader, type TestReader } from '../testing/readers.ts';

let place: TestReader;
before(async () => {
  place = await openTestReader();
});
after(() => place.close());

const numberOf = async (orderId: number) =>
  Number((await place.get(`/capi/v1/client/order/${orderId}`)).body['customerNumber']);
const erase = (number: number) => place.post(`${customersPath}/${number}/erase`);

const blocked: [string, RegExp, string][] = [
  [
    'a bill without a number',
    /1 invoice has no number yet/,
    `INSERT INTO invoices (publisher_id, order_id, customer_number, state, amount_minor, currency, drafted_at)
     VALUES ($1, $2, 1, 'draft', 100, 'NOK', leveret_now())`,
  ],
  [
    'a withdrawal to check',
    /1 withdrawal is to be checked/,
    `INSERT INTO withdrawals (publisher_id, order_id, order_reference, name, proof, state, stated_at, recorded_at)
     VALUES ($1, $2, '1', 'Fugl', 'none', 'to_check', leveret_now(), leveret_now())`,
  ],
  [
    'an open case',
    /1 case is open/,
    `INSERT INTO cases (publisher_id, order_id, kind, state, opened_at)
     VALUES ($1, $2, 'refund failed', 'open', leveret_now())`,
  ],
  [
    'money to be moved by hand',
    /1 payment is under way/,
    `WITH paid AS (INSERT INTO payments (publisher_id, order_id, purpose, amount_minor, currency, window_ends_at,
         created_at) VALUES ($1, $2, 'order', 100, 'NOK', leveret_now(), leveret_now()) RETURNING payment_id),
       tried AS (INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference,
         notice_token, state, created_at)
         SELECT payment_id, $1, $2, 'x', 'r' || $2, 'n' || $2, 'secured', leveret_now() FROM paid
         RETURNING attempt_id)
     INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, state, created_at)
     SELECT attempt_id, $1, 'refund', 'o' || $2, 100, 'by_hand', leveret_now() FROM tried`,
  ],
];
for (const [what, why, write] of blocked) {
  test(`nobody is erased who has ${what}`, async () => {
    const orderId = await register(place, {
      ...smsOrder(),
      paymentMethod: 'free',
      payer: { lastName: 'Fugl', emails: [`${orderCount++}@example.com`] },
    });
    await complete(place, orderId);
    await place.rows(write, [place.client.publisher.publisherId, orderId]);
    const refused = await erase(await numberOf(orderId));
    assert.deepEqual(codeOf(refused), [409, 'customer_is_served']);
    assert.match(String(refused.body['detail']), why);
  });
}
let orderCount = 1;

const lockOrder = sql('test.lockOrder', 'SELECT 1 AS one FROM orders WHERE order_id = $1 FOR UPDATE');
const tieOrder = sql(
  'test.tieOrder',
  `UPDATE orders SET account_id = (SELECT account_id FROM accounts WHERE unique_user_id = $2) WHERE order_id = $1`,
);
const waitingForLocks = `SELECT 1 AS one FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;

test('an order that is tied to the reader while their orders are waited for is seen', async () => {
  const email = 'samtidig@example.com';
  const own = await register(place, prepaidOrder({ payer: { lastName: 'Fugl', emails: [email] } }));
  await complete(place, own);
  await place.logIn(email);
  const [known] = await place.rows<{ user: string }>(
    `SELECT unique_user_id AS user FROM accounts JOIN credentials USING (account_id) WHERE credential = $1`,
    [email],
  );
  const user = known?.user ?? '';
  const open = await register(place, smsOrder('+4790000055'));
  let asked: ReturnType<typeof erase> | undefined;
  await place.context.database.transaction('hold', async (transaction) => {
    await transaction.query(lockOrder, [own]);
    asked = place.post(`/capi/v1/client/user/${user}/erase`);
    while ((await place.rows(waitingForLocks)).length === 0);
    await transaction.query(tieOrder, [open, user]);
  });
  const refused = (await asked) ?? assert.fail('nothing was asked');
  assert.deepEqual(codeOf(refused), [409, 'customer_is_served']);
  assert.match(String(refused.body['detail']), /1 order is open/);
});

test('what a provider says after the erasing is not kept, nor the number that was charged', async () => {
  const mobile = '+4790000066';
  const orderId = await register(place, smsOrder(mobile));
  await complete(place, orderId);
  await place.runJobs();
  const attempts = await place.rows<{ reference: string; attempt_id: number; payment_id: number }>(
    'SELECT reference, attempt_id, payment_id FROM payment_attempts WHERE order_id = $1',
    [orderId],
  );
  const { reference, attempt_id: attemptId, payment_id: paymentId } = attempts[0] ?? assert.fail();
  await place.report(reference, 1001);
  await place.runJobs();
  const charged = () => place.rows('SELECT FROM charged_mobiles');
  const before = (await charged()).length;
  assert.ok(before > 0);
  const { status, body } = await erase(await numberOf(orderId));
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal((await charged()).length, before - 1);
  const outcomes = () =>
    place.rows<{ raw_sealed: Buffer | null }>(
      'SELECT raw_sealed FROM payment_outcomes WHERE attempt_id = $1 ORDER BY outcome_id',
      [attemptId],
    );
  const known = (await outcomes()).length;
  await place.report(reference, 4);
  const later = (await outcomes()).slice(known);
  assert.deepEqual(later, [{ raw_sealed: null }]);
  const keys = await place.rows('SELECT sealed_key FROM payment_keys WHERE payment_id = $1', [paymentId]);
  assert.deepEqual(keys, [{ sealed_key: null }]);
});

test('more orders than one call can take are refused with a clear sentence', async () => {
  const customerNumber = 7_000_001;
  for (let first = 1; first <= 5001; first += 1000)
    await place.rows(
      `INSERT INTO orders (order_id, publisher_id, client_id, state, customer_number, prepaid, recurring,
         amount_minor, currency, ordered_at, registered_at, expires_at, ended_at)
       SELECT 900000000 + n, $1, 'x', 'completed', $2, false, false, 0, 'NOK', leveret_now(), leveret_now(),
         leveret_now(), leveret_now() FROM generate_series($3::integer, least($3 + 999, 5001)) n`,
      [place.client.publisher.publisherId, customerNumber, first],
    );
  const refused = await erase(customerNumber);
  assert.deepEqual(codeOf(refused), [409, 'customer_is_too_large']);
  assert.match(String(refused.body['detail']), /More than 5,000 orders/);
});
