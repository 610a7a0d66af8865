import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smtpFailure } from './smtp-failure.ts';

const cases: [name: string, error: object, hasLeft: boolean, kind: string, reason: string][] = [
  [
    'wrong password',
    { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 },
    false,
    'later',
    '535 at AUTH PLAIN',
  ],
  ['wrong order of commands', { command: 'RCPT TO', responseCode: 503 }, false, 'later', '503 at RCPT TO'],
  ['too large', { code: 'EMESSAGE', command: 'DATA', responseCode: 552 }, true, 'refused', '552 at DATA'],
  ['goodbye in the middle', { command: 'CONN', responseCode: 421 }, true, 'unknown', 'failure at CONN'],
  ['goodbye before', { command: 'CONN', responseCode: 421 }, false, 'later', '421 at CONN'],
  ['no recipient', { code: 'EENVELOPE', command: 'API' }, false, 'refused', 'EENVELOPE at API'],
  [
    'a certificate that nobody signed',
    { code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT', command: 'CONN' },
    false,
    'later',
    'DEPTH_ZERO_SELF_SIGNED_CERT at CONN',
  ],
  ['time is up', { code: 'EABORT' }, false, 'later', 'EABORT at connection'],
  ['time is up too late', { code: 'EABORT' }, true, 'unknown', 'EABORT at connection'],
];

for (const [name, fields, hasLeft, kind, reason] of cases) {
  test(`${name}: ${kind}`, () => {
    const error = Object.assign(new Error('x'), fields);
    assert.deepEqual(smtpFailure(error, hasLeft), { kind, reason });
  });
}

test('the reason holds codes, never the text of the server', () => {
  const response = '550 5.1.1 <ola@example.com> is unknown here';
  const error = Object.assign(new Error(response), { command: 'RCPT TO', responseCode: 550, response });
  assert.deepEqual(smtpFailure(error, false), { kind: 'refused', reason: '550 5.1.1 at RCPT TO' });
});

test('anything else that is thrown is a failure too', () => {
  assert.deepEqual(smtpFailure('boom', false), { kind: 'later', reason: 'failure at connection' });
});
