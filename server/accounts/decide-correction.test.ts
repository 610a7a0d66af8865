import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CorrectedOrder, refusalOfCorrection } from './decide-correction.ts';

const order: CorrectedOrder = {
  state: 'completed',
  accountState: undefined,
  isNewClosed: false,
  isNamed: true,
  isProven: false,
  isAnothers: false,
};

const cases: [what: string, changes: Partial<CorrectedOrder>, refusal: string | undefined][] = [
  ['a completed order with a link on its way', {}, undefined],
  ['one whose access waits at the payer’s addresses', { isNamed: false }, undefined],
  ['one that was tied to an address nobody has proven', { accountState: 'pending' }, undefined],
  ['one that is being paid, with an address named', { state: 'paying' }, undefined],
  [
    'one that is registered, with no address named',
    { state: 'registered', isNamed: false },
    'order_is_not_completed',
  ],
  ['a stopped one', { state: 'stopped' }, 'order_is_stopped'],
  ['one of a reader', { accountState: 'active' }, 'credential_is_proven'],
  ['one of a reader who left', { accountState: 'closed' }, 'account_is_closed'],
  ['one that is to go to a reader who left', { isNewClosed: true }, 'account_is_closed'],
  ['one whose link was used', { isProven: true }, 'credential_is_proven'],
  [
    'one tied to nobody, whose address a reader has proven',
    { accountState: 'pending', isProven: true },
    'credential_is_proven',
  ],
  ['one whose access is another’s', { isAnothers: true }, 'already_assigned'],
];

for (const [what, changes, refusal] of cases) {
  test(`the address of ${what}: ${refusal ?? 'may be corrected'}`, () => {
    assert.equal(refusalOfCorrection({ ...order, ...changes }), refusal);
  });
}
