import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountId } from '../ids.ts';
import type { LoginStrength } from '../login-strength.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { changesSomething, createReaderRules } from './reader-rules.ts';
import type { Method } from './route-table.ts';

const limiter = () => createRateLimiter({ now: () => 0, liveNodes: () => 1 });
const readerOf = (account: number, strength: LoginStrength, perMinute?: number) => ({
  clientId: 'site',
  settings: { rateLimit: perMinute === undefined ? null : { perSecond: 1000, perMinute } },
  user: { accountId: accountId(account), uniqueUserId: 'a'.repeat(32), strength },
});

const rows: readonly [Method, boolean | undefined, boolean][] = [
  ['GET', undefined, false],
  ['GET', true, false],
  ['POST', undefined, false],
  ['POST', false, false],
  ['POST', true, true],
  ['PUT', undefined, true],
  ['PATCH', undefined, true],
  ['DELETE', undefined, true],
];

for (const [method, changes, expected] of rows) {
  const row = { method, endpoint: changes === undefined ? {} : { changes } };
  test(`a ${method} with changes ${changes} ${expected ? 'needs a fresh login' : 'only reads'}`, () => {
    assert.equal(changesSomething(row), expected);
    const { refuse } = createReaderRules(row, limiter());
    assert.equal(refuse(readerOf(1, 'link'))?.code, expected ? 'fresh_login_required' : undefined);
    assert.equal(refuse(readerOf(1, 'code')), undefined);
  });
}

test('one reader gets a tenth of what their site may ask for, and takes nothing from another', () => {
  const { takeShare } = createReaderRules({ method: 'GET', endpoint: {} }, limiter());
  const ask = (account: number) => takeShare(readerOf(account, 'link', 50))?.allowed;
  const answers = Array.from({ length: 6 }, () => ask(1));
  assert.deepEqual(answers, [true, true, true, true, true, false]);
  assert.equal(ask(2), true);
  assert.equal(takeShare(readerOf(1, 'link')), undefined);
});
