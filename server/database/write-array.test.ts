import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { createTestDatabase } from '../testing/database.ts';
import { createPool } from './connect.ts';
import { sql } from './statement.ts';
import { createDatabase, type Database } from './transaction.ts';
import { writeArray } from './write-array.ts';

let testDatabase: Awaited<ReturnType<typeof createTestDatabase>>;
let database: Database;
before(async () => {
  testDatabase = await createTestDatabase();
  const { connection } = testDatabase;
  const settings = { connection, poolSize: 1, preparedStatements: true };
  const pool = createPool(settings, () => undefined);
  database = createDatabase(pool, { ...settings, report: async () => {}, random: Math.random });
});
after(async () => {
  await database.close();
  await testDatabase.drop();
});

const text = fc.string({ unit: 'grapheme' }).map((drawn) => drawn.replaceAll('\u0000', ''));
const awkward = fc.constantFrom(
  '',
  'NULL',
  'null',
  '"',
  '\\',
  '\\"',
  '{a,b}',
  ' a ',
  ',',
  '\n',
  "'",
  '{"a":"\\\\"}',
);
const columns: [string, fc.Arbitrary<unknown>][] = [
  ['text', fc.oneof(text, awkward)],
  ['integer', fc.integer()],
  ['float8', fc.double({ noNaN: true }).map((drawn) => drawn + 0)],
  ['boolean', fc.boolean()],
  ['bytea', fc.uint8Array().map((drawn) => Buffer.from(drawn))],
];

for (const [type, element] of columns) {
  test(`an array of ${type} reaches the database as it is`, async () => {
    const echo = sql('test.echo', `SELECT $1::${type}[] AS came`);
    const arrays = fc.array(fc.option(element), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(arrays, async (sent) => {
        assert.notEqual(writeArray(sent), undefined);
        const [row] = await database.query<{ came: unknown[] }>(echo, [sent]);
        assert.deepEqual(row?.came, sent);
      }),
      { numRuns: 50 },
    );
  });
}

test('times, arrays and objects inside an array are left to the driver', async () => {
  const at = new Date('2026-02-03T04:05:06.789Z');
  for (const values of [[null, at], [[1]], [{ a: 1 }], [1n]]) assert.equal(writeArray(values), undefined);
  const echo = sql('test.echoTimes', 'SELECT $1::timestamptz[] AS came');
  assert.deepEqual(await database.query(echo, [[at, null]]), [{ came: [at, null] }]);
});
