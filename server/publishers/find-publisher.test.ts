import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createPool } from '../database/connect.ts';
import type { Queryable } from '../database/statement.ts';
import { createDatabase, type Database } from '../database/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { createTestPublisher } from '../testing/publisher.ts';
import { defaultClientSettings } from './client-settings.ts';
import { createPublisherDirectory } from './find-publisher.ts';
import { defaultPublisherSettings } from './publisher-settings.ts';

let testDatabase: TestDatabase;
let database: Database;
before(async () => {
  testDatabase = await createTestDatabase();
  const pool = createPool(
    { connection: testDatabase.connection, poolSize: 4, preparedStatements: true },
    () => undefined,
  );
  const options = { preparedStatements: true, report: () => Promise.resolve(), random: Math.random };
  database = createDatabase(pool, options);
});
after(async () => {
  await database.close();
  await testDatabase.drop();
});

/** Counts the readings, and can let them wait or fail. */
function watch() {
  const watched = { readings: 0, fails: false, gate: Promise.resolve() };
  const queryable: Queryable = {
    async query(statement, values) {
      if (statement.name.startsWith('clients.list')) watched.readings += 1;
      await watched.gate;
      if (watched.fails) throw new Error('the database is away');
      return database.query(statement, values);
    },
  };
  let milliseconds = 0;
  const directory = createPublisherDirectory({ database: queryable, now: () => milliseconds });
  const pass = (more: number) => {
    milliseconds += more;
  };
  return { watched, directory, pass };
}

test('a client stands with its publisher, settings filled from the defaults', async () => {
  const given = { publisher: { settings: { orderLifeDays: 3 } }, client: { settings: { allowsHttp: true } } };
  const { clientId, publisherId } = await createTestPublisher(database, given);
  const { directory } = watch();
  const client = await directory.findClient(clientId);
  assert.deepEqual(client?.settings, { ...defaultClientSettings, allowsHttp: true });
  assert.deepEqual(client?.publisher.settings, { ...defaultPublisherSettings, orderLifeDays: 3 });
  assert.equal(client?.publisher, await directory.findPublisher(publisherId));
  assert.equal((await directory.findSecrets(clientId)).length, 1);
});

test('many calls at once read once, and young memory is not read again', async () => {
  const { clientId } = await createTestPublisher(database);
  const { directory, watched, pass } = watch();
  await Promise.all(Array.from({ length: 50 }, () => directory.findClient(clientId)));
  pass(1999);
  await directory.findClient(clientId);
  assert.equal(watched.readings, 1);
});

test('older memory is served while it is read again, but never beyond five seconds', async () => {
  const { clientId } = await createTestPublisher(database);
  const { directory, watched, pass } = watch();
  const first = await directory.findClient(clientId);
  const opened = Promise.withResolvers<void>();
  watched.gate = opened.promise;
  pass(3000);
  assert.equal(await directory.findClient(clientId), first);
  assert.equal(watched.readings, 2);
  pass(2001);
  const waiting = directory.findClient(clientId);
  opened.resolve();
  const second = await waiting;
  assert.equal(watched.readings, 2);
  assert.notEqual(second, first);
});

test('while the database is away, memory is served for five seconds and then the failure', async () => {
  const { clientId } = await createTestPublisher(database);
  const { directory, watched, pass } = watch();
  await directory.findClient(clientId);
  watched.fails = true;
  pass(4999);
  assert.equal((await directory.findClient(clientId))?.clientId, clientId);
  pass(2);
  await assert.rejects(directory.findClient(clientId), /away/);
  watched.fails = false;
  assert.equal((await directory.findClient(clientId))?.clientId, clientId);
});

test('a client that is new is found, and asking for nobody reads at most twice a second', async () => {
  const { directory, watched, pass } = watch();
  assert.equal(await directory.findClient('nobody'), undefined);
  pass(501);
  const { clientId } = await createTestPublisher(database);
  assert.equal((await directory.findClient(clientId))?.clientId, clientId);
  assert.equal(watched.readings, 2);
  for (let call = 0; call < 20; call += 1) await directory.findClient(`nobody ${call}`);
  assert.equal(watched.readings, 2);
});
