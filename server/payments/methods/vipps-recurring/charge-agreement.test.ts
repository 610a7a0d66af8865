import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueDay } from './charge-agreement.ts';

const days: [string | undefined, string, string][] = [
  [undefined, '2026-11-25T12:00:00Z', '2026-11-26'],
  ['2026-11-25', '2026-11-25T12:00:00Z', '2026-11-26'],
  ['2026-11-26', '2026-11-25T12:00:00Z', '2026-11-26'],
  ['2026-12-24', '2026-11-25T12:00:00Z', '2026-12-24'],
  // In Norway the next day has begun.
  [undefined, '2026-11-25T23:30:00Z', '2026-11-27'],
  [undefined, '2026-12-31T12:00:00Z', '2027-01-01'],
];

for (const [wished, now, due] of days) {
  test(`a charge wished for ${wished ?? 'soon'} at ${now} is due on ${due}`, () => {
    assert.equal(dueDay(wished, new Date(now)), due);
  });
}
