import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OperationKind, type OperationState, operationTransitions } from '../payment.ts';
import { type Move, standOf, takeDone, takeGivenBack, type WordTaken } from './word-beside-moves.ts';

const stands: [OperationState, string | null, string][] = [
  ['created', null, 'not begun'],
  ['created', 'waits', 'not begun'],
  ['sent', null, 'at the provider'],
  ['sent', 'pending', 'at the provider'],
  ['sent', 'busy', 'not begun'],
  ['unknown', null, 'at the provider'],
  ['unknown', 'status 500', 'at the provider'],
  ['by_hand', 'not allowed', 'with a person'],
  ['succeeded', null, 'done'],
  ['failed', 'withdrawn', 'failed'],
];

for (const [state, code, stand] of stands) {
  test(`an operation that is ${state}, code ${code}, is ${stand}`, () => {
    assert.equal(standOf({ state, code }), stand);
  });
}

/** The operation that the case is about, and others beside it. */
const own = 1;
let lastId = own;
function move(
  kind: OperationKind,
  state: OperationState,
  amountMinor = 100,
  code: string | null = null,
): Move {
  lastId += 1;
  return { operationId: lastId, kind, amountMinor, state, code };
}
const failed = (kind: OperationKind, amountMinor = 100, code = 'not allowed'): Move => ({
  ...move(kind, 'failed', amountMinor, code),
  operationId: own,
});

const none = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
const reserved = { ...none, authorizedMinor: 100 };
const taken = { ...reserved, capturedMinor: 100 };
const capture = move('capture', 'succeeded');

/** `book`, or why not; what is withdrawn (-), what is settled (+), and what is booked as a refund. */
function told(word: WordTaken, moves: readonly Move[]): string {
  if (word.kind === 'wait') return `wait for the ${word.for}`;
  if (word.kind === 'too little left') return word.leftMinor > 0 ? `${word.leftMinor} left` : 'nothing left';
  const name = (id: number) => {
    const found = moves.find(({ operationId }) => operationId === id);
    return id === own ? 'itself' : `${found?.kind} ${found?.amountMinor}`;
  };
  const parts = [...word.withdrawn.map((id) => `-${name(id)}`), ...word.settled.map((id) => `+${name(id)}`)];
  return ['book', ...parts, ...(word.refundMinor > 0 ? [`refund ${word.refundMinor}`] : [])].join(' ');
}

const machine = ['created', 'sent', 'unknown', 'by_hand', 'succeeded', 'failed'] as const;

/** What follows by the state that another move is in, in the order of `machine`. */
type Row = readonly [string, string, string, string, string, string];
const waits = 'wait for the provider';
const asks = 'wait for the person';

const givenBack: [OperationKind, Row][] = [
  ['refund', ['book -refund 100', waits, waits, 'book +refund 100', 'book', 'book']],
  ['capture', ['book -capture 100', waits, waits, asks, 'book', 'book']],
  ['cancel', ['book', waits, waits, asks, 'book', 'book']],
];

for (const [kind, row] of givenBack) {
  for (const [index, state] of machine.entries()) {
    test(`all is given back beside a ${kind} that is ${state}: ${row[index]}`, () => {
      const moves = [move(kind, state)];
      assert.equal(told(takeGivenBack(moves), moves), row[index]);
    });
  }
}

test('all is given back while one of several moves is at the provider: none of them is withdrawn', () => {
  const moves = [move('refund', 'created'), move('cancel', 'unknown')];
  assert.equal(told(takeGivenBack(moves), moves), waits);
});

/** What a person says of an operation that failed, beside another with the same money, or other money. */
const done: [OperationKind, typeof none, OperationKind, Row][] = [
  [
    'refund',
    taken,
    'refund',
    ['book -refund 100 +itself', waits, waits, asks, 'nothing left', 'book +itself'],
  ],
  ['refund', taken, 'capture', Array(6).fill('book +itself') as unknown as Row],
  ['refund', taken, 'cancel', Array(6).fill('book +itself') as unknown as Row],
  [
    'capture',
    reserved,
    'capture',
    ['book -capture 100 +itself', waits, waits, asks, 'nothing left', 'book +itself'],
  ],
  [
    'capture',
    reserved,
    'cancel',
    ['book -cancel 100 +itself', waits, waits, asks, 'book +itself', 'book +itself'],
  ],
  ['capture', reserved, 'refund', Array(6).fill('book +itself') as unknown as Row],
  [
    'cancel',
    reserved,
    'cancel',
    ['book -cancel 100 +itself', waits, waits, asks, 'nothing left', 'book +itself'],
  ],
  [
    'cancel',
    reserved,
    'capture',
    ['book -capture 100 +itself', waits, waits, asks, 'book +itself', 'book +itself'],
  ],
  ['cancel', reserved, 'refund', Array(6).fill('book +itself') as unknown as Row],
  // It was taken instead: what the person did is a refund.
  [
    'cancel',
    taken,
    'refund',
    ['book -refund 100 refund 100', waits, waits, asks, 'nothing left', 'book refund 100'],
  ],
];

