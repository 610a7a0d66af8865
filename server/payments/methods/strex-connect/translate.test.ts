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
  ['Ok', 'Delivered', false, 'unknown'],
  ['Reversed', 'Delivered', false, 'secured'],
  ['Failed', 'Undelivered', true, 'secured'],
  ['Failed', 'Undelivered', undefined, 'declined'],
  ['Failed', 'Expired', false, 'expired'],
  ['Failed', 'OneTimePasswordExpired', false, 'expired'],
  ['Failed', 'Stopped', false, 'aborted'],
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

const reasons: [BuyerReason, string[]][] = [
  [
    'declined',
    ['Failed', 'Undelivered', 'Rejected', 'InvalidCredentials', 'MissingPreAuth', 'InvalidAmount'],
  ],
  ['insufficient funds', ['InsufficientFunds']],
  ['over the limit', ['SubscriberLimitExceeded']],
  ['barred', ['SubscriberBarred']],
  ['not eligible', ['UnknownSubscriber', 'RegistrationRequired', 'UnknownAge', 'SubscriberTooYoung']],
  ['wrong code', ['InvalidOTP', 'OneTimePasswordFailed']],
  ['too many tries', ['MaxPinRetry']],
  [
    'try again later',
    ['ConnectionOffline', 'SubscriberUnavailable', 'UserInTransaction', 'MnoError', 'CardPSPError'],
  ],
];

test('every documented refusal has a reason that the buyer can read', () => {
  for (const [reason, words] of reasons) {
    for (const detailedStatusCode of words) {
      const given = meaningOf({ statusCode: 'Failed', detailedStatusCode, billed: undefined });
      assert.deepEqual(given, { meaning: 'declined', reason }, detailedStatusCode);
    }
  }
});

test('a failure without a plain reason never says that nothing was billed', () => {
  const words = ['None', 'Delivered', 'Sent', 'Pending', 'UnknownError', 'TimeoutError', 'OtherError'];
  for (const word of [...words, 'DuplicateTransaction', 'SolarFlare', 'constructor', '', undefined]) {
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
