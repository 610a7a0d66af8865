import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AttemptMoney, freeToRefund, freeToRelease } from './attempt-money.ts';
import { mostToRefund, splitRefund } from './split-refund.ts';

const small = fc.nat(100);
const money = fc
  .record({ captured: small, cancelled: small, capturing: small, planned: small, releasing: small })
  .chain((parts) =>
    fc.record({ free: small, refunded: fc.nat(parts.captured) }).map(({ free, refunded }): AttemptMoney => {
      const { captured, cancelled, capturing, planned, releasing } = parts;
      const authorized = captured + cancelled + capturing + planned + releasing + free;
      return { attempt_id: 1, adapter: 'x', authorized, refunded, refunding: 0, ...parts };
    }),
  );

test('shares come to the amount, stay within each attempt, and release before they refund', () => {
  fc.assert(
    fc.property(fc.array(money, { maxLength: 3 }), fc.nat(400), fc.nat(400), (attempts, amount, release) => {
      const shares = splitRefund(attempts, amount, release);
      if (amount > mostToRefund(attempts)) return assert.equal(shares, undefined);
      assert.ok(shares);
      const total = shares.reduce((sum, share) => sum + share.releaseMinor + share.refundMinor, 0);
      assert.equal(total, amount);
      for (const share of shares) {
        assert.ok(share.releaseMinor <= freeToRelease(share.money));
        assert.ok(share.refundMinor <= freeToRefund(share.money));
      }
      const [first] = shares;
      if (first && release >= amount && first.refundMinor > 0) {
        assert.equal(first.releaseMinor, freeToRelease(first.money));
      }
    }),
  );
});

/** An attempt of which so much is only reserved, and so much taken. */
const held = (reserved: number, taken: number): AttemptMoney => ({
  ...{ attempt_id: 1, adapter: 'x', refunded: 0, cancelled: 0, capturing: 0, planned: 0 },
  ...{ refunding: 0, releasing: 0, authorized: reserved + taken, captured: taken },
});

/** Attempts, an amount, how much of it is to be released, and what of each is released and refunded. */
const shared: [AttemptMoney[], number, number, [number, number][]][] = [
  [
    [held(50, 50), held(50, 50)],
    120,
    60,
    [
      [50, 50],
      [10, 10],
    ],
  ],
  [[held(50, 50), held(50, 50)], 100, 50, [[50, 50]]],
  [[held(0, 0), held(50, 50)], 20, 0, [[0, 20]]],
];

for (const [attempts, amount, release, expected] of shared) {
  test(`of ${amount}, ${release} to be released: ${expected.join(' and ')}`, () => {
    const shares = splitRefund(attempts, amount, release);
    assert.deepEqual(
      shares?.map(({ releaseMinor, refundMinor }) => [releaseMinor, refundMinor]),
      expected,
    );
  });
}
