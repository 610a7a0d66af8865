import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideGrants, type LineGrant, type LineShape, lineShapes } from './decide-grants.ts';

const bare: LineShape = {
  specType: 'coupon',
  hasSeconds: false,
  hasAllowedProduct: false,
  hasAllowedCategory: false,
  isSoldHere: true,
};
const product: Partial<LineShape> = { specType: 'product' };
const issue: Partial<LineShape> = { specType: 'issue' };
const article: Partial<LineShape> = { specType: 'article' };
const seconds = { hasSeconds: true };
const allowed = { hasAllowedProduct: true };
const category = { hasAllowedCategory: true };
const elsewhere = { isSoldHere: false };

const cases: [string, Partial<LineShape>, string[]][] = [
  ['a subscription', {}, []],
  ['a subscription with a product', allowed, []],
  ['a subscription with seconds', seconds, []],
  ['a subscription with product and seconds', { ...allowed, ...seconds }, ['temporary allowed from now']],
  ['a subscription with a category', category, ['temporary category from now']],
  ['a subscription with product and category', { ...allowed, ...category }, ['temporary category from now']],
  [
    'a subscription with all three',
    { ...allowed, ...category, ...seconds },
    ['temporary allowed category from now'],
  ],
  ['a product', product, ['bought own issue article from start, lasts']],
  ['a product sold elsewhere', { ...product, ...elsewhere }, []],
  [
    'a product with product and seconds',
    { ...product, ...allowed, ...seconds },
    ['temporary allowed from now', 'bought own issue article from start, lasts'],
  ],
  ['an issue', issue, ['bought own issue article from start, lasts']],
  [
    'an issue with a product',
    { ...issue, ...allowed },
    ['temporary allowed issue from now', 'bought own issue article from start, lasts'],
  ],
  [
    'an issue with a product, sold elsewhere',
    { ...issue, ...allowed, ...elsewhere },
    ['temporary allowed issue from now'],
  ],
  ['an article', article, ['bought issue article from start, lasts']],
  ['an article with seconds', { ...article, ...seconds }, ['temporary article from later']],
  [
    'an article with seconds, sold elsewhere',
    { ...article, ...seconds, ...elsewhere },
    ['temporary article from later'],
  ],
  ['an article sold elsewhere', { ...article, ...elsewhere }, []],
  [
    'an article with a category and no seconds',
    { ...article, ...category },
    ['temporary category from now', 'bought issue article from start, lasts'],
  ],
  [
    'an article with a category and seconds',
    { ...article, ...category, ...seconds },
    ['temporary article category from later'],
  ],
];

for (const [name, changes, grants] of cases) {
  test(`${name} gives ${grants.join(' and ') || 'nothing'}`, () => {
    assert.deepEqual(decideGrants({ ...bare, ...changes }).map(shown), grants);
  });
}

test('no article is both lent and bought, and only what is lent ends', () => {
  assert.equal(lineShapes.length, 64);
  for (const shape of lineShapes) {
    const grants = decideGrants(shape);
    const articles = grants.filter(({ ofArticle }) => shape.specType === 'article' && ofArticle);
    assert.ok(articles.length <= 1, JSON.stringify(shape));
    for (const { kind, ends } of grants) assert.equal(ends, kind === 'temporary');
  }
});

function shown({ kind, product: of, ofIssue, ofArticle, ofCategory, from, ends }: LineGrant): string {
  const parts = [
    of === 'none' ? '' : of,
    ofIssue && 'issue',
    ofArticle && 'article',
    ofCategory && 'category',
  ];
  return [kind, ...parts.filter(Boolean), `from ${from}${ends ? '' : ', lasts'}`].join(' ');
}
