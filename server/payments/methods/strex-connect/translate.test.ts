import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BuyerReason } from '../../buyer-step.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { codeOf, meaningOf } from './translate.ts';

type Row = [statusCode: string, word: string | undefined, billed: boolean | undefined, Evidence['meaning']];

const rows: Row[] = [
  ['Queued', 'None', undefined, 'pending'],
  ['Sent', 'Sent', undefined, 'pending'],
  ['Sent', 'Pending', undefined, 'pending'],
  ['Sent', 'MissingDeliveryReport', undefined, 'unknown'],
  ['Ok', 'Delivered', true, 'secured'],
  ['Ok', 'Delivered', undefined, 'secured'],
  ['ok', 'delivered', undefined, 'secured'],
  ['Ok', 'Delivered', false, 'unknown'],
  ['Reversed', 'Delivered', false, 'secured'],
  ['Failed', 'Undelivered', true, 'secured'],
  ['Failed', 'Undelivered', undefined, 'declined'],
  ['FAILED', 'EXPIRED', false, 'expired'],
  ['Failed', 'TimeoutError', undefined, 'expired'],
  ['Failed', 'Pending', undefined, 'expired'],
  ['Failed', 'OtherError', undefined, 'declined'],
  ['Failed', 'DuplicateTransaction', undefined, 'declined'],
  ['Failed', 'Stopped', undefined, 'declined'],
  ['Failed', 'TimeoutError', true, 'secured'],
  ['Failed', 'MissingDeliveryReport', undefined, 'unknown'],
  ['Failed', 'UnknownError', false, 'declined'],
  ['Parked', 'None', undefined, 'unknown'],
  ['Parked', 'None', true, 'secured'],
  ['', undefined, undefined, 'unknown'],
];

test('status, detail and billing together say what is known of the money', () => {
  for (const [statusCode, detailedStatusCode, billed, meaning] of rows) {
    const given = meaningOf({ statusCode, detailedStatusCode, billed }).meaning;
    assert.equal(given, meaning, `${statusCode}/${detailedStatusCode} ${billed}`);
  }
});

const refusals: [Evidence['meaning'], BuyerReason, string][] = [
  ['expired', 'timed out', 'Expired OneTimePasswordExpired'],
  ['expired', 'not answered', 'TimeoutError Pending'],
  ['declined', 'declined', 'Failed Undelivered Rejected InvalidCredentials MissingPreAuth InvalidAmount'],
  ['declined', 'declined', 'OtherError DuplicateTransaction'],
  ['declined', 'insufficient funds', 'InsufficientFunds'],
  ['declined', 'over the limit', 'SubscriberLimitExceeded'],
  ['declined', 'barred', 'SubscriberBarred'],
  ['declined', 'not eligible', 'UnknownSubscriber RegistrationRequired UnknownAge SubscriberTooYoung'],
  ['declined', 'wrong code', 'InvalidOTP InvalidOtp OneTimePasswordFailed'],
  ['declined', 'too many tries', 'MaxPinRetry'],
  ['declined', 'try again later', 'ConnectionOffline SubscriberUnavailable UserInTransaction MnoError'],
  ['declined', 'try again later', 'CardPSPError CardPspError Stopped'],
];

test('every word that says that nothing was billed has a reason that the buyer can read', () => {
  for (const [meaning, reason, words] of refusals) {
    for (const word of words.split(' ').flatMap((one) => [one, one.toLowerCase(), one.toUpperCase()])) {
      const given = meaningOf({ statusCode: 'Failed', detailedStatusCode: word, billed: undefined });
      assert.deepEqual(given, { meaning, reason }, word);
    }
  }
});

test('a failure without a plain reason never says that nothing was billed', () => {
  const words = [
    'None',
    'Delivered',
    'Sent',
    'UnknownError',
    'TemporaryError',
    'SolarFlare',
    'constructor',
    '',
  ];
  for (const word of [...words, undefined]) {
    const given = meaningOf({ statusCode: 'Failed', detailedStatusCode: word, billed: undefined });
    assert.deepEqual(given, { meaning: 'unknown', isUnresolvable: true }, String(word));
  }
});

test('a code is made of plain words only', () => {
  const billed = undefined;
  assert.equal(codeOf({ statusCode: 'Failed', detailedStatusCode: 'Expired', billed }), 'Failed/Expired');
  assert.equal(codeOf({ statusCode: 'Ok', detailedStatusCode: '+47 900 00 001', billed }), 'Ok');
  assert.equal(codeOf({ statusCode: '', detailedStatusCode: undefined, billed }), 'no status');
});
