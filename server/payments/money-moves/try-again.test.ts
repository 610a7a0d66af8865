import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperationKind, OperationState } from '../payment.ts';
import { type Move, type TriedAgain, tryAgain } from './word-beside-moves.ts';

/** The operation that a person has tried once more, and others beside it. */
const own = 1;
let lastId = own;
function move(kind: OperationKind, state: OperationState, amountMinor = 100): Move {
  lastId += 1;
  return { operationId: lastId, kind, amountMinor, state, code: null };
}
const failed = (kind: OperationKind, amountMinor = 100, code = 'not allowed'): Move => ({
  ...move(kind, 'failed', amountMinor),
  operationId: own,
  code,
});

const none = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
const reserved = { ...none, authorizedMinor: 100 };
const taken = { ...reserved, capturedMinor: 100 };
const partly = { ...reserved, capturedMinor: 60 };
const capture = move('capture', 'succeeded');

function toldAgain(tried: TriedAgain): string {
  return tried.kind === 'new' ? `${tried.operation} ${tried.amountMinor}` : tried.kind;
}

const left = 'nothing left';
const againCases: [string, Move, typeof none, Move[], string][] = [
  ...(['capture', 'cancel', 'refund'] as const).map((kind): [string, Move, typeof none, Move[], string] => [
    `a ${kind} that nobody tells of`,
    { ...failed(kind), state: 'by_hand' },
    none,
    [],
    'same',
  ]),
  ['a capture', failed('capture'), reserved, [], 'capture 100'],
  ['a capture of what is left', failed('capture'), partly, [], 'capture 40'],
  ['a capture beside another', failed('capture', 80), reserved, [move('capture', 'sent', 60)], 'capture 40'],
  ['a capture beside a release', failed('capture'), reserved, [move('cancel', 'created', 70)], 'capture 30'],
  ['a capture of what was taken', failed('capture'), taken, [], left],
  ['a capture of what was given up', failed('capture'), { ...reserved, cancelledMinor: 100 }, [], left],
  ['a refund', failed('refund', 30), taken, [capture], 'refund 30'],
  ['a refund of what is left', failed('refund'), { ...taken, refundedMinor: 90 }, [], 'refund 10'],
  ['a refund beside another', failed('refund'), taken, [move('refund', 'unknown', 70)], 'refund 30'],
  ['a refund of what is being taken', failed('refund'), reserved, [move('capture', 'sent')], 'refund 100'],
  [
    'a refund in whose place another went',
    failed('refund', 60),
    partly,
    [move('refund', 'created', 60)],
    left,
  ],
  ['a refund of what was never taken', failed('refund', 40, 'not captured'), reserved, [], 'cancel 40'],
  [
    'a refund of what is given up',
    failed('refund', 40, 'not captured'),
    reserved,
    [move('cancel', 'sent')],
    left,
  ],
  ['a release', failed('cancel', 40), partly, [move('capture', 'succeeded', 60)], 'cancel 40'],
  [
    'a release of what is left',
    failed('cancel', 50),
    partly,
    [move('capture', 'succeeded', 60)],
    'cancel 40',
  ],
  ['a release of what was taken', failed('cancel'), taken, [], 'refund 100'],
  [
    'a release of what was taken beside',
    failed('cancel', 60),
    taken,
    [move('capture', 'succeeded', 60)],
    'refund 40',
  ],
  ['a release of what was taken and goes back', failed('cancel'), taken, [move('refund', 'sent')], left],
  ['a release of what was taken and is back', failed('cancel'), { ...taken, refundedMinor: 100 }, [], left],
  ['a release of what was bought', failed('cancel'), taken, [capture], left],
  [
    'a release in whose place another went',
    failed('cancel', 40),
    { ...partly, cancelledMinor: 40 },
    [move('capture', 'succeeded', 60)],
    left,
  ],
];

for (const [name, about, money, others, expected] of againCases) {
  test(`once more, ${name}: ${expected}`, () => {
    assert.equal(toldAgain(tryAgain(about, money, [about, ...others])), expected);
  });
}
