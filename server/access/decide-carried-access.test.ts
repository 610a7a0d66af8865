import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CarriedAccess } from './carried-access.ts';
import { decideCarriedAccess, type StandingAccess } from './decide-carried-access.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const month: CarriedAccess = {
  kind: 'bought',
  product: 'AVIS',
  issue: undefined,
  articleRef: undefined,
  categoryType: undefined,
  startsAt: at(1),
  endsAt: at(31),
};
const lasting = { ...month, endsAt: undefined };
const carried = (access: CarriedAccess): StandingAccess => ({ ...access, orderId: 7, isCarried: true });
const ordered = (access: CarriedAccess): StandingAccess => ({ ...access, orderId: 8, isCarried: false });

const cases: [string, CarriedAccess[], StandingAccess[], string][] = [
  ['nothing is here', [month], [], 'add'],
  ['it is here', [month], [carried(month)], ''],
  ['an order here gave the same', [month], [ordered(month)], ''],
  ['one that lasts is here', [lasting], [carried(lasting)], ''],
  ['it ends later by now', [{ ...month, endsAt: at(60) }], [carried(month)], 'move end 7'],
  ['it ends sooner by now', [{ ...month, endsAt: at(9) }], [carried(month)], 'move end 7'],
  ['it lasts by now', [lasting], [carried(month)], 'move end 7'],
  ['what an order here gave keeps its end', [{ ...month, endsAt: at(60) }], [ordered(month)], 'add'],
  ['it began at another time', [{ ...month, startsAt: at(2) }], [carried(month)], 'add'],
  ['another kind', [{ ...month, kind: 'temporary' }], [carried(month)], 'add'],
  ['another product', [{ ...month, product: 'BLAD' }], [carried(month)], 'add'],
  ['an issue of the product', [{ ...month, issue: '47' }], [carried(month)], 'add'],
  ['an article', [{ ...month, product: undefined, articleRef: 'a' }], [carried(month)], 'add'],
  ['a category', [{ ...month, product: undefined, categoryType: 'news' }], [carried(month)], 'add'],
  [
    'another article',
    [{ ...month, product: undefined, articleRef: 'a' }],
    [carried({ ...month, product: undefined, articleRef: 'b' })],
    'add',
  ],
  [
    'another category',
    [{ ...month, product: undefined, categoryType: 'news' }],
    [carried({ ...month, product: undefined, categoryType: 'sport' })],
    'add',
  ],
  ['nothing is taken away', [], [carried(month)], ''],
];

for (const [what, given, standing, does] of cases) {
  test(`access that a file tells of: ${what}`, () => {
    const plans = decideCarriedAccess(given, standing);
    const told = plans.map((plan) => (plan.does === 'add' ? 'add' : `${plan.does} ${plan.orderId}`));
    assert.equal(told.join(' '), does);
  });
}
