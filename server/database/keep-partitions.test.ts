import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { createPool } from './connect.ts';
import { keepPartitions } from './keep-partitions.ts';
import { sql } from './statement.ts';
import { createDatabase, type Database } from './transaction.ts';

let testDatabase: TestDatabase;
let database: Database;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  const { connection } = testDatabase;
  const pool = createPool({ connection, poolSize: 8, preparedStatements: true }, () => {});
  database = createDatabase(pool, { preparedStatements: true, report: async () => {}, random: Math.random });
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
});

const listMade = sql(
  'partitions.listMade',
  `SELECT relname AS name FROM pg_class
   WHERE relname ~ '^(events|payment_outcomes|delivery_tries)_\\d+$' AND relkind = 'r' ORDER BY 1`,
);
const readMonths = sql(
  'partitions.readMonths',
  `SELECT to_char(date_trunc('month', leveret_now(), 'UTC') + ahead * interval '1 month', 'YYYYMM') AS month
   FROM generate_series(0, 3) ahead`,
);

test('nodes that start at once make the partitions of four months together, once', async () => {
  await Promise.all(Array.from({ length: 8 }, () => keepPartitions({ database })));
  const months = (await database.query<{ month: string }>(readMonths)).map(({ month }) => month);
  const years = [...new Set(months.map((month) => month.slice(0, 4)))];
  const expected = [
    ...months.map((month) => `delivery_tries_${month}`),
    ...years.flatMap((year) => [`events_${year}`, `payment_outcomes_${year}`]),
  ];
  const made = await database.query<{ name: string }>(listMade);
  assert.deepEqual(
    made.map(({ name }) => name),
    expected.toSorted(),
  );
});

const insertEvents = sql(
  'partitions.insertEvents',
  `INSERT INTO events (publisher_id, name, facts, occurred_at)
   SELECT 1, 'test', '{}', at::timestamptz FROM unnest($1::text[]) at`,
);
const countEvents = sql(
  'partitions.countEvents',
  `SELECT tableoid::regclass::text AS name, count(*)::integer AS events FROM events GROUP BY 1 ORDER BY 1`,
);

test('events lie in years, but for a year that an earlier release began in months', async () => {
  const begun = `CREATE TABLE events_202303 PARTITION OF events
    FOR VALUES FROM ('2023-03-01 00:00Z') TO ('2023-04-01 00:00Z')`;
  await database.query(sql('partitions.begin', begun));
  const moments = ['2022-01-01 00:00Z', '2022-12-31 23:59Z', '2023-01-01 00:00Z', '2023-03-31 23:59Z'];
  await database.query(insertEvents, [moments]);
  await keepPartitions({ database });
  assert.deepEqual(await database.query(countEvents), [
    { name: 'events_2022', events: 2 },
    { name: 'events_202301', events: 1 },
    { name: 'events_202303', events: 1 },
  ]);
});

test('a year is kept until its last month has been kept long enough', async () => {
  const [{ month } = { month: '' }] = await database.query<{ month: string }>(readMonths);
  const year = Number(month.slice(0, 4));
  const last = [year - 11, year - 10].map((one) => `${one}-12-31 23:59Z`);
  await database.query(insertEvents, [last]);
  await keepPartitions({ database });
  await keepPartitions({ database });
  assert.deepEqual(await database.query(countEvents), [{ name: `events_${year - 10}`, events: 1 }]);
});

const insertTries = sql(
  'partitions.insertTries',
  `INSERT INTO delivery_tries (delivery_id, publisher_id, try_number, outcome, milliseconds, tried_at)
   SELECT $1::bigint, 1, number, 'reply', 1,
     date_trunc('month', leveret_now(), 'UTC') + $2::integer * interval '1 month' + interval '1 day'
   FROM generate_series(1, $3::integer) number`,
);
const countTries = sql(
  'partitions.countTries',
  `SELECT delivery_id::integer AS delivery, count(*)::integer AS tries,
     bool_or(tableoid = 'delivery_tries_default'::regclass) AS caught
   FROM delivery_tries GROUP BY 1 ORDER BY 1`,
);

test('what the default partition caught moves to the partition of its month, whenever that was', async () => {
  const caught = { now: 1, coming: 2, 'far ahead': 3, 'long ago': 4, 'past its time': 5 };
  await database.query(insertTries, [caught.now, 0, 20_001]);
  await database.query(insertTries, [caught.coming, 1, 2]);
  await database.query(insertTries, [caught['far ahead'], 7, 2]);
  await database.query(insertTries, [caught['long ago'], -2, 2]);
  await database.query(insertTries, [caught['past its time'], -4, 2]);
  await keepPartitions({ database });
  assert.deepEqual(await database.query(countTries), [
    { delivery: caught.now, tries: 20_001, caught: false },
    { delivery: caught.coming, tries: 2, caught: false },
    { delivery: caught['far ahead'], tries: 2, caught: false },
    { delivery: caught['long ago'], tries: 2, caught: false },
    { delivery: caught['past its time'], tries: 2, caught: false },
  ]);
  await keepPartitions({ database });
  const left = await database.query<{ delivery: number }>(countTries);
  assert.ok(!left.some(({ delivery }) => delivery === caught['past its time']));
  assert.equal(left.length, 4);
});

test('what is written while rows move is neither lost nor caught again', async () => {
  await database.query(insertTries, [1, 0, 1000]);
  const ids = Array.from({ length: 200 }, (_, index) => index + 2);
  const writes = ids.map((id) => database.query(insertTries, [id, id % 4, 1]));
  await Promise.all([keepPartitions({ database }), ...writes]);
  const tries = await database.query<{ caught: boolean }>(countTries);
  assert.equal(tries.length, 201);
  assert.ok(tries.every(({ caught }) => !caught));
});

const lockCaught = sql('partitions.lockCaught', 'LOCK TABLE events_default IN ACCESS EXCLUSIVE MODE');
const listWaiting = sql(
  'partitions.listWaiting',
  `SELECT 1 FROM pg_locks WHERE relation = 'events_default'::regclass AND NOT granted`,
);

test('what waits for a partition that is being made is written again, into it', async () => {
  const late = [['2019-05-05 00:00Z']];
  await database.query(insertEvents, late);
  const { waiting } = await database.transaction('keep-partitions', async (keeping) => {
    await keeping.query(lockCaught);
    const waiting = database.transaction('write', (writing) => writing.query(insertEvents, late));
    let waits: object[] = [];
    while (waits.length === 0) waits = await database.query(listWaiting);
    await keepPartitions({ database: { ...database, transaction: (_name, work) => work(keeping) } });
    return { waiting };
  });
  await waiting;
  assert.deepEqual(await database.query(countEvents), [{ name: 'events_2019', events: 2 }]);
});
