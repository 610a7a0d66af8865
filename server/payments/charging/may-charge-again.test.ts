import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttemptState } from '../payment.ts';
import { mayChargeAgain } from './may-charge-again.ts';

const lost = { flow: 'direct', state: 'unknown', windowSecondsLeft: 600 } as const;
const goesOn = { givesUp: false, chargeRepeats: true };

type Case = [string, Parameters<typeof mayChargeAgain>[0], Parameters<typeof mayChargeAgain>[1], boolean];
const cases: Case[] = [
  ['its answer was lost', lost, goesOn, true],
  ['a node died during the call', { ...lost, state: 'sent' }, goesOn, true],
  ['the last second of the window', { ...lost, windowSecondsLeft: 1 }, goesOn, true],
  ['the window is over', { ...lost, windowSecondsLeft: 0.9 }, goesOn, false],
  ['the buyer gives up', lost, { ...goesOn, givesUp: true }, false],
  ['the provider might take it twice', lost, { ...goesOn, chargeRepeats: false }, false],
  ['the buyer pays in a browser', { ...lost, flow: 'browser' }, goesOn, false],
  ...(['created', 'pending', 'secured', 'declined', 'aborted', 'expired', 'discarded'] as const).map(
    (state: AttemptState): Case => [`the attempt is ${state}`, { ...lost, state }, goesOn, false],
  ),
];

for (const [name, attempt, options, expected] of cases) {
  test(`a charge that the provider never had, ${name}: ${expected ? 'made again' : 'not made again'}`, () => {
    assert.equal(mayChargeAgain(attempt, options), expected);
  });
}
