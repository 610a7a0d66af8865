import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoginStrength } from '../kit/login-strength.ts';
import { effectOfLogin, type LoginEffect } from './session.ts';

const cases: [former: LoginStrength | 'nobody', isSameAccount: boolean, by: LoginStrength, LoginEffect][] = [
  ['nobody', false, 'link', 'begin'],
  ['nobody', false, 'code', 'begin'],
  ['link', true, 'link', 'raise'],
  ['link', true, 'code', 'raise'],
  ['code', true, 'code', 'raise'],
  ['code', true, 'link', 'renew'],
  ['link', false, 'link', 'replace'],
  ['link', false, 'code', 'replace'],
  ['code', false, 'link', 'replace'],
  ['code', false, 'code', 'replace'],
];
for (const [former, isSameAccount, by, expected] of cases) {
  test(`a login by ${by} over a session of ${former}, ${isSameAccount ? 'its own' : 'no own'} account`, () => {
    const session = former === 'nobody' ? undefined : { isSameAccount, strength: former };
    assert.equal(effectOfLogin(session, by), expected);
  });
}
