import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueDay, retryDaysOf } from './charge.ts';

const days: [string | undefined, string, string][] = [
  [undefined, '2026-11-25T12:00:00Z', '2026-11-26'],
  ['2026-11-25', '2026-11-25T12:00:00Z', '2026-11-26'],
  ['2026-11-26', '2026-11-25T12:00:00Z', '2026-11-26'],
  ['2026-12-24', '2026-11-25T12:00:00Z', '2026-12-24'],
  // In Norway the next day has begun.
  [undefined, '2026-11-25T23:30:00Z', '2026-11-27'],
  [undefined, '2026-12-31T12:00:00Z', '2027-01-01'],
];

for (const [wanted, now, due] of days) {
  test(`a charge wanted for ${wanted ?? 'soon'} at ${now} is due on ${due}`, () => {
    assert.equal(dueDay(wanted, new Date(now)), due);
  });
}

const tries: [number, number][] = [
  [1, 2],
  [86_400, 2],
  [3 * 86_400, 3],
  [30 * 86_400, 14],
];

for (const [validitySeconds, days] of tries) {
  test(`a charge that is valid for ${validitySeconds} s is tried on ${days} more days`, () => {
    assert.equal(retryDaysOf(validitySeconds), days);
  });
}
