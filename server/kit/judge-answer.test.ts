import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeAnswer } from './judge-answer.ts';

const answered = (status: number, body = '') =>
  ({ kind: 'answered', status, headers: {}, body, truncated: false, milliseconds: 1 }) as const;

const statuses: [status: number, kind: string][] = [
  [199, 'unknown'],
  [200, 'done'],
  [204, 'done'],
  [299, 'done'],
  [302, 'unknown'],
  [400, 'refused'],
  [401, 'refused'],
  [404, 'refused'],
  [408, 'unknown'],
  [409, 'refused'],
  [429, 'refused'],
  [499, 'refused'],
  [500, 'unknown'],
  [503, 'unknown'],
];

for (const [status, kind] of statuses) {
  test(`an answer of ${status} is ${kind}`, () => {
    assert.equal(judgeAnswer(answered(status)).kind, kind);
  });
}

test('a provider may mean something else by a status, and has its own words', () => {
  const exceptions = { 409: 'unknown', 429: 'not sent' } as const;
  const codeOf = (status: number, body: unknown) => `${status} ${JSON.stringify(body)}`;
  assert.deepEqual(judgeAnswer(answered(409, '{"a":1}'), { exceptions, codeOf }), {
    kind: 'unknown',
    status: 409,
    code: '409 {"a":1}',
    raw: '{"a":1}',
  });
  assert.deepEqual(judgeAnswer(answered(429, 'no JSON'), { exceptions }), {
    kind: 'not sent',
    status: 429,
    code: 'status 429',
  });
});

test('what never arrived was not sent, and what was lost on the way is unknown', () => {
  const detail = '';
  assert.deepEqual(judgeAnswer({ kind: 'not_sent', reason: 'dns_failed', detail }), {
    kind: 'not sent',
    status: undefined,
    code: 'dns_failed',
  });
  assert.deepEqual(judgeAnswer({ kind: 'unknown', reason: 'timeout', detail }), {
    kind: 'unknown',
    status: undefined,
    code: 'timeout',
    raw: '',
  });
});