for (const [kind, money, other, row] of done) {
  const of = money === taken ? 'taken' : 'reserved';
  for (const [index, state] of machine.entries()) {
    test(`${kind} of what is ${of}, done by a person beside a ${other} that is ${state}: ${row[index]}`, () => {
      const moves = [failed(kind), move(other, state)];
      const [about] = moves;
      assert.ok(about);
      assert.equal(told(takeDone(about, money, moves), moves), row[index]);
    });
  }
}

const partly = { ...none, authorizedMinor: 100, capturedMinor: 60 };
const gone = { ...reserved, capturedMinor: 40, cancelledMinor: 60 };
const wordCases: [string, Move, typeof none, Move[], string][] = [
  ['room beside another', failed('refund', 40), taken, [move('refund', 'unknown', 60)], 'book +itself'],
  ['no room beside another', failed('refund', 41), taken, [move('refund', 'unknown', 60)], waits],
  [
    'the last begun makes room',
    failed('refund', 40),
    taken,
    [move('refund', 'created', 60), move('refund', 'created', 40)],
    'book -refund 40 +itself',
  ],
  [
    'what is too big stays',
    failed('refund', 50),
    taken,
    [move('refund', 'created', 60)],
    'wait for the machine',
  ],
  [
    'a person’s beside what is withdrawn',
    failed('refund', 70),
    taken,
    [move('refund', 'by_hand', 60), move('refund', 'created', 30)],
    asks,
  ],
  [
    'two make room',
    failed('refund', 100),
    taken,
    [move('refund', 'created', 60), move('refund', 'created', 40)],
    'book -refund 40 -refund 60 +itself',
  ],
  ['waiting for a person itself', { ...failed('refund'), state: 'by_hand' }, taken, [], 'book +itself'],
  ['the totals say so already', failed('refund'), { ...taken, refundedMinor: 100 }, [], 'book +itself'],
  [
    'some is back by another',
    failed('refund', 100),
    taken,
    [move('refund', 'succeeded', 60)],
    'book refund 40',
  ],
  [
    'some is back by another, and some was about to',
    failed('refund', 100),
    taken,
    [move('refund', 'succeeded', 30), move('refund', 'created', 30)],
    'book -refund 30 refund 70',
  ],
  [
    'some is back by another, and some is on its way',
    failed('refund', 100),
    taken,
    [move('refund', 'succeeded', 30), move('refund', 'sent', 30)],
    waits,
  ],
  [
    'a release of what was taken, of which some is back',
    failed('cancel'),
    taken,
    [move('refund', 'succeeded', 60)],
    'book refund 40',
  ],
  [
    'a capture in whose place another took some',
    failed('capture'),
    reserved,
    [move('capture', 'succeeded', 60)],
    '40 left',
  ],
  ['never taken', failed('refund'), reserved, [], 'nothing left'],
  ['a capture that totals know', failed('capture'), taken, [], 'book +itself'],
  ['a capture of what was given up', failed('capture'), { ...reserved, cancelledMinor: 1 }, [], '99 left'],
  ['a capture of what was taken and given up', failed('capture'), gone, [], '40 left'],
  ['a release that totals know', failed('cancel'), { ...reserved, cancelledMinor: 100 }, [], 'book +itself'],
  [
    'a release of what is left',
    failed('cancel', 40),
    partly,
    [move('capture', 'succeeded', 60)],
    'book +itself',
  ],
  [
    'a release of more than is left',
    failed('cancel', 41),
    partly,
    [move('capture', 'succeeded', 60)],
    '40 left',
  ],
  ['a release of what was bought', failed('cancel'), taken, [capture], 'nothing left'],
  [
    'a release, taken in part beside us',
    failed('cancel', 40),
    taken,
    [move('capture', 'succeeded', 60)],
    'book refund 40',
  ],
  ['a release beside a capture under way', failed('cancel'), partly, [move('capture', 'sent', 40)], waits],
];

for (const [name, about, money, others, expected] of wordCases) {
  test(`done by a person: ${name}: ${expected}`, () => {
    const moves = [about, ...others];
    assert.equal(told(takeDone(about, money, moves), moves), expected);
  });
}

test('what is withdrawn and settled may be so by the table of states', () => {
  for (const state of ['created', 'sent'] as const) assert.ok(operationTransitions[state].includes('failed'));
  for (const state of ['by_hand', 'failed'] as const)
    assert.ok(operationTransitions[state].includes('succeeded'));
});
