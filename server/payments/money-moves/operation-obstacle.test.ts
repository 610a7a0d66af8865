import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttemptMoney } from './attempt-money.ts';
import { findObstacle, type Obstacle } from './operation-obstacle.ts';

type Operation = Parameters<typeof findObstacle>[0];

const taken: AttemptMoney = {
  attempt_id: 1,
  adapter: 'test-reserving',
  authorized: 100,
  captured: 100,
  refunded: 0,
  cancelled: 0,
  capturing: 0,
  planned: 0,
  refunding: 0,
  releasing: 0,
};
const refund: Operation = { kind: 'refund', state: 'created', amount_minor: 40, seconds_left: 0 };
const capture: Operation = { ...refund, kind: 'capture' };
const release: Operation = { ...refund, kind: 'cancel' };
const reserved = { ...taken, captured: 0, releasing: 100 };
const underWay: Obstacle = { kind: 'not yet', seconds: 15, reason: 'the capture is under way' };
const notCaptured: Obstacle = { kind: 'refused', code: 'not captured' };
const later: Obstacle = { kind: 'not yet', seconds: 3, reason: 'planned for later' };

const cases: [string, Operation, AttemptMoney, Obstacle | undefined][] = [
  ['a refund of what was captured', refund, taken, undefined],
  ['a refund of all that was captured', { ...refund, amount_minor: 100 }, taken, undefined],
  ['a refund of more than was captured', { ...refund, amount_minor: 101 }, taken, notCaptured],
  ['a refund of all that is left', refund, { ...taken, refunded: 60 }, undefined],
  ['a refund of more than is left', refund, { ...taken, refunded: 61 }, notCaptured],
  ['the same while more is captured', refund, { ...taken, refunded: 61, capturing: 1 }, underWay],
  ['a refund before its capture is done', refund, { ...taken, captured: 0, capturing: 100 }, underWay],
  ['a refund of what is only planned', refund, { ...taken, captured: 0, planned: 100 }, notCaptured],
  ['a refund planned for later', { ...refund, seconds_left: 3 }, taken, later],
  ['a capture', capture, { ...taken, captured: 0 }, undefined],
  ['a capture planned for later', { ...capture, seconds_left: 3 }, taken, later],
  ['a release of all that is reserved', release, reserved, undefined],
  ['a release beside money that is to be taken', release, { ...reserved, releasing: 99 }, { kind: 'waits' }],
  ['a release of nothing', release, { ...taken, releasing: 0 }, { kind: 'waits' }],
  ['a refund that was called', { ...refund, state: 'sent' }, { ...taken, captured: 0 }, undefined],
  ['a release whose answer was lost', { ...release, state: 'unknown' }, taken, undefined],
  ...(['succeeded', 'failed', 'by_hand'] as const).map(
    (state): [string, Operation, AttemptMoney, Obstacle] => [
      `a refund that is ${state}`,
      { ...refund, state },
      taken,
      { kind: 'nothing to do' },
    ],
  ),
];

for (const [name, operation, money, expected] of cases) {
  test(`${name}: ${expected ? expected.kind : 'is called'}`, () => {
    assert.deepEqual(findObstacle(operation, money), expected);
  });
}
