import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Compared, compareMigrations } from './compare-migrations.ts';
import { listMigrations } from './migrate.ts';

const own = ['0001-ground.sql', '0002-orders.sql', '0003-money.sql'];

const cases: [string, string[], Compared | undefined][] = [
  ['an empty database lacks all', [], { missing: own, later: [] }],
  ['one of this release lacks none', own, { missing: [], later: [] }],
  ['one of an earlier release lacks the rest', own.slice(0, 2), { missing: own.slice(2), later: [] }],
  ['one of a later release has more', [...own, '0004-more.sql'], { missing: [], later: ['0004-more.sql'] }],
  [
    'one may lack some and have others',
    ['0001-ground.sql', '0002-branch.sql'],
    { missing: own.slice(1), later: ['0002-branch.sql'] },
  ],
  ['another set has another first one', ['0001-clock.sql', '0002-publishers.sql'], undefined],
  ['another set may share names of later ones', ['0001-clock.sql', '0002-orders.sql'], undefined],
  ['another set may have got no further than its first one', ['0001-clock.sql'], undefined],
];
for (const [name, applied, compared] of cases)
  test(name, () => assert.deepEqual(compareMigrations(own, applied), compared));

test('the first migration keeps its name, or every database would be of another set', async () => {
  assert.equal((await listMigrations())[0], '0001-clock-events-and-jobs.sql');
});
