import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from './mutant.ts';
import { mutateSql } from './mutate-sql.ts';

/** A statement, and all that it may be broken to. */
const cases: [string, string, string[]][] = [
  ['the larger of two', 'SET a = greatest(a, b)', ['SET a = least(a, b)', 'SET a = b', 'SET a = a']],
  [
    'a parameter that goes stays in a branch that is never taken',
    'SET a = greatest(a, $1)',
    ['SET a = least(a, $1)', 'SET a = $1', 'SET a = CASE WHEN true THEN a ELSE greatest(a, $1) END'],
  ],
  [
    'each part of a condition',
    "SELECT 1 FROM t WHERE a = $1 AND state = 'x' FOR UPDATE",
    [
      "SELECT 1 FROM t WHERE (true OR (a = $1)) AND state = 'x' FOR UPDATE",
      'SELECT 1 FROM t WHERE a = $1 AND true FOR UPDATE',
      "SELECT 1 FROM t WHERE a = $1 AND state = 'x' ",
    ],
  ],
  ['a bound', 'WHERE a < b', ['WHERE true', 'WHERE a <= b']],
  ['either of two', 'WHERE a OR b', ['WHERE false OR b', 'WHERE a OR false']],
  ['conditions in brackets', 'WHERE (a OR b)', ['WHERE true', 'WHERE (false OR b)', 'WHERE (a OR false)']],
  ['a range is one condition', 'WHERE a BETWEEN 1 AND 2', ['WHERE true']],
  ['a sum', 'SET a = a + 1', ['SET a = a - 1']],
  ['a count of all is no product', 'SELECT count(*) FROM t', []],
  [
    'one of several states',
    "WHERE state IN ('x', 'y')",
    ['WHERE true', "WHERE state IN ('y')", "WHERE state IN ('x')"],
  ],
  ['what is not there', 'WHERE a IS NULL', ['WHERE true', 'WHERE a IS NOT NULL']],
  ['no row', 'WHERE NOT EXISTS (SELECT 1)', ['WHERE true', 'WHERE EXISTS (SELECT 1)']],
  ['a conflict', 'INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING', ['INSERT INTO t VALUES (1) ']],
  [
    'rows that an index names are left alone',
    'INSERT INTO t VALUES (1) ON CONFLICT (a) WHERE b DO NOTHING',
    ['INSERT INTO t VALUES (1) '],
  ],
  ['an order', 'SELECT a FROM t ORDER BY a DESC', ['SELECT a FROM t ', 'SELECT a FROM t ORDER BY a ASC']],
  ['rows that may lack', 'FROM t LEFT JOIN u USING (a)', ['FROM t  JOIN u USING (a)']],
  ['a comment says nothing', 'SELECT a -- < b\nFROM t', []],
];

for (const [name, statement, expected] of cases) {
  test(`breaks of a statement: ${name}`, () => {
    assert.deepEqual(
      mutateSql(statement).map((change) => apply(statement, change)),
      expected,
    );
  });
}
