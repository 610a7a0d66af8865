import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPassing, isSecuredAlready, isTaken, meaningOfState, reasonOfCode } from './translate.ts';

test('every documented state has its meaning, and a new one says that it is not known', () => {
  const meanings = ['CREATED', 'AUTHORIZED', 'ABORTED', 'EXPIRED', 'TERMINATED', 'CAPTURED', ''].map(
    (state) => meaningOfState(state).meaning,
  );
  assert.deepEqual(meanings, ['pending', 'secured', 'aborted', 'expired', 'aborted', 'unknown', 'unknown']);
});

const codes: [string, string, boolean, boolean, boolean][] = [
  ['7010', 'not eligible', false, false, false],
  ['6010', 'declined', false, false, false],
  ['5040', 'try again later', false, false, false],
  ['4020', 'try again later', true, false, false],
  ['4150', 'try again later', true, false, false],
  ['6160', 'try again later', false, true, false],
  ['6280', 'try again later', false, true, false],
  ['6060', 'try again later', false, false, true],
  ['6040', 'try again later', false, false, true],
  ['6080', 'try again later', false, false, false],
];

for (const [code, reason, taken, passing, secured] of codes) {
  test(`code ${code} is read by its table`, () => {
    const read = [reasonOfCode(code), isTaken(400, code), isPassing(code), isSecuredAlready(code)];
    assert.deepEqual(read, [reason, taken, passing, secured]);
  });
}

test('a conflict means that something stands there, whatever its code', () => {
  assert.equal(isTaken(409, 'http 409'), true);
});
