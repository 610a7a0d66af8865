import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { describeCompatibility } from './describe-table.ts';
import { proveRow } from './prove-row.ts';
import type { Row } from './row.ts';
import { areas } from './table.ts';
import { openTown } from './town.ts';

let town: Awaited<ReturnType<typeof openTown>>;
before(async () => {
  town = await openTown();
});
after(() => town.close());

for (const { title, rows } of areas) {
  test(`no two rows of ${title} have one name, and each asks something`, () => {
    const names = rows.map((row) => row.name);
    assert.deepEqual(names, [...new Set(names)]);
    assert.deepEqual(
      rows.filter((row) => row.proof.length === 0),
      [],
    );
  });

  for (const row of rows) {
    test(`${title}: ${row.name} is ${row.state}`, async () => {
      assert.deepEqual(await proveRow(town, row), []);
    });
  }
}

const product = { as: 'client', path: '/capi/v1/client/product' } as const;
const common = { name: 'Planted', original: 'GET /planted', from: ['portal'] } as const;
const planted: [Row, RegExp][] = [
  [
    { ...common, state: 'later', proof: [{ ...product, answer: { fields: { products: 'list' } } }] },
    /when it is built/,
  ],
  [
    { ...common, state: 'later', proof: [{ ...product, answer: { fields: { none: 'text' } } }] },
    /not refused by name/,
  ],
  [
    { ...common, state: 'same', proof: [{ ...product, answer: { fields: { none: 'text' } } }] },
    /reply\.none is missing/,
  ],
  [
    { ...common, state: 'same', proof: [{ ...product, path: '/capi/v1/none', answer: {} }] },
    /status is 404, not 200/,
  ],
  [
    { ...common, state: 'same', proof: [{ ...product, answer: { headers: { 'x-none': /./ } } }] },
    /no header x-none/,
  ],
  [
    { ...common, state: 'same', proof: [{ ...product, answer: { leadsTo: '{returnUrl}' } }] },
    /leads to nowhere/,
  ],
];
for (const [row, fault] of planted) {
  test(`a row that says ${row.state} and is not is told: ${String(fault)}`, async () => {
    assert.match((await proveRow(town, row)).join('\n'), fault);
  });
}

test('the totals stand at the top, and count each row once', () => {
  const proof = [{ ...product, answer: {} }];
  const rows: Row[] = [
    { ...common, state: 'same', proof },
    { ...common, state: 'later', proof },
    { ...common, state: 'later', proof },
    { ...common, state: 'differs', note: 'a note', proof },
  ];
  const [totals = ''] = describeCompatibility([{ title: 'One', rows }]).split('\n');
  assert.equal(totals, '**4 rows: 1 same, 1 differs, 2 later, 0 not offered.**');
  const all = areas.flatMap((area) => area.rows);
  assert.match(describeCompatibility(), new RegExp(`^\\*\\*${all.length} rows: `));
});
