import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { jobs } from '@leveret/server/jobs.js';
import {
  complete,
  openTestNode,
  prepaidOrder,
  register,
  smsOrder,
  type TestNode,
} from '@leveret/server/testing/node.js';

const day = 86_400;
const tables = [
  'orders',
  'order_lines',
  'order_parties',
  'order_completions',
  'grants',
  'login_links',
  'messages',
  'deliveries',
  'payments',
  'prepayments',
  'events',
] as const;

let node: TestNode;
const placed: Record<string, number> = {};
before(async () => {
  node = await openTestNode();
  const free = { ...smsOrder(), paymentMethod: 'free' };
  placed.completed = await end(free);
  placed.nobodys = await end(free);
  await node.post(orderPath(placed.completed, '/user'), { credential: options.credential });
  placed.prepaid = await end(prepaidOrder());
  await node.post(orderPath(placed.prepaid, '/user'), { credential: options.credential });
  placed.stopped = await register(node, free);
  await node.post(`/capi/v1/client/order/${placed.stopped}/cancel`);
  placed.failed = await register(node, smsOrder());
  await complete(node, placed.failed, options);
  node.link.willAnswer('badNumber');
  await node.runJobs();
  await settle(placed.failed);
  placed.open = await register(node, free);
  await node.rows("UPDATE orders SET expires_at = leveret_now() + interval '9 years' WHERE order_id = $1", [
    placed.open,
  ]);
});
after(() => node.close());

const options = {
  callbackUrl: 'http://127.0.0.1:9/callback',
  credential: '+4790000001',
  returnUrl: 'http://localhost:8090/publisher/return',
};

const orderPath = (orderId: number | undefined, what: string) => `/capi/v1/client/order/${orderId}${what}`;

async function end(order: object): Promise<number> {
  const orderId = await register(node, order);
  await complete(node, orderId, options);
  await node.runJobs();
  await settle(orderId);
  return orderId;
}

/** Nobody listens here, so that what is sent would wait for days. */
async function settle(orderId: number): Promise<void> {
  await node.rows(
    `UPDATE deliveries SET state = 'failed', ended_at = leveret_now(), failed_at = leveret_now()
     WHERE order_id = $1 AND state = 'waiting'`,
    [orderId],
  );
  await node.rows("UPDATE messages SET state = 'delivered' WHERE order_id = $1 AND state = 'waiting'", [
    orderId,
  ]);
}

async function runJob(name: string): Promise<unknown> {
  const job = { jobId: 0, name, lane: name, arguments: {}, failures: 0, isHeld: async () => true };
  return (await jobs[name]?.run(node.context, job))?.kind;
}

/** Each run looks at a part, until there is no more to look at. */
async function prune(): Promise<void> {
  for (const name of Object.keys(jobs).filter((one) => one.startsWith('prune-'))) {
    let last: unknown = 'later';
    for (let runs = 0; last === 'later' && runs < 20; runs += 1) last = await runJob(name);
    assert.equal(last, 'done', name);
  }
}

/** The tables that hold something of an order. */
async function rowsOf(orderId: number | undefined): Promise<string[]> {
  const counts = tables.map(
    (table) => `(SELECT count(*)::integer FROM ${table} WHERE order_id = $1) AS ${table}`,
  );
  const [found] = await node.rows<Record<string, number>>(`SELECT ${counts.join(', ')}`, [orderId]);
  return tables.filter((table) => (found?.[table] ?? 0) > 0);
}

/** What opens the evidence about an order's payments. */
const keysOf = (orderId: number | undefined) =>
  node.rows('SELECT FROM payment_keys JOIN payments USING (payment_id) WHERE order_id = $1', [orderId]);

test('nothing goes before its time', async () => {
  assert.equal((await keysOf(placed.failed)).length, 1);
  const whole = await Promise.all(Object.values(placed).map(rowsOf));
  await node.advance(399 * day);
  await prune();
  assert.deepEqual(await Promise.all(Object.values(placed).map(rowsOf)), whole);
});

test('a publisher may keep it longer, and that holds for its rows only', async () => {
  const before = await rowsOf(placed.completed);
  const set = (settings: string) => node.rows('UPDATE publishers SET settings = $1', [settings]);
  await node.advance(10 * day);
  await set(
    '{"keepMessagesDays": 500, "keepLinksDays": 500, "keepDeliveriesDays": 500, "keepCompletionsDays": 500}',
  );
  await prune();
  assert.deepEqual(await rowsOf(placed.completed), before);
  await set('{}');
});

