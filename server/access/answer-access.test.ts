import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AccessQuestion, compareStrength, coverageOf, type HeldGrant } from './access.ts';
import { type AccessReason, answerAccess } from './answer-access.ts';

const catalogue = {
  findArticle: (ref: string) => ({ 'a-demo': { productCode: 'DEMO' } })[ref],
  productsOfCategoryType: (type: string) => ({ news: ['DEMO', 'LOCAL'] })[type] ?? [],
};

function grant(fields: Partial<HeldGrant>): HeldGrant {
  return {
    orderId: 1,
    lineNumber: 1,
    periodNumber: 0,
    kind: 'bought',
    standing: 'live',
    productCode: undefined,
    issueCode: undefined,
    articleRef: undefined,
    categoryType: undefined,
    startsAt: 0,
    endsAt: undefined,
    ...fields,
  };
}

const demo = grant({ productCode: 'DEMO' });
const lentDemo = grant({ productCode: 'DEMO', kind: 'temporary', endsAt: 10 });
const news = grant({ categoryType: 'news', kind: 'temporary', endsAt: 10 });
const issue = grant({ productCode: 'DEMO', issueCode: '47' });
const lentIssue = grant({ productCode: 'DEMO', issueCode: '47', kind: 'temporary', endsAt: 10 });
const article = grant({ articleRef: 'a-1' });

const table: [string, HeldGrant[], AccessQuestion, boolean, AccessReason][] = [
  ['a product by its grant', [demo], { product: 'DEMO' }, true, 'bought'],
  ['another product', [demo], { product: 'GUIDE' }, false, 'no_grant'],
  ['a product by a temporary grant', [lentDemo], { product: 'DEMO' }, true, 'temporary_access'],
  ['the strongest gives the reason', [lentDemo, demo], { product: 'DEMO' }, true, 'bought'],
  ['a product by its category', [news], { product: 'LOCAL' }, true, 'temporary_access'],
  ['a product outside the category', [news], { product: 'GUIDE' }, false, 'no_grant'],
  ['a category by its grant', [news], { categoryType: 'news' }, true, 'temporary_access'],
  ['a category by one of its products', [demo], { categoryType: 'news' }, true, 'bought'],
  [
    'a category by a foreign product',
    [grant({ productCode: 'GUIDE' })],
    { categoryType: 'news' },
    false,
    'no_grant',
  ],
  ['a category not by an issue', [issue], { categoryType: 'news' }, false, 'no_grant'],
  ['an article by its grant', [article], { articleId: 'a-1' }, true, 'bought'],
  ['another article', [article], { articleId: 'a-2' }, false, 'no_grant'],
  ['an article by its product', [demo], { articleId: 'a-demo' }, true, 'bought'],
  ['an article by the category of its product', [news], { articleId: 'a-demo' }, true, 'temporary_access'],
  ['an article not by an issue', [issue], { articleId: 'a-demo' }, false, 'no_grant'],
  ['an unknown article not by a product', [demo], { articleId: 'a-1' }, false, 'no_grant'],
  ['an issue by its grant', [issue], { product: 'DEMO', issue: '47' }, true, 'bought'],
  ['another issue', [issue], { product: 'DEMO', issue: '48' }, false, 'no_grant'],
  ['the same issue of another product', [issue], { product: 'LOCAL', issue: '47' }, false, 'no_grant'],
  ['an issue by the whole product', [demo], { product: 'DEMO', issue: '48' }, true, 'bought'],
  ['an issue by category', [news], { product: 'DEMO', issue: '48' }, true, 'temporary_access'],
  ['a bought issue does not open the product', [issue], { product: 'DEMO' }, false, 'issue_only'],
  ['an issue lent under allowAccessProduct does', [lentIssue], { product: 'DEMO' }, true, 'temporary_access'],
  ['product and category', [demo], { product: 'DEMO', categoryType: 'news' }, true, 'bought'],
  ['product and another category', [demo], { product: 'DEMO', categoryType: 'food' }, false, 'no_grant'],
  ['product and article', [demo], { product: 'DEMO', articleId: 'a-demo' }, true, 'bought'],
  ['product and an unknown article', [demo], { product: 'DEMO', articleId: 'a-1' }, false, 'no_grant'],
  ['two halves are not one', [demo, article], { product: 'DEMO', articleId: 'a-1' }, false, 'no_grant'],
  ['nothing named, something held', [article], {}, true, 'bought'],
  ['nothing named, nothing held', [], {}, false, 'no_grant'],
  ['over', [{ ...demo, standing: 'expired' }], { product: 'DEMO' }, false, 'expired'],
  ['revoked', [{ ...demo, standing: 'revoked' }], { product: 'DEMO' }, false, 'revoked'],
  ['to come', [{ ...demo, standing: 'not_started' }], { product: 'DEMO' }, false, 'not_started'],
  [
    'to come says more than over',
    [
      { ...demo, standing: 'expired' },
      { ...demo, standing: 'not_started' },
    ],
    { product: 'DEMO' },
    false,
    'not_started',
  ],
  [
    'over beside live',
    [{ ...demo, standing: 'revoked' }, lentDemo],
    { product: 'DEMO' },
    true,
    'temporary_access',
  ],
];

