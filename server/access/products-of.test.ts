import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShownAccess } from './answer-access.ts';
import { productsOf } from './products-of.ts';

const bought: ShownAccess = {
  access: true,
  accessLevel: 'A',
  accessType: 'A',
  product: 'DAILY',
  issue: null,
  articleId: null,
  categoryType: null,
  kind: 'bought',
  startTime: 1,
  endTime: null,
  reason: 'bought',
};
const lent: ShownAccess = { ...bought, accessType: 'B', kind: 'temporary', startTime: 2, endTime: 9 };
const catalogue = {
  productsOfCategoryType: (type: string) => (type === 'NEWS' ? ['DAILY', 'WEEKLY'] : []),
};

const cases: [string, ShownAccess[], string[]][] = [
  ['nothing', [], []],
  ['what is bought', [bought], ['DAILY A 1 null']],
  ['what is lent', [lent], ['DAILY B 2 9']],
  ['both, by the stronger', [bought, lent], ['DAILY A 1 null']],
  ['what is over', [{ ...bought, access: false, accessType: 'D' }], []],
  ['an issue is a part', [{ ...bought, issue: '1', accessLevel: 'B' }], ['DAILY B 1 null']],
  ['an article alone', [{ ...bought, product: null, articleId: 'a', accessLevel: 'B' }], []],
  ['a category', [{ ...lent, product: null, categoryType: 'NEWS' }], ['DAILY B 2 9', 'WEEKLY B 2 9']],
  [
    'a category beside a product of it',
    [bought, { ...lent, product: null, categoryType: 'NEWS' }],
    ['DAILY A 1 null', 'WEEKLY B 2 9'],
  ],
  ['an unknown category', [{ ...lent, product: null, categoryType: 'OTHER' }], []],
];

for (const [name, accesses, wanted] of cases) {
  test(`the products of a reader who has ${name}`, () => {
    const shown = productsOf(accesses, catalogue);
    assert.deepEqual(
      shown.map(({ productCode, accessType, startsAt, endsAt }) =>
        [productCode, accessType, startsAt, endsAt].join(' '),
      ),
      wanted.map((one) => one.replace('null', '')),
    );
  });
}
