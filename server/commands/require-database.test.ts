import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainRefusal } from './require-database.ts';

const place = { host: 'db.example.no', port: 5432, user: 'avisa', database: 'orders' };
const failed = (code: string, message = '') => Object.assign(new Error(message), { code });

const cases: [unknown, RegExp][] = [
  [failed('ECONNREFUSED'), /^No database answers at db\.example\.no:5432: /],
  [
    new AggregateError([], 'several'),
    /^The database at db\.example\.no:5432 cannot be reached \(several\)\.$/,
  ],
  [failed('ENOTFOUND'), /^There is no host db\.example\.no: /],
  [failed('28P01'), /refuses the user avisa or its password: /],
  [failed('28000'), /refuses the user avisa or its password: /],
  [failed('3D000'), /^There is no database orders at /],
  [new Error('timeout expired'), /cannot be reached \(timeout expired\)\.$/],
  [failed('57P03', 'the database system is starting up'), /\(the database system is starting up\)\.$/],
];

for (const [error, sentence] of cases) {
  test(`a database that does not let us in: ${String(error)}`, () => {
    assert.match(explainRefusal(error, place), sentence);
  });
}

test('a socket is named by its folder', () => {
  const refused = explainRefusal(failed('ENOENT'), { ...place, host: '/run/postgresql' });
  assert.match(refused, /^No database answers at \/run\/postgresql: /);
});
