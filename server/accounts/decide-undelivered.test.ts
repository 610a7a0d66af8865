import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideUndelivered, type Undelivered } from './decide-undelivered.ts';

const link: Undelivered = {
  purpose: 'login',
  hasOrder: true,
  isReached: false,
  isClosed: false,
  isExpired: false,
  isMoved: false,
  hasOther: true,
};

const cases: [what: string, changes: Partial<Undelivered>, tells: boolean, moves: boolean][] = [
  ['a link that goes elsewhere', {}, true, true],
  ['a link with no other address', { hasOther: false }, true, false],
  ['a link that was moved before', { isMoved: true }, true, false],
  ['a link that expired while it was tried', { isExpired: true }, true, true],
  ['a link of no order', { hasOrder: false }, false, true],
  ['a code in time', { purpose: 'code' }, true, true],
  ['a code after its time', { purpose: 'code', isExpired: true }, true, false],
  ['a reader who got in otherwise', { isReached: true }, false, false],
  ['a stopped order', { isClosed: true }, false, false],
];

for (const [what, changes, tells, moves] of cases) {
  test(`${what}: ${tells ? 'told' : 'not told'}, ${moves ? 'moved' : 'not moved'}`, () => {
    assert.deepEqual(decideUndelivered({ ...link, ...changes }), { tells, moves });
  });
}
