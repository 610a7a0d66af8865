import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Warning } from '../kit/http/read-input.ts';
import { Problem } from '../kit/problem.ts';
import { collectRefusals, type Refusals } from '../kit/refusals.ts';
import { type LinePromises, readLinePromises, readMarketingCoupon } from './check-promises.ts';

/** What is kept, the fields that are warned of, and those that are refused. */
function read<Kept>(reader: (refusals: Refusals) => Kept): [Kept, string[], string[]] {
  const warnings: Warning[] = [];
  const refusals = collectRefusals(warnings);
  const kept = reader(refusals);
  const warned = warnings.map(({ field, rule }) => `${field} ${rule}`);
  try {
    refusals.throwIfAny();
    return [kept, warned, []];
  } catch (error) {
    assert.ok(error instanceof Problem);
    return [kept, warned, error.fields.map(({ field }) => field)];
  }
}

const lines: readonly [LinePromises, string[], string[]][] = [
  [{}, [], []],
  [{ voucherCode: 'SUMMER' }, ['voucherCode'], []],
  [{ promotionCode: 'HALF' }, ['promotionCode'], []],
  [{ rewardPartnerId: 2674, rewardId: '1' }, ['rewardPartnerId', 'rewardId'], []],
  [{ rewardPartnerId: 2674 }, ['rewardPartnerId'], ['rewardId']],
  [{ rewardId: '1' }, ['rewardId'], ['rewardPartnerId']],
  [{ rewardPartnerId: 2674, rewardId: '' }, ['rewardPartnerId'], ['rewardId']],
  [{ rewardPartnerId: 0, rewardId: '', voucherCode: '', promotionCode: '' }, [], []],
  [{ rewardPartnerId: 0, rewardId: '0', voucherCode: ' \u200b', promotionCode: '0' }, [], []],
];

for (const [line, warned, refused] of lines) {
  test(`a line with ${JSON.stringify(line)}`, () => {
    const [kept, warnings, refusals] = read((to) => readLinePromises(to, line, 'orderLines[0]'));
    assert.deepEqual(Object.keys(kept).sort(), [...warned].sort());
    assert.deepEqual(warnings.sort(), warned.map((name) => `orderLines[0].${name} not_checked`).sort());
    assert.deepEqual(
      refusals,
      refused.map((name) => `orderLines[0].${name}`),
    );
  });
}

const coupons: readonly [object, object, string[]][] = [
  [{}, {}, []],
  [
    { marketingCouponCode: 'A', marketingCouponNumber: 7 },
    { marketingCouponCode: 'A', marketingCouponNumber: 7 },
    [],
  ],
  [{ marketingCouponCode: 'A' }, { marketingCouponCode: 'A' }, ['marketingCouponNumber']],
  [{ marketingCouponNumber: 7 }, { marketingCouponNumber: 7 }, ['marketingCouponCode']],
  [
    { marketingCouponCode: '\ufeff', marketingCouponNumber: 7 },
    { marketingCouponNumber: 7 },
    ['marketingCouponCode'],
  ],
  [
    { marketingCouponCode: 'A', marketingCouponNumber: 0 },
    { marketingCouponCode: 'A' },
    ['marketingCouponNumber'],
  ],
  [{ marketingCouponCode: '', marketingCouponNumber: 0 }, {}, []],
];

for (const [given, kept, refused] of coupons) {
  test(`an order with ${JSON.stringify(given)}`, () => {
    assert.deepEqual(
      read((to) => readMarketingCoupon(to, given)),
      [kept, [], refused],
    );
  });
}
