import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { advanceClock } from './clock.ts';
import { createPool } from './connect.ts';
import { deleteOldIdempotencyKeys } from './delete-old-idempotency-keys.ts';
import { type KeyedRequest, runOnce } from './idempotency-keys.ts';
import { sql } from './statement.ts';
import { createDatabase, type Database } from './transaction.ts';

let testDatabase: TestDatabase;
let database: Database;
before(async () => {
  testDatabase = await createTestDatabase();
  const pool = createPool(
    { connection: testDatabase.connection, poolSize: 12, preparedStatements: true },
    () => undefined,
  );
  const options = { preparedStatements: true, report: () => Promise.resolve(), random: Math.random };
  database = createDatabase(pool, options);
});
after(async () => {
  await database.close();
  await testDatabase.drop();
});

const request = (key: string | undefined, more: Partial<KeyedRequest> = {}): KeyedRequest => ({
  clientId: 'no.site',
  operation: 'register-order',
  key,
  bodyText: '{"a":1}',
  ...more,
});

/** Runs the work in a transaction of its own, and counts how often it really ran. */
function counter() {
  const done = { times: 0 };
  const run = (keyed: KeyedRequest) =>
    database.transaction('test', (transaction) =>
      runOnce(transaction, keyed, async () => {
        done.times += 1;
        return { status: 201, body: { number: done.times } };
      }),
    );
  return { done, run };
}

test('a repeat gets the first reply, and the work runs once', async () => {
  const { done, run } = counter();
  assert.deepEqual(await run(request('one')), { status: 201, body: { number: 1 }, replayed: false });
  assert.deepEqual(await run(request('one')), {
    status: 201,
    body: { number: 1 },
    replayed: true,
    headers: { 'idempotency-replayed': 'true' },
  });
  assert.equal(done.times, 1);
});

test('without a key every request is a new one', async () => {
  const { done, run } = counter();
  await run(request(undefined));
  await run(request(undefined));
  assert.equal(done.times, 2);
});

test('a key belongs to one operation of one client', async () => {
  const { done, run } = counter();
  await run(request('shared'));
  await run(request('shared', { clientId: 'se.site' }));
  await run(request('shared', { operation: 'cancel-order' }));
  assert.equal(done.times, 3);
});

test('another body under the same key is refused', async () => {
  const { done, run } = counter();
  await run(request('bound'));
  await assert.rejects(run(request('bound', { bodyText: '{"a":2}' })), { code: 'idempotency_key_reused' });
  assert.equal(done.times, 1);
});

test('of 12 at once one works and all get its reply', async () => {
  const { done, run } = counter();
  const replies = await Promise.all(Array.from({ length: 12 }, () => run(request('busy'))));
  assert.equal(done.times, 1);
  assert.equal(replies.filter((reply) => !reply.replayed).length, 1);
  assert.ok(replies.every((reply) => JSON.stringify(reply.body) === '{"number":1}'));
});

test('a repeat waits two seconds for the first, and is then told that it runs', async () => {
  const [started, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = database.transaction('slow', (transaction) =>
    runOnce(transaction, request('slow'), async () => {
      started.resolve();
      await mayEnd.promise;
      return { status: 200, body: { slow: true } };
    }),
  );
  await started.promise;
  const { done, run } = counter();
  await assert.rejects(run(request('slow')), {
    code: 'request_is_running',
    status: 409,
    retryAfterSeconds: 1,
  });
  mayEnd.resolve();
  await first;
  assert.deepEqual(await run(request('slow')), {
    status: 200,
    body: { slow: true },
    replayed: true,
    headers: { 'idempotency-replayed': 'true' },
  });
  assert.equal(done.times, 0);
});

test('a work that fails leaves no key behind', async () => {
  const failing = database.transaction('test', (transaction) =>
    runOnce(transaction, request('failed'), () => Promise.reject(new Error('refused'))),
  );
  await assert.rejects(failing, /refused/);
  const { run } = counter();
  assert.equal((await run(request('failed'))).replayed, false);
});

test('keys are deleted after 72 hours, not before', async () => {
  const { run } = counter();
  const count = async () =>
    (await database.query(sql('test.count', 'SELECT key FROM idempotency_keys'))).length;
  await run(request('old'));
  await advanceClock(database, 71 * 3_600_000);
  assert.equal(await deleteOldIdempotencyKeys({ database }), 0);
  await run(request('young'));
  await advanceClock(database, 2 * 3_600_000);
  assert.ok((await deleteOldIdempotencyKeys({ database })) > 0);
  assert.equal(await count(), 1);
  assert.equal((await run(request('young'))).replayed, true);
  assert.equal((await run(request('old'))).replayed, false);
});
