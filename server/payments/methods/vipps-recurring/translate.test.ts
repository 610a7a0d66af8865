import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meaningOfAgreement, meaningOfCharge, reasonOfCode, standingOf } from './translate.ts';

const charges: [string, string | undefined, string, string | undefined][] = [
  ['PENDING', undefined, 'pending', undefined],
  ['DUE', 'user_action_required', 'pending', undefined],
  ['PROCESSING', undefined, 'pending', undefined],
  ['RESERVED', undefined, 'secured', undefined],
  ['CHARGED', undefined, 'secured', undefined],
  ['PARTIALLY_CAPTURED', undefined, 'secured', undefined],
  ['PARTIALLY_REFUNDED', undefined, 'secured', undefined],
  ['REFUNDED', undefined, 'secured', undefined],
  ['FAILED', 'user_action_required', 'declined', 'declined'],
  ['FAILED', 'charge_amount_too_high', 'declined', 'over the limit'],
  ['FAILED', 'non_technical_error', 'declined', 'not eligible'],
  ['FAILED', 'technical_error', 'declined', 'try again later'],
  ['FAILED', 'something new', 'declined', 'declined'],
  ['CANCELLED', undefined, 'aborted', 'cancelled'],
  ['SOMETHING_NEW', undefined, 'unknown', undefined],
];

for (const [status, failure, meaning, reason] of charges) {
  test(`a charge that is ${status} (${failure ?? 'no failure'}) is ${meaning}`, () => {
    const read = meaningOfCharge(status, failure);
    assert.deepEqual([read.meaning, read.reason], [meaning, reason]);
  });
}

test('an agreement says whether it waits, was refused, ran out, or is not known', () => {
  const meanings = ['PENDING', 'STOPPED', 'EXPIRED', 'NEW'].map((one) => meaningOfAgreement(one).meaning);
  assert.deepEqual(meanings, ['pending', 'aborted', 'expired', 'unknown']);
  const standing = ['ACTIVE', 'STOPPED', 'EXPIRED', 'PENDING', 'NEW'].map(standingOf);
  assert.deepEqual(standing, ['active', 'stopped', 'stopped', undefined, undefined]);
});

test('a refusal is put in words for the buyer', () => {
  assert.equal(reasonOfCode(400, 'charge-amount-too-high'), 'over the limit');
  assert.equal(reasonOfCode(400, 'charge-amount-too-high-for-interval'), 'over the limit');
  assert.equal(reasonOfCode(404, 'http 404'), 'not eligible');
  assert.equal(reasonOfCode(400, 'validation-error'), 'try again later');
});
