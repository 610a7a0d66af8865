import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AttemptMoney,
  canRelease,
  freeToCapture,
  freeToRefund,
  freeToRelease,
} from './attempt-money.ts';

const nothing: AttemptMoney = {
  ...({ attempt_id: 1, adapter: 'test-reserving' } as const),
  ...{ authorized: 0, captured: 0, refunded: 0, cancelled: 0 },
  ...{ capturing: 0, planned: 0, refunding: 0, releasing: 0 },
};
const reserved = { ...nothing, authorized: 100 };

/** How much is free to capture, to release and to refund, and whether a release may go. */
type Free = [number, number, number, boolean];

const cases: [string, AttemptMoney, Free][] = [
  ['nothing yet', nothing, [0, 0, 0, false]],
  ['reserved', reserved, [100, 100, 0, false]],
  ['taken in part', { ...reserved, captured: 30 }, [70, 70, 30, false]],
  ['taken', { ...reserved, captured: 100 }, [0, 0, 100, false]],
  ['given up in part', { ...reserved, cancelled: 40 }, [60, 60, 0, false]],
  ['on its way to be taken', { ...reserved, capturing: 30 }, [70, 70, 30, false]],
  ['planned to be taken', { ...reserved, planned: 30 }, [70, 100, 0, false]],
  ['given back in part', { ...reserved, captured: 100, refunded: 30 }, [0, 0, 70, false]],
  ['on its way back', { ...reserved, captured: 100, refunded: 30, refunding: 20 }, [0, 0, 50, false]],
  ['back before it was taken', { ...reserved, capturing: 100, refunding: 60 }, [0, 0, 40, false]],
  ['more back than was taken', { ...reserved, captured: 10, refunded: 20 }, [90, 90, 0, false]],
  ['more taken than was reserved', { ...reserved, captured: 120 }, [0, 0, 120, false]],
  ['all to be released', { ...reserved, releasing: 100 }, [0, 0, 0, true]],
  ['more to be released than there is', { ...reserved, cancelled: 10, releasing: 100 }, [0, 0, 0, true]],
  ['the rest to be released', { ...reserved, captured: 30, releasing: 70 }, [0, 0, 30, true]],
  ['a part to be released', { ...reserved, releasing: 99 }, [1, 1, 0, false]],
  ['a part, while the rest is on its way', { ...reserved, releasing: 60, capturing: 40 }, [0, 0, 40, false]],
  ['the rest, after some was given up', { ...reserved, cancelled: 40, releasing: 60 }, [0, 0, 0, true]],
];

for (const [name, money, free] of cases) {
  test(`money of an attempt, ${name}`, () => {
    assert.deepEqual(
      [freeToCapture(money), freeToRelease(money), freeToRefund(money), canRelease(money)],
      free,
    );
  });
}