for (const [name, grants, asked, access, reason] of table) {
  test(`access: ${name}`, () => {
    const answer = answerAccess(asked, { grants, whyNothing: 'no_grant' }, catalogue);
    assert.deepEqual([answer.access, answer.reason], [access, reason]);
  });
}

test('says why nobody is known', () => {
  const answer = answerAccess({}, { grants: [], whyNothing: 'unknown_credential' }, catalogue);
  assert.deepEqual(answer, { access: false, reason: 'unknown_credential', accesses: [] });
});

test('shows level, type and times of each grant, what opens first', () => {
  const over: HeldGrant = { ...demo, orderId: 2, standing: 'expired', startsAt: 1, endsAt: 2 };
  const answer = answerAccess(
    { product: 'DEMO' },
    { grants: [over, lentIssue, article], whyNothing: 'no_grant' },
    catalogue,
  );
  const shared = { product: 'DEMO', articleId: null, categoryType: null };
  assert.deepEqual(answer.accesses, [
    {
      ...shared,
      access: true,
      accessLevel: 'B',
      accessType: 'B',
      issue: '47',
      kind: 'temporary',
      startTime: 0,
      endTime: 10,
      reason: 'temporary_access',
    },
    {
      ...shared,
      access: false,
      accessLevel: 'A',
      accessType: 'D',
      issue: null,
      kind: 'bought',
      startTime: 1,
      endTime: 2,
      reason: 'expired',
    },
  ]);
});

const categoryArticle = grant({ categoryType: 'news', articleRef: 'a-1' });
const levels: [string, HeldGrant, AccessQuestion, string][] = [
  ['a product', demo, { product: 'DEMO' }, 'A A'],
  ['a product that is lent', lentDemo, { product: 'DEMO' }, 'A B'],
  ['a category', news, { categoryType: 'news' }, 'A B'],
  ['an issue', issue, { product: 'DEMO', issue: '47' }, 'B A'],
  ['an article', article, { articleId: 'a-1' }, 'B A'],
  ['an article with its category', categoryArticle, { articleId: 'a-1' }, 'B A'],
  ['an article with its product', { ...demo, articleRef: 'a-demo' }, { articleId: 'a-demo' }, 'A A'],
  ['a product that is over', { ...demo, standing: 'expired' }, { product: 'DEMO' }, 'A D'],
];

for (const [name, held, asked, expected] of levels) {
  test(`level and type of ${name}: ${expected}`, () => {
    const { accesses } = answerAccess(asked, { grants: [held], whyNothing: 'no_grant' }, catalogue);
    assert.deepEqual(
      accesses.map((shown) => `${shown.accessLevel} ${shown.accessType}`),
      [expected],
    );
    const [shown] = accesses;
    assert.deepEqual(
      [shown?.product, shown?.issue, shown?.articleId, shown?.categoryType],
      [held.productCode, held.issueCode, held.articleRef, held.categoryType].map((code) => code ?? null),
    );
  });
}

