import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressKeys } from '../database/attempt-limits.ts';
import {
  codeTryLimits,
  longestLimitSeconds,
  newCodeLimits,
  newLinkLimits,
  type Standing,
  standingOf,
  strangersGuessesPerDay,
} from './attempt-budgets.ts';

const reader = { publisherId: 1, credentialKey: Buffer.from('ola') };
const at = (browser: string, near: string, around: string) => ({
  ...reader,
  browser: Buffer.from(browser),
  from: { near, around },
});
const readers = at('readers', 'home', 'town');
const strangers = at('strangers', 'elsewhere', 'far');
const besides = at('strangers', 'home', 'town');

const standings: [isKnown: boolean, hasAsked: boolean, Standing][] = [
  [false, false, 'stranger'],
  [false, true, 'asked'],
  [true, false, 'known'],
  [true, true, 'known'],
];
for (const [isKnown, hasAsked, expected] of standings) {
  test(`a browser that ${isKnown ? 'was' : 'was not'} the reader's, ${hasAsked ? 'with' : 'without'} a code`, () => {
    assert.equal(standingOf({ isKnown, hasAsked }), expected);
  });
}

type Use = { of: string; uses: { counter: string }[]; leaves: { counter: string }[]; shared: boolean };

const uses: Use[] = [
  {
    of: "strangers' tries leave those of the reader's own browser",
    uses: codeTryLimits('stranger', besides),
    leaves: codeTryLimits('known', readers),
    shared: false,
  },
  {
    of: "strangers' tries leave those of a browser that asked",
    uses: codeTryLimits('stranger', besides),
    leaves: codeTryLimits('asked', readers),
    shared: false,
  },
  {
    of: 'tries at a code that strangers asked for leave those of the code that the system sent',
    uses: codeTryLimits('asked', strangers),
    leaves: codeTryLimits('stranger', readers),
    shared: false,
  },
  {
    of: "strangers' requests for codes leave those of the reader's own browser",
    uses: newCodeLimits(false, besides),
    leaves: newCodeLimits(true, readers),
    shared: false,
  },
  {
    of: "strangers' requests and tries leave those for links",
    uses: [...newCodeLimits(false, besides), ...codeTryLimits('stranger', besides)],
    leaves: newLinkLimits(reader, 7),
    shared: false,
  },
  {
    of: 'strangers count together',
    uses: codeTryLimits('stranger', strangers),
    leaves: codeTryLimits('stranger', readers),
    shared: true,
  },
  {
    of: "strangers' requests count together",
    uses: newCodeLimits(false, strangers),
    leaves: newCodeLimits(false, readers),
    shared: true,
  },
];
for (const { of, uses: used, leaves, shared } of uses) {
  test(of, () => {
    const counters = new Set(used.map((limit) => limit.counter));
    assert.equal(
      leaves.some((limit) => counters.has(limit.counter)),
      shared,
    );
  });
}

test('strangers together guess six digits with a chance below one in 10,000 a day', () => {
  const chance = 1 - (1 - 1e-6) ** strangersGuessesPerDay;
  assert.ok(chance < 1e-4, String(chance));
});

test('no network uses up what all strangers may, so that one stranger shuts out nobody', () => {
  for (const limits of [codeTryLimits('stranger', strangers), newCodeLimits(false, strangers)]) {
    const most = (word: string) => limits.find(({ counter }) => counter.includes(` ${word}`))?.most ?? 0;
    assert.ok(most('near') < most('around') && most('around') < most('strangers'));
  }
});

test('no limit looks back further than attempts are kept', () => {
  const limits = [
    ...codeTryLimits('known', readers),
    ...codeTryLimits('stranger', readers),
    ...newCodeLimits(true, readers),
    ...newCodeLimits(false, readers),
    ...newLinkLimits(reader, 7),
  ];
  for (const { withinSeconds } of limits) assert.ok(withinSeconds <= longestLimitSeconds);
});

const secret = Buffer.alloc(32, 7);
const addresses: [one: string, other: string, isNear: boolean, isAround: boolean][] = [
  ['192.0.2.1', '::ffff:192.0.2.1', true, true],
  ['192.0.2.1', '192.0.2.2', false, true],
  ['192.0.2.1', '192.0.3.1', false, false],
  ['2001:db8:0:1::5', '2001:db8:0:1:ffff::9', true, true],
  ['2001:db8:0:1::5', '2001:db8:0:2::5', false, true],
  ['2001:db8:0:1::5', '2001:0DB8:0000:ffff::5', false, true],
  ['2001:db8:0:1::5', '2001:db8:1:1::5', false, false],
  ['no address', 'another', false, false],
];
for (const [one, other, isNear, isAround] of addresses) {
  test(`${one} and ${other} as counters name them`, () => {
    const [first, second] = [addressKeys(secret, one), addressKeys(secret, other)];
    assert.equal(first.near === second.near, isNear);
    assert.equal(first.around === second.around, isAround);
    assert.notEqual(first.near, first.around);
    for (const key of [first.near, first.around]) assert.match(key, /^[0-9a-f]{32}$/);
  });
}
