import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type InstallationFacts, type Mode, modeOf, refusalOf } from './installation-mode.ts';

const fresh: InstallationFacts = {
  marked: undefined,
  hasDemoClient: false,
  hasMovedClock: false,
  paysToSandbox: false,
  hasOrders: false,
};

const cases: [string, Partial<InstallationFacts>, Mode | undefined][] = [
  ['a new database', {}, undefined],
  ['marked a sandbox, and emptied since', { marked: 'sandbox' }, 'sandbox'],
  ['marked live', { marked: 'live', hasOrders: true }, 'live'],
  [
    'marked live, with an account of the operator’s own proxy',
    { marked: 'live', paysToSandbox: true },
    'live',
  ],
  ['marked a sandbox, with orders', { marked: 'sandbox', hasOrders: true }, 'sandbox'],
  ['from before marks, with the demo client', { hasDemoClient: true, hasOrders: true }, 'sandbox'],
  ['from before marks, with a moved clock', { hasMovedClock: true, hasOrders: true }, 'sandbox'],
  ['from before marks, paying to the sandbox', { paysToSandbox: true }, 'sandbox'],
  ['from before marks, with orders and no demo client', { hasOrders: true }, 'live'],
];

for (const [name, facts, expected] of cases) {
  test(`a database: ${name}`, () => {
    const all = { ...fresh, ...facts };
    assert.equal(modeOf(all), expected);
    for (const mode of ['sandbox', 'live'] as const) {
      const isRefused = expected !== undefined && expected !== mode;
      assert.equal(refusalOf(mode, all) !== undefined, isRefused, mode);
    }
  });
}

test('a refusal says what to do', () => {
  assert.match(refusalOf('live', { ...fresh, hasDemoClient: true }) ?? '', /new database.*import setup/);
  assert.match(refusalOf('sandbox', { ...fresh, marked: 'live' }) ?? '', /LEVERET_MODE=live/);
});
