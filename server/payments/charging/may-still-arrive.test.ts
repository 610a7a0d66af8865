import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayStillArrive } from './may-still-arrive.ts';

const charges: [what: string, claimedSecondsAgo: number | undefined, mayArrive: boolean][] = [
  ['no charge was claimed', undefined, false],
  ['it was claimed just now', 0, true],
  ['no call can last any more', 11, true],
  ['half a minute is not over', 29.9, true],
  ['half a minute is over', 30, false],
  ['it was claimed long ago', 86_400, false],
];

for (const [what, claimedSecondsAgo, mayArrive] of charges) {
  test(`a charge may ${mayArrive ? 'still' : 'not'} arrive where ${what}`, () => {
    assert.equal(mayStillArrive({ claimedSecondsAgo }), mayArrive);
  });
}
