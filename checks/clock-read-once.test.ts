import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './clock-read-once.ts';
import { plant, shown } from './testing/plant.ts';

const faults = [
  "sql('a', 'DELETE FROM a WHERE at < leveret_now()');",
  '`SELECT 1 FROM a, (SELECT leveret_now() AS at) clock WHERE a.at < clock.at`;',
  "sql('a', 'SELECT (SELECT leveret_now()) FROM a WHERE at < leveret_now()');",
  "sql('a', 'UPDATE a SET at = leveret_now()');",
  '`DELETE FROM ${table} WHERE at < leveret_now()`;',
];

for (const text of faults) {
  test(`refuses ${text}`, async (t) => {
    const root = await plant(t, { 'server/a.ts': `first;\n${text}\n` });
    assert.deepEqual(shown(await run(root)), [
      'server/a.ts:2 leveret_now() for each row; write (SELECT leveret_now())',
    ]);
  });
}

test('a clock that is read once, comments, and what only tests run are left alone', async (t) => {
  const root = await plant(t, {
    'server/a.ts': [
      "sql('a', 'SELECT leveret_now() AS now');",
      "sql('b', 'DELETE FROM a WHERE at < (SELECT leveret_now()) - $1');",
      '`WITH clock AS MATERIALIZED (SELECT leveret_now() AS at) SELECT 1 FROM a, clock`;',
      '// `leveret_now()` decides.',
      '/** leveret_now() */',
    ].join('\n'),
    'server/a.test.ts': "rows('SELECT 1 WHERE leveret_now() > $1');",
    'server/testing/orders.ts': "rows('SELECT 1 WHERE leveret_now() > $1');",
    'tests/oracle/a.ts': "rows('SELECT 1 WHERE leveret_now() > $1');",
  });
  assert.deepEqual(shown(await run(root)), []);
});
