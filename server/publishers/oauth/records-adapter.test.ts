import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { advanceClock } from '../../database/clock.ts';
import { createPool } from '../../database/connect.ts';
import { sql } from '../../database/statement.ts';
import { createDatabase, type Database } from '../../database/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { deleteExpiredOauthRecords } from './delete-expired-oauth-records.ts';
import { createRecordsAdapter } from './records-adapter.ts';

let testDatabase: TestDatabase;
let database: Database;
before(async () => {
  testDatabase = await createTestDatabase();
  const connection = { connection: testDatabase.connection, poolSize: 8, preparedStatements: true };
  const pool = createPool(connection, () => undefined);
  const options = { preparedStatements: true, report: () => Promise.resolve(), random: Math.random };
  database = createDatabase(pool, options);
});
after(async () => {
  await database.close();
  await testDatabase.drop();
});

test('a record is found by its id, in its own kind only', async () => {
  const codes = createRecordsAdapter(database, 'AuthorizationCode');
  const payload = { kind: 'AuthorizationCode', jti: 'r1', accountId: 'a' };
  await codes.upsert('r1', payload, 60);
  assert.deepEqual(await codes.find('r1'), payload);
  assert.equal(await createRecordsAdapter(database, 'RefreshToken').find('r1'), undefined);
  await codes.upsert('r1', { ...payload, accountId: 'b' }, 60);
  assert.deepEqual(await codes.find('r1'), { ...payload, accountId: 'b' });
  await codes.destroy('r1');
  assert.equal(await codes.find('r1'), undefined);
});

test('what stands in the database is no token', async () => {
  const tokens = createRecordsAdapter(database, 'RefreshToken');
  const token = 'a-token-that-opens-something';
  await tokens.upsert(token, { kind: 'RefreshToken', jti: token }, 60);
  const all = sql('test oauthRecords.all', 'SELECT oauth_records::text AS row FROM oauth_records');
  const rows = await database.query<{ row: string }>(all);
  assert.deepEqual(
    rows.filter(({ row }) => row.includes(token)),
    [],
  );
  const ofKind = `SELECT record_id FROM oauth_records WHERE payload ->> 'kind' = 'RefreshToken'`;
  const [kept] = await database.query<{ record_id: string }>(sql('test oauthRecords.kept', ofKind));
  const id = kept?.record_id ?? '';
  assert.equal(
    Buffer.from(id, 'base64url').toString('hex'),
    createHash('sha256').update(token).digest('hex'),
  );
  assert.equal(await tokens.find(id), undefined, 'the hash is no token either');
  for (const odd of ['\0', '\ud800', 'x'.repeat(100_000)]) {
    assert.equal(await tokens.find(odd), undefined);
    await tokens.destroy(odd);
  }
});

test("a record ends by the database's clock, and tells it by this node's", async () => {
  const tokens = createRecordsAdapter(database, 'RefreshToken');
  const made = Math.floor(Date.now() / 1000);
  await tokens.upsert('timed', { iat: made - 50, exp: made + 100 }, 100);
  await advanceClock(database, 70_000);
  const { iat = 0, exp = 0 } = (await tokens.find('timed')) ?? {};
  const left = exp - Math.floor(Date.now() / 1000);
  assert.ok(left > 25 && left <= 31, String(left));
  assert.equal(exp - iat, 150);
});

test('of 32 at once one consumes a code, and the others are refused as OAuth says', async () => {
  const codes = createRecordsAdapter(database, 'AuthorizationCode');
  await codes.upsert('c1', { kind: 'AuthorizationCode' }, 60);
  const ends = await Promise.allSettled(Array.from({ length: 32 }, () => codes.consume('c1')));
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.error] : []));
  assert.deepEqual(
    refused,
    Array.from({ length: 31 }, () => 'invalid_grant'),
  );
  const found = await codes.find('c1');
  assert.equal(typeof found?.consumed, 'number');
});

test('a revoked grant takes its records of that kind along', async () => {
  const tokens = createRecordsAdapter(database, 'RefreshToken');
  await tokens.upsert('t1', { grantId: 'g1' }, 60);
  await tokens.upsert('t2', { grantId: 'g1' }, 60);
  await tokens.upsert('t3', { grantId: 'g2' }, 60);
  await tokens.revokeByGrantId('g1');
  const found = await Promise.all(['t1', 't2', 't3'].map((id) => tokens.find(id)));
  assert.deepEqual(
    found.map((record) => record !== undefined),
    [false, false, true],
  );
});

test('an expired record is not found, and is deleted in time', async () => {
  const sessions = createRecordsAdapter(database, 'Session');
  await sessions.upsert('short', {}, 60);
  await sessions.upsert('long', {}, 3600);
  await advanceClock(database, 61_000);
  assert.equal(await sessions.find('short'), undefined);
  assert.ok((await deleteExpiredOauthRecords({ database })) >= 1);
  assert.deepEqual(await sessions.find('long'), { jti: 'long' });
  assert.equal(await deleteExpiredOauthRecords({ database }), 0);
});
