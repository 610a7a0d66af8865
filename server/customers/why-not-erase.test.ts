import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptUntil, type Running, whyNotErase } from './why-not-erase.ts';

const nothing: Running = {
  openOrders: 0,
  moneyUnderWay: 0,
  draftInvoices: 0,
  activeAgreements: 0,
  runningSubscriptions: 0,
  withdrawalsToCheck: 0,
  openCases: 0,
};
const cases: [Partial<Running>, string | undefined][] = [
  [{}, undefined],
  [{ openOrders: 1 }, '1 order is open; end this first'],
  [{ moneyUnderWay: 2 }, '2 payments are under way; end this first'],
  [{ draftInvoices: 1 }, '1 invoice has no number yet; end this first'],
  [{ activeAgreements: 1 }, '1 payment agreement is active; end this first'],
  [{ runningSubscriptions: 3 }, '3 subscriptions are running; end this first'],
  [{ withdrawalsToCheck: 1 }, '1 withdrawal is to be checked; end this first'],
  [{ openCases: 2 }, '2 cases are open; end this first'],
  [
    { openOrders: 2, activeAgreements: 1 },
    '2 orders are open, 1 payment agreement is active; end this first',
  ],
];
for (const [running, why] of cases) {
  test(`erasing with ${JSON.stringify(running)}: ${why ?? 'goes'}`, () => {
    assert.equal(whyNotErase({ ...nothing, ...running }), why);
  });
}

for (const [documented, timeZone, until] of [
  ['2026-01-01T00:00:00Z', 'Europe/Oslo', '2031-12-31T23:00:00.000Z'],
  ['2026-12-31T22:59:59Z', 'Europe/Oslo', '2031-12-31T23:00:00.000Z'],
  ['2026-12-31T23:00:00Z', 'Europe/Oslo', '2032-12-31T23:00:00.000Z'],
  ['2026-12-31T23:59:59Z', 'UTC', '2032-01-01T00:00:00.000Z'],
  ['2027-01-01T04:59:59Z', 'America/New_York', '2032-01-01T05:00:00.000Z'],
] as const) {
  test(`a document of ${documented} in ${timeZone} is kept until ${until}`, () => {
    assert.equal(keptUntil(new Date(documented), timeZone).toISOString(), until);
  });
}