test('after its time all goes that no book needs, and what is under way stays', async () => {
  const open = await rowsOf(placed.open);
  await node.advance(60 * day);
  await prune();
  await prune();
  const books = ['orders', 'order_lines', 'order_parties'];
  assert.deepEqual(await rowsOf(placed.completed), [...books, 'grants', 'events']);
  assert.deepEqual(await rowsOf(placed.prepaid), [...books, 'grants', 'prepayments', 'events']);
  const named = ['orders', 'order_lines', 'order_parties', 'order_completions'];
  assert.deepEqual(await rowsOf(placed.nobodys), [...named, 'grants', 'events']);
  assert.deepEqual(await rowsOf(placed.stopped), ['events']);
  assert.deepEqual(await rowsOf(placed.failed), ['orders', 'order_lines', 'payments', 'events']);
  assert.deepEqual(await keysOf(placed.failed), []);
  assert.deepEqual(await rowsOf(placed.open), open);
});

test('many go in batches, each behind the one before, however many in front have to stay', async () => {
  await node.rows(
    `INSERT INTO messages (publisher_id, template, channel, language, destination, reference, state, created_at)
     SELECT $1, 'sms-ceiling', 'email', 'nb', 'kari@example.com', 'old-' || number,
       CASE WHEN number <= 300 THEN 'waiting' ELSE 'accepted' END, leveret_now() - interval '401 days'
     FROM generate_series(1, 1200) number`,
    [node.client.publisher.publisherId],
  );
  const count = async () => (await node.rows('SELECT FROM messages')).length;
  assert.equal(await runJob('prune-messages'), 'later');
  assert.equal(await count(), 1200);
  assert.equal(await runJob('prune-messages'), 'later');
  assert.equal(await count(), 1100);
  await prune();
  assert.equal(await count(), 300);
});

test('one row of a clock that went wrong holds nothing back', async () => {
  await node.rows(
    `INSERT INTO messages (publisher_id, template, channel, language, destination, reference, state, created_at)
     SELECT $1, 'sms-ceiling', 'email', 'nb', 'kari@example.com', 'clock-' || number, 'accepted',
       leveret_now() + CASE number WHEN 1 THEN interval '9 years' ELSE interval '-401 days' END
     FROM generate_series(1, 1200) number ORDER BY number`,
    [node.client.publisher.publisherId],
  );
  await prune();
  assert.deepEqual(await node.rows("SELECT reference FROM messages WHERE reference LIKE 'clock-%'"), [
    { reference: 'clock-1' },
  ]);
});

test('payments on pages go where they ended without money; of what went back the books stay', async () => {
  const states = ['pending', 'secured', 'aborted', 'given back'];
  await node.rows(
    `WITH given AS (
       SELECT state, CASE WHEN state IN ('secured', 'given back') THEN 100 ELSE 0 END AS captured,
         CASE WHEN state = 'given back' THEN 100 ELSE 0 END AS refunded, leveret_now() - interval '401 days' AS at
       FROM unnest($2::text[]) state
     ), paid AS (
       INSERT INTO payments (publisher_id, purpose, amount_minor, currency, authorized_minor, captured_minor,
         refunded_minor, window_ends_at, created_at)
       SELECT $1, 'order', 100, 'NOK', captured, captured, refunded, at, at FROM given
       RETURNING payment_id, captured_minor, refunded_minor, created_at
     ), numbered AS (
       SELECT paid.*, given.state FROM (SELECT *, row_number() OVER (ORDER BY payment_id) AS place FROM paid) paid
         JOIN (SELECT *, row_number() OVER () AS place FROM given) given USING (place)
     ), tried AS (
       INSERT INTO payment_attempts (payment_id, publisher_id, adapter, reference, notice_token, state,
         authorized_minor, captured_minor, refunded_minor, created_at)
       SELECT payment_id, $1, 'swedbank-pay', state, state,
         CASE WHEN state = 'given back' THEN 'secured' ELSE state END,
         captured_minor, captured_minor, refunded_minor, created_at FROM numbered
     ), keyed AS (
       INSERT INTO payment_keys (payment_id, sealed_key) SELECT payment_id, '' FROM paid)
     INSERT INTO page_payments (payment_id, publisher_id, client_id, payment_method, recurring, return_url,
       page_state, created_at)
     SELECT payment_id, $1, 'no.leveret.demo', 'creditcardPayex', false, 'https://a.example', '', created_at
     FROM paid`,
    [node.client.publisher.publisherId, states],
  );
  await prune();
  const left = await node.rows<{ reference: string; is_page: boolean; is_keyed: boolean }>(
    `SELECT reference, page_payments.payment_id IS NOT NULL AS is_page,
       payment_keys.payment_id IS NOT NULL AS is_keyed
     FROM payment_attempts LEFT JOIN page_payments USING (payment_id) LEFT JOIN payment_keys USING (payment_id)
     WHERE reference = ANY ($1) ORDER BY reference`,
    [states],
  );
  assert.deepEqual(
    left.map(({ reference, is_page, is_keyed }) => [reference, is_page, is_keyed]),
    [
      ['given back', false, false],
      ['pending', true, true],
      ['secured', true, true],
    ],
  );
});

