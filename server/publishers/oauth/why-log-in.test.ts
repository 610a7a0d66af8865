import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LoginFacts, type WhyLogIn, whyLogIn } from './why-log-in.ts';

const session = { uniqueUserId: 'a', startedAt: 1_000_000, strength: 'code' } as const;
const plain: LoginFacts = {
  now: 1_060_000,
  session,
  isAsked: false,
  maxAgeSeconds: undefined,
  expected: undefined,
  needsCode: false,
  sentAt: undefined,
};

const cases: [string, Partial<LoginFacts>, WhyLogIn | undefined][] = [
  ['a session', {}, undefined],
  ['no session', { session: undefined }, 'no_session'],
  ['no session, whatever is proven', { session: undefined, sentAt: 1 }, 'no_session'],
  ['the reader that is expected', { expected: 'a' }, undefined],
  ['another one', { expected: 'b' }, 'another_reader'],
  ['another one, who logged in for this request', { expected: 'b', sentAt: 999_999 }, 'another_came'],
  ['another one, from before this request', { expected: 'b', sentAt: 1_000_001 }, 'another_reader'],
  ['another one where a login is asked for', { expected: 'b', isAsked: true }, 'another_reader'],
  ['a link where a link will do', { session: { ...session, strength: 'link' } }, undefined],
  [
    'a link where a code is needed',
    { session: { ...session, strength: 'link' }, needsCode: true },
    'too_weak',
  ],
  ['a code where a code is needed', { needsCode: true }, undefined],
  ['a login is asked for', { isAsked: true }, 'asked'],
  ['a login that was made since', { isAsked: true, sentAt: 999_999 }, undefined],
  ['a login of the same millisecond', { isAsked: true, sentAt: 1_000_000 }, 'asked'],
  ['a login from before', { isAsked: true, sentAt: 1_000_001 }, 'asked'],
  ['young enough to the millisecond', { maxAgeSeconds: 60 }, undefined],
  ['too old by a second', { maxAgeSeconds: 59 }, 'too_old'],
  ['of no age', { maxAgeSeconds: 0 }, 'too_old'],
  ['of no age, but made for this request', { maxAgeSeconds: 0, sentAt: 999_999 }, undefined],
];

for (const [name, facts, wanted] of cases) {
  test(`logging in before an authorization: ${name}`, () => {
    assert.equal(whyLogIn({ ...plain, ...facts }), wanted);
  });
}