const code = (...codes: string[]) => fc.constantFrom(undefined, ...codes);
const anyGrant: fc.Arbitrary<HeldGrant> = fc.record({
  orderId: fc.nat(1000),
  lineNumber: fc.constantFrom(1, 2),
  periodNumber: fc.constantFrom(0, 1),
  kind: fc.constantFrom('bought' as const, 'temporary' as const),
  standing: fc.constantFrom('live' as const, 'expired' as const, 'revoked' as const, 'not_started' as const),
  productCode: code('DEMO', 'LOCAL', 'GUIDE'),
  issueCode: code('47'),
  articleRef: code('a-1', 'a-demo'),
  categoryType: code('news'),
  startsAt: fc.nat(100),
  endsAt: fc.option(fc.nat(100), { nil: undefined }),
});
const anyQuestion: fc.Arbitrary<AccessQuestion> = fc.record({
  product: code('DEMO', 'LOCAL'),
  articleId: code('a-1', 'a-demo'),
  categoryType: code('news'),
});

test('overlapping grants: one is enough, none shortens another, all are listed by strength', () => {
  fc.assert(
    fc.property(fc.array(anyGrant, { maxLength: 8 }), anyGrant, anyQuestion, (grants, extra, asked) => {
      const answer = answerAccess(asked, { grants, whyNothing: 'no_grant' }, catalogue);
      const covers = (one: HeldGrant) => coverageOf(one, asked, catalogue);
      const isLive = (one: HeldGrant) => one.standing === 'live';
      const whole = grants.filter((one) => isLive(one) && covers(one) === 'whole').toSorted(compareStrength);
      const part = grants.filter((one) => isLive(one) && covers(one) === 'part' && one.kind === 'temporary');
      const opening = [...whole, ...part.toSorted(compareStrength)];
      assert.equal(answer.access, opening.length > 0);
      assert.deepEqual(
        answer.accesses.filter((one) => one.access).map((one) => [one.kind, one.endTime]),
        opening.map((one) => [one.kind, one.endsAt ?? null]),
      );
      const more = answerAccess(asked, { grants: [...grants, extra], whyNothing: 'no_grant' }, catalogue);
      assert.ok(more.access || !answer.access, 'another grant never takes access away');
    }),
  );
});

test('strength is an order: the same whichever way the grants are given', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyGrant, { selector: (one) => one.orderId, maxLength: 8 }), (grants) => {
      const sorted = grants.toSorted(compareStrength);
      assert.deepEqual(grants.toReversed().toSorted(compareStrength), sorted);
      assert.ok(
        sorted.every((one, index) => index === 0 || compareStrength(sorted[index - 1] ?? one, one) < 0),
      );
    }),
  );
});

// Strongest first; said here in full, because a rule that is compared with itself cannot fail.
const byStrength: HeldGrant[] = [
  grant({ orderId: 6, kind: 'bought' }),
  grant({ orderId: 5, kind: 'bought', endsAt: 5 }),
  grant({ orderId: 4, kind: 'temporary' }),
  grant({ orderId: 3, kind: 'temporary', startsAt: 1, endsAt: 90 }),
  grant({ orderId: 2, kind: 'temporary', startsAt: 2, endsAt: 90 }),
  grant({ orderId: 1, kind: 'temporary', endsAt: 80 }),
];

test('bought is stronger than temporary, then the later end, then the earlier start', () => {
  for (const given of [byStrength.toReversed(), [...byStrength.slice(3), ...byStrength.slice(0, 3)]]) {
    assert.deepEqual(given.toSorted(compareStrength), byStrength);
  }
});

test('what opens the whole product stands before an issue of it that lasts longer', () => {
  const grants = [{ ...lentIssue, endsAt: 20 }, lentDemo, { ...issue, standing: 'expired' as const }];
  const answer = answerAccess({ product: 'DEMO' }, { grants, whyNothing: 'no_grant' }, catalogue);
  assert.deepEqual(
    answer.accesses.map((one) => [one.issue, one.access]),
    [
      [null, true],
      ['47', true],
      ['47', false],
    ],
  );
});
