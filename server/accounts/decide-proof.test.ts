import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CredentialProof, effectOfProof, type ProofEffect } from './decide-proof.ts';

const old: CredentialProof = {
  kind: 'mobile',
  accountState: 'active',
  daysSinceProof: 181,
  isShownBeside: false,
  wantsNewAccount: false,
};

const cases: [what: string, changes: Partial<CredentialProof>, effect: ProofEffect][] = [
  ['a number that was proven yesterday', { daysSinceProof: 1 }, 'opens'],
  ['one that was proven 180 days ago', { daysSinceProof: 180 }, 'opens'],
  ['one that was proven a moment earlier', { daysSinceProof: 180.0001 }, 'asks'],
  ['one that was proven years ago', { daysSinceProof: 4000 }, 'asks'],
  ['an old one, and a new account is asked for', { wantsNewAccount: true }, 'begins anew'],
  ['an old one beside a session or e-mail of its reader', { isShownBeside: true }, 'opens'],
  ['the same, though a new account is asked for', { isShownBeside: true, wantsNewAccount: true }, 'opens'],
  ['a young one, though a new account is asked for', { daysSinceProof: 1, wantsNewAccount: true }, 'opens'],
  ['a number that nobody has proven', { daysSinceProof: undefined }, 'opens'],
  ['one without an account', { accountState: undefined, daysSinceProof: undefined }, 'opens'],
  ['one of an account that nobody has opened', { accountState: 'pending' }, 'opens'],
  ['an e-mail address of years ago', { kind: 'email', daysSinceProof: 4000 }, 'opens'],
  [
    'an e-mail address of years ago, and a new account is asked for',
    { kind: 'email', daysSinceProof: 4000, wantsNewAccount: true },
    'opens',
  ],
];

for (const [what, changes, effect] of cases) {
  test(`${what}: ${effect}`, () => assert.equal(effectOfProof({ ...old, ...changes }), effect));
}