test('links go once they have expired, also behind one that lives longer', async () => {
  await node.rows(
    `INSERT INTO login_links (publisher_id, client_id, credential_kind, credential, credential_key, purpose,
       key_id, token_sha256, created_at, expires_at, code_expires_at)
     SELECT $1, 'no.leveret.demo', 'email', 'kari@example.com', '\\x01', 'login', 'key',
       decode(lpad(number::text, 64, '0'), 'hex'), at, at + CASE number WHEN 1 THEN interval '30 days'
         ELSE interval '1 hour' END, at
     FROM generate_series(1, 600) number, (SELECT leveret_now() - interval '410 days' AS at) clock`,
    [node.client.publisher.publisherId],
  );
  await prune();
  const left = await node.rows(
    "SELECT (expires_at > created_at + interval '1 day') AS lives_long FROM login_links WHERE key_id = 'key'",
  );
  assert.deepEqual(left, [{ lives_long: true }]);
});

test('codes that strangers had sent and nobody used go two days later, with their messages', async () => {
  const { publisherId } = node.client.publisher;
  await node.rows(
    `WITH sent AS (
       INSERT INTO login_links (publisher_id, client_id, credential_kind, credential, credential_key, purpose,
         cause, key_id, token_sha256, created_at, expires_at, code_expires_at, spent_at)
       SELECT $1, 'no.leveret.demo', 'email', what, '\\x02', 'code', cause, 'unused',
         decode(md5(what), 'hex'), at, at + interval '10 minutes', at + interval '10 minutes',
         CASE WHEN is_used THEN at END
       FROM (VALUES ('unused', 'stranger', false), ('used', 'stranger', true), ('reader', 'reader', false))
         AS given (what, cause, is_used), (SELECT leveret_now() AS at) clock
       RETURNING link_id, cause, credential, created_at)
     INSERT INTO messages (publisher_id, link_id, template, channel, language, destination, cause, reference,
       state, created_at)
     SELECT $1, link_id, 'login-code', 'email', 'nb', credential, cause, 'unused ' || credential, 'accepted',
       created_at FROM sent`,
    [publisherId],
  );
  const left = async () => [
    (await node.rows<{ is: string }>("SELECT credential AS is FROM login_links WHERE key_id = 'unused'"))
      .length,
    (await node.rows<{ is: string }>("SELECT 1 AS is FROM messages WHERE reference LIKE 'unused %'")).length,
  ];
  await node.advance(day);
  await prune();
  assert.deepEqual(await left(), [3, 3], 'they still count for what strangers may cost');
  await node.advance(day + day / 10);
  await prune();
  assert.deepEqual(await left(), [2, 2]);
  const unused = "SELECT FROM login_links WHERE credential = 'unused'";
  assert.equal((await node.rows(unused)).length, 0);
});

test('a link that is sent again years later goes to the address that was corrected to', async () => {
  const payer = { lastName: 'Nordmann', emails: ['wrong@example.com'] };
  const orderId = await register(node, { ...smsOrder(), paymentMethod: 'free', payer });
  await complete(node, orderId, { ...options, credential: 'wrong@example.com' });
  await node.post(orderPath(orderId, '/credential'), { credential: 'right@example.com' });
  await node.runJobs();
  await settle(orderId);
  await node.advance(500 * day);
  await prune();
  await prune();
  const { body } = await node.post(orderPath(orderId, '/link'), {});
  assert.equal(body['destination'], 'r***@example.com');
});
