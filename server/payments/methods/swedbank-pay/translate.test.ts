import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BuyerReason } from '../../buyer-step.ts';
import { problemName } from './read-problem.ts';
import { describe, languageOf, meaningOf, reasonOf } from './translate.ts';

const problems: [string, BuyerReason][] = [
  ['https://api.payex.com/psp/errordetail/creditcard/acquirercardexpired', 'card expired'],
  ['https://api.payex.com/psp/errordetail/creditcard/acquirerinsufficientfunds', 'insufficient funds'],
  ['acquirerinsufficientfunds', 'insufficient funds'],
  ['https://api.payex.com/psp/errordetail/creditcard/3dsecureusercanceled', 'cancelled'],
  ['https://api.payex.com/psp/errordetail/creditcard/acquirercardstolen', 'declined'],
  ['https://api.payex.com/psp/errordetail/creditcard/velocitycheck', 'over the limit'],
  ['https://api.payex.com/psp/errordetail/swishtimeout', 'timed out'],
  ['https://api.payex.com/psp/errordetail/usercancelled', 'cancelled'],
  ['https://api.payex.com/psp/errordetail/creditcard/neverheardof', 'declined'],
  ['', 'declined'],
];

test('the type of a problem, and nothing else of it, says why a try failed', () => {
  for (const [type, reason] of problems) assert.equal(reasonOf(problemName(type)), reason, type);
});

test('a type that could carry anything becomes no code', () => {
  for (const type of ['a/4761 7390 0101 0416', 'x/<script>', `a/${'b'.repeat(61)}`]) {
    assert.equal(problemName(type), 'unknown');
  }
});

test('money that came back whole is a reason to complete only where we knew of it', () => {
  for (const status of ['Cancelled', 'Reversed'] as const) {
    assert.equal(meaningOf(status, true), 'secured');
    assert.equal(meaningOf(status, false), 'aborted');
  }
  assert.equal(meaningOf('Unknown', true), 'unknown');
  assert.equal(meaningOf('Initialized', false), 'pending');
});

test('texts and languages are as Swedbank Pay takes them', () => {
  assert.equal(describe('a'.repeat(50)).length, 40);
  assert.equal(describe(' '), '-');
  assert.deepEqual(['nb', 'nn-NO', 'sv-FI', 'se', ''].map(languageOf), [
    'nb-NO',
    'nb-NO',
    'sv-SE',
    'en-US',
    'en-US',
  ]);
});
