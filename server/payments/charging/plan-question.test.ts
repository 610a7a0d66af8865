import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type NextQuestion, type OpenAttempt, planQuestion } from './plan-question.ts';

const week = 7 * 86_400;
const pending: OpenAttempt = {
  state: 'pending',
  askedCount: 0,
  ageSeconds: 10,
  windowSecondsLeft: 1800,
  askAfterSeconds: [2, 5, 30],
};
const unknown: OpenAttempt = { ...pending, state: 'unknown' };
const after = (afterSeconds: number): NextQuestion => ({ kind: 'ask again', afterSeconds });

const cases: [string, OpenAttempt, NextQuestion][] = [
  ['the second of the plan, after its gap', pending, after(3)],
  ['the third', { ...pending, askedCount: 1 }, after(25)],
  ['the last gap goes on', { ...pending, askedCount: 7 }, after(25)],
  ['a plan of one time', { ...pending, askAfterSeconds: [9] }, after(9)],
  ['no plan', { ...pending, askAfterSeconds: [] }, after(60)],
  ['never at once', { ...pending, askAfterSeconds: [2, 2.5] }, after(2)],
  [
    'at the end of the window at the latest',
    { ...pending, askedCount: 5, windowSecondsLeft: 9.2 },
    after(10),
  ],
  ['by the plan after the window', { ...pending, askedCount: 5, windowSecondsLeft: 0 }, after(25)],
  ['pending for a week', { ...pending, ageSeconds: week }, after(3)],
  [
    'pending for longer than a week',
    { ...pending, ageSeconds: week + 1 },
    { kind: 'give up', reason: 'pending too long' },
  ],
  ['nobody knows yet', unknown, after(2)],
  ['nobody knew four times', { ...unknown, askedCount: 4 }, after(120)],
  ['nobody knew eight times', { ...unknown, askedCount: 8 }, after(86_400)],
  ['nobody knew nine times', { ...unknown, askedCount: 9 }, { kind: 'give up', reason: 'nobody can tell' }],
  ['not known, and older than a week', { ...unknown, askedCount: 3, ageSeconds: 2 * week }, after(45)],
  ['not known, and the window ends sooner', { ...unknown, askedCount: 4, windowSecondsLeft: 3 }, after(120)],
  ['sent, and asked before its answer', { ...pending, state: 'sent', askedCount: 1 }, after(5)],
];

for (const [name, attempt, expected] of cases) {
  test(`the next question, ${name}`, () => {
    assert.deepEqual(planQuestion(attempt), expected);
  });
}
