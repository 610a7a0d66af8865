import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isBusy,
  isRepeatable,
  isSecuredAlready,
  isTaken,
  meaningOfState,
  reasonOfCode,
} from './translate.ts';

test('every documented state has its meaning, and a new one says that it is not known', () => {
  const meanings = ['CREATED', 'AUTHORIZED', 'ABORTED', 'EXPIRED', 'TERMINATED', 'CAPTURED', ''].map(
    (state) => meaningOfState(state).meaning,
  );
  assert.deepEqual(meanings, ['pending', 'secured', 'aborted', 'expired', 'aborted', 'unknown', 'unknown']);
});

const codes: [string, string, string[]][] = [
  ['7010', 'not eligible', []],
  ['6010', 'declined', []],
  ['5040', 'try again later', []],
  ['4020', 'try again later', ['taken']],
  ['4150', 'try again later', ['taken']],
  ['6160', 'try again later', ['busy']],
  ['6250', 'try again later', ['busy']],
  ['6280', 'try again later', ['repeatable']],
  ['6060', 'try again later', ['secured']],
  ['6040', 'try again later', ['secured']],
  ['6080', 'try again later', []],
  ['6260', 'try again later', []],
];

for (const [code, reason, kinds] of codes) {
  test(`code ${code} is read by its table`, () => {
    const read = {
      taken: isTaken(400, code),
      busy: isBusy(code),
      repeatable: isRepeatable(code),
      secured: isSecuredAlready(code),
    };
    const said = Object.entries(read).flatMap(([kind, isSo]) => (isSo ? kind : []));
    assert.deepEqual([reasonOfCode(code), said], [reason, kinds]);
  });
}

test('a conflict means that something stands there, whatever its code', () => {
  assert.equal(isTaken(409, 'http 409'), true);
});
